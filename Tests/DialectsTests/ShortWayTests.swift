// The short ways through the common lines of several dialects give what their long ways give.
//
// Read `FilterlogPlainTests` first. Each line is read as it is, and again with a change that says
// the same and that the short way does not take.

import Bytes
import Dialects
import Facts
import Testing

/// What a reader made of a line.
private struct Outcome: Equatable {
    var entry: Entry?
    var damage: Damage?
}

private func outcome(_ line: String, _ reader: inout LineReader) -> Outcome {
    var entry = Entry()
    let isEntry = PaddedText(line).withLine { reader.read($0, into: &entry) }
    return Outcome(entry: isEntry ? entry : nil, damage: reader.tally.samples.last?.damage)
}

private func outcome(_ line: String) -> Outcome {
    var reader = LineReader(clock: testClock)
    return outcome(line, &reader)
}

/// Numbers that are the same in each run.
private struct Dice {
    var state: UInt64 = 0x5EED
    mutating func roll(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    /// A text with a few letters changed, left out or put in.
    mutating func changed(_ text: String, _ letters: String) -> String {
        var changed = Array(text)
        let letters = Array(letters)
        for _ in 0...roll(3) where !changed.isEmpty {
            let place = roll(changed.count)
            switch roll(4) {
            case 0: changed.insert(letters[roll(letters.count)], at: place)
            case 1: changed.remove(at: place)
            default: changed[place] = letters[roll(letters.count)]
            }
        }
        return String(changed)
    }
}

@Suite struct ShortWayTests {
    @Test(arguments: ["", "<30>", "<>", "<9999>"])
    func theHeadOfSophosUTM(_ priority: String) {
        let rest =
            #"id="2001" severity="info" sys="SecureNet" sub="packetfilter" name="Packet dropped" "#
            + #"action="drop" srcip="192.0.2.44" dstip="10.0.0.9" proto="17" srcport="1" "#
            + #"dstport="2""#
        let heads = [
            "2026:11:19-08:15:02 utm ulogd[5472]: ", "2024:02:29-23:59:59 utm ulogd[1]: ",
            "2023:02:29-00:00:00 utm ulogd[1]: ", "2026:11:19-24:00:60 utm a ",
            "2026:11:19-08:15:02 utm ",
            "2026:11:19-08:15:02  utm ulogd: ", "2026:11:19-08:15:02 u\tm  ulogd: ",
        ]
        var dice = Dice()
        for head in heads {
            #expect(outcome(priority + head + rest) == outcome(" " + priority + head + rest))
            for _ in 0..<300 {
                let line = priority + dice.changed(head, "0123456789:- \t<>a") + rest
                // A stamp that loses its first digit is another with a blank before it.
                #expect(outcome(line) == outcome(" " + line), "\(line)")
            }
        }
    }

    @Test func theStampOfMeraki() {
        let rest =
            " MX1 flows deny src=10.0.0.9 dst=198.51.100.7 protocol=tcp sport=42644 dport=443"
        var dice = Dice()
        for _ in 0..<500 {
            let stamp = dice.changed("1795076102.954105815", "0123456789.a")
            guard stamp.contains(".") else { continue }
            let long = outcome("<134>1 \(stamp)0" + rest)
            #expect(outcome("<134>1 \(stamp)" + rest) == long, "\(stamp)")
        }
    }

    /// A name that nobody knows makes a record be made.
    @Test(arguments: ["flows deny", "flows", "ip_flow_start", "ip_flow_end", "firewall"])
    func thePairsOfMeraki(_ kind: String) {
        let head = "<134>1 1795076102.954105815 MX1 \(kind) "
        let pairs =
            "src=10.0.0.9 dst=198.51.100.7 mac=00:00:5E:00:53:01 protocol=tcp sport=42644 dport=443"
        let translated = "src=10.0.0.9 dst=198.51.100.7 protocol=udp sport=64365 dport=443 "
        let tails = [
            pairs, translated + "translated_src_ip=203.0.113.5 translated_port=14365",
            translated + "translated_src_ip=10.0.0.9 translated_port=64365",
            translated + "translated_dst_ip=203.0.113.5 translated_port=14365",
            pairs + " pattern: deny all",
        ]
        var dice = Dice()
        for tail in tails {
            #expect(outcome(head + tail) == outcome(head + tail + " none=0"))
            for _ in 0..<500 {
                let changed = dice.changed(tail, "0123456789 =.:\"\tstrcdp_")
                #expect(
                    outcome(head + changed) == outcome(head + "none=0 " + changed), "\(changed)")
            }
        }
    }

    @Test func theTagOfCiscoASA() {
        let sentence =
            "Deny TCP (no connection) from 192.0.2.50/401 to 203.0.113.8/443 flags ACK  "
            + "on interface dmz"
        var dice = Dice()
        for tag in ["%ASA-6-106015:", "%FTD-4-106015:", "%ASA-session-6-106015:", "%ASA-6-10601:"] {
            for _ in 0..<200 {
                let line = "Nov 19 08:15:10 fw1 : " + dice.changed(tag, "0123456789-:ASFTD%a ")
                #expect(
                    outcome(line + " " + sentence) == outcome(line + "  " + sentence), "\(line)")
            }
        }
    }

    /// A word with a sign behind the verdict makes the whole line's words be looked at.
    @Test func theSentenceOfWatchGuard() {
        let head = #"Nov 19 08:15:02 fw1 firewall: msg_id="3000-0148" Deny "#
        let tails = [
            #"0-External 1-Trusted 52 tcp 20 117 192.0.2.45 203.0.113.6 50100 445 "#
                + #"offset 8 S 3447 win 64 geo_src="NLD" (P-00)"#,
            #"1-Trusted 0-External tcp 10.0.0.9 198.51.100.7 52075 443 "#
                + #"src_ip_nat="203.0.113.5" duration="4" (P)"#,
            #"Optional-1 0-External 76 udp 20 63 10.2.0.8 198.51.100.53 5353 53 "#
                + #"msg="x" (DNS (block)-00)"#,
            "Optional-1 0-External 76 udp 20 63 10.2.0.8 198.51.100.53 5353 53 (DNS block-00)",
            #"0-External Firebox 84 icmp 20 63 192.0.2.46 203.0.113.5 8 0 "#
                + #"msg="tcp syn checking failed" (P-00)"#,
        ]
        var dice = Dice()
        for tail in tails {
            for _ in 0..<300 {
                let changed = dice.changed(tail, #"0123456789 ="ab.:tcp()"#)
                let short = outcome(head + changed)
                var long = outcome(head + "a=b " + changed)
                guard let interface = short.entry?.interface, long.entry != nil else { continue }
                // To the long way the word before the interfaces is one of their names'.
                long.entry?.interface = interface
                long.entry?.otherInterface = short.entry?.otherInterface ?? .none
                long.entry?.direction = short.entry?.direction ?? .unknown
                #expect(short == long, "\(changed)")
            }
        }
    }

    @Test func hardwareAddresses() {
        func macs(_ text: String) -> UInt64? {
            let line =
                #"2026:11:19-08:15:02 utm ulogd[1]: id="2001" sub="packetfilter" action="drop" "#
                + #"srcmac="\#(text)" dstmac="00:00:5e:00:53:02" srcip="192.0.2.44" "#
                + #"dstip="10.0.0.9" proto="1""#
            guard let entry = outcome(line).entry, entry.known.contains(.macs) else { return nil }
            return entry.macSource
        }
        let digits = Array("0123456789abcdefABCDEF")
        var dice = Dice()
        for _ in 0..<200 {
            let octets = (0..<6).map { _ in dice.roll(256) }
            let value = octets.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            let whole = octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            #expect(macs(whole.joined(separator: ":")) == value)
            #expect(macs(whole.joined(separator: "-").uppercased()) == value)
        }
        for place in 0..<17 {
            for byte in (1...126 as ClosedRange<UInt8>) where byte != 0x22 && byte != 0x5C {
                var text = Array("aa:bb:cc:dd:ee:ff".utf8)
                text[place] = byte
                let letter = Character(UnicodeScalar(byte))
                let fits = place % 3 == 2 ? letter == ":" || letter == "-" : digits.contains(letter)
                // A mark for a digit leaves one of one digit, and that is none of these.
                guard fits || place % 3 == 2 || (letter != ":" && letter != "-") else { continue }
                let found = macs(String(decoding: text, as: UTF8.self))
                #expect((found != nil) == fits, "\(place) \(byte)")
            }
        }
    }

    /// A reader that remembers other lines' words reads as one that has seen none.
    @Test(arguments: [
        DialectID.mikroTik, .watchGuard, .clavister, .sophosUTM, .juniperSRX, .meraki, .ciscoASA,
    ])
    func wordsRememberedReadAlike(_ id: DialectID) {
        let lines = allDialects.filter { $0.id == id }.flatMap { $0.samples.map(\.line) }
        var dice = Dice()
        var knowing = LineReader(clock: testClock, only: id)
        for _ in 0..<1000 {
            var line = lines[dice.roll(lines.count)]
            if dice.roll(2) == 0 { line = dice.changed(line, "abcdef0123 =_") }
            var anew = LineReader(clock: testClock, only: id)
            #expect(outcome(line, &anew).entry == outcome(line, &knowing).entry, "\(line)")
        }
    }
}
