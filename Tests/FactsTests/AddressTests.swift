// Address text both ways, against the C library and against a plain reading.

import Bytes
import Facts
import Glibc
import TestSupport
import Testing

@Suite struct AddressTests {
    private func read(_ text: String) -> Address? {
        PaddedText(text).withLine { Address($0, $0.whole) }
    }
    private func write(_ address: Address) -> String {
        var writer = ByteWriter()
        writer.put(address, Names())
        return writer.text
    }

    /// Four numbers of one to three digits, none above 255.
    private func naiveV4(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
                let number = UInt32(part), number < 256
            else { return nil }
            value = value << 8 | number
        }
        return value
    }

    @Test func v4IsReadAsAPlainReadingReadsIt() {
        var random = Seeded()
        for _ in 0..<20_000 {
            var text = (0..<4).map { _ in
                let number = String(UInt16.random(in: 0...300, using: &random))
                return random.once(in: 8) ? "0" + number : number
            }.joined(separator: ".").utf8.map { $0 }
            if random.once(in: 2), let at = text.indices.randomElement(using: &random) {
                text[at] = random.pick(Array("0123456789../:x\u{1}".utf8))
            }
            if random.once(in: 8), let at = text.indices.randomElement(using: &random) {
                text.remove(at: at)
            }
            let string = String(decoding: text, as: UTF8.self)
            // In a line that goes on with what could be taken for more of the address.
            let behind = random.pick(["", "1", ".", ".1", ",2"])
            let got = PaddedText(string + behind).withLine {
                Address.v4($0, Field(0, text.count))
            }
            #expect(got == naiveV4(string), "\(string) \(random)")
        }
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5", "256.1.1.1",
        "1.1.1.256", "1.2.3.1000", "1234.1.1.1", "1.2.3.4 ", "1.2.3.x", "999.999.999.999",
    ])
    func otherTextIsNoV4(_ text: String) {
        #expect(PaddedText(text).withLine { Address.v4($0, $0.whole) } == nil)
    }

    private func inetV6(_ text: String) -> Address? {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
        func word(_ from: Int) -> UInt64 {
            bytes[from..<from + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        let address = Address(high: word(0), low: word(8))
        // What stands for a label and for nothing is no address here.
        return address.isLabel || address.isNone ? nil : address
    }

    private func inetText(_ address: Address) -> String {
        let bytes = [address.high, address.low].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
        }
        var text = [CChar](repeating: 0, count: 64)
        inet_ntop(AF_INET6, bytes, &text, 64)
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test func v6IsWrittenAsRFC5952WantsAndReadBack() {
        var random = Seeded()
        for _ in 0..<10_000 {
            func word() -> UInt64 {
                (0..<4).reduce(0) { word, _ in
                    let group = random.pick([
                        0, 0, 0, 1, 0x1000, UInt16.random(in: 0...0xFFFF, using: &random),
                    ])
                    return word << 16 | UInt64(group)
                }
            }
            let address = Address(high: word(), low: word())
            // The C library writes ::1.2.3.4 for an address that begins with 96 zero bits.
            guard address.isV6, address.high != 0 || address.low >> 32 != 0 else { continue }
            let text = write(address)
            #expect(text == inetText(address), "\(random)")
            #expect(read(text) == address, "\(random)")
            #expect(read("[\(text.uppercased())%em0]") == address, "\(random)")
        }
    }

    @Test func v6IsReadAsTheCLibraryReadsIt() {
        var random = Seeded()
        for _ in 0..<50_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...9, using: &random) {
                text += random.pick(["0", "1", "ab", "fFfF", "12345", "", "db8", "g"])
                text += random.pick([":", ":", ":", "::", ""])
            }
            if random.once(in: 4) {
                text += random.pick(["1.2.3.4", ":10.0.0.255", "1.2.3", "1.2.3.4:1"])
            }
            // A zero before the IPv4 tail is the one thing the library is stricter about.
            let tail = text.split(separator: ":").last ?? ""
            if tail.contains("."), tail.hasPrefix("0") { continue }
            let got = PaddedText(text).withLine { Address.v6($0, $0.whole) }
            let wanted = inetV6(text)
            // All ones on top is how a label and no address are kept; no host has such an address.
            if let wanted, wanted.high >= 0xFFFF_FFFF_FFFF_FFFE { continue }
            #expect(got == wanted, "\(text) \(random)")
        }
    }

    @Test(arguments: [
        ("2001:db8::1", "2001:db8::1"), ("2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("::", "::"), ("::1", "::1"),
        ("fe80::1%igb0", "fe80::1"), ("::ffff:192.0.2.7", "192.0.2.7"), ("1::", "1::"),
        ("2001:db8:1:2:3:4:5::", "2001:db8:1:2:3:4:5:0"),
    ])
    func knownTexts(_ text: String, _ written: String) {
        #expect(read(text).map(write) == written)
    }

    @Test(arguments: [
        ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", "1:", ":1",
        "[]", "[", "::1.2.3", "%em0", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4",
        // The marks of a label and of nothing are not to be forged.
        "ffff:ffff:ffff:fffe::1", "ffff:ffff:ffff:ffff::",
    ])
    func otherTextIsNoAddress(_ text: String) {
        #expect(read(text) == nil)
    }

    @Test func whatIsNoAddressIsALabel() {
        var names = Names()
        func label(_ text: String) -> Address? {
            PaddedText(text).withLine { Address($0, $0.whole, &names) }
        }
        let masked = label("x.x.x.x")
        #expect(masked?.isLabel == true && masked == label("x.x.x.x") && masked != label("y.x.x.x"))
        #expect(label("192.0.2.1") == Address(v4: 0xC000_0201))
        for bad in [
            "", "a b", "a,b", "a\"b", "a\tb", "a\u{7F}", String(repeating: "a", count: 256),
        ] {
            #expect(label(bad) == nil)
        }
        var writer = ByteWriter()
        if let masked { writer.put(masked, names) }
        #expect(writer.text == "x.x.x.x")
        #expect(write(.none) == "-")
    }

    @Test func kindsAreTold() {
        func kinds(_ text: String) -> [Bool] {
            read(text).map { [$0.isPrivate, $0.isLoopback, $0.isGroup, $0.isBogus] } ?? []
        }
        for text in [
            "10.0.0.1", "172.31.9.9", "192.168.0.1", "100.64.0.1", "169.254.1.1", "fd00::1",
            "fe80::1",
        ] {
            #expect(kinds(text) == [true, false, false, false], "\(text)")
        }
        for text in ["203.0.113.9", "172.32.0.1", "100.128.0.1", "2001:db8::1", "192.169.0.1"] {
            #expect(kinds(text) == [false, false, false, false], "\(text)")
        }
        #expect(kinds("127.0.0.1") == [true, true, false, true])
        #expect(kinds("::1") == [true, true, false, true])
        #expect(kinds("224.0.0.1") == [false, false, true, true])
        #expect(kinds("ff02::1") == [false, false, true, true])
        #expect(kinds("0.0.0.0") == [false, false, false, true])
    }

    @Test func networksHoldTheirAddresses() {
        func rolled(_ text: String, _ breadth: Breadth) -> String? {
            read(text).map { write($0.rolled(to: breadth)) }
        }
        #expect(
            Breadth.allCases.map { rolled("198.51.100.77", $0) } == [
                "198.51.100.77", "198.51.100.0", "198.51.0.0", "198.0.0.0", "-",
            ])
        #expect(
            Breadth.allCases.map { rolled("2001:db8:1:2:3::4", $0) } == [
                "2001:db8:1:2:3::4", "2001:db8:1:2::", "2001:db8::", "2001::", "-",
            ])
    }
}
