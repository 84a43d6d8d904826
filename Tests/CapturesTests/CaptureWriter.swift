// Makes captures byte by byte: what the tests say a file holds, and nothing that the reader knows.

import Facts

/// Bytes in one order or the other.
struct Bytes8 {
    var all: [UInt8] = []
    var bigEndian = true

    init(bigEndian: Bool = true) { self.bigEndian = bigEndian }

    mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        let count = Number.bitWidth / 8
        for index in 0..<count {
            let place = bigEndian ? count - 1 - index : index
            all.append(UInt8(truncatingIfNeeded: number >> Number(place * 8)))
        }
    }
    mutating func put(_ bytes: [UInt8]) { all += bytes }
    mutating func pad(to width: Int) { while all.count % width != 0 { all.append(0) } }
}

func bytes(_ make: (inout Bytes8) -> Void) -> [UInt8] {
    var out = Bytes8()
    make(&out)
    return out.all
}

// MARK: - Packets

struct TCPMaker {
    var source: UInt16 = 41000
    var destination: UInt16 = 443
    var sequence: UInt32 = 1_000_001
    var acknowledgement: UInt32 = 2_000_002
    var flags: TCPFlags = [.ack, .fin]
    var window: UInt16 = 501
    var options: [UInt8] = []
    var payload = 0

    var bytes: [UInt8] {
        CapturesTests.bytes { out in
            out.put(source)
            out.put(destination)
            out.put(sequence)
            out.put(acknowledgement)
            out.put(UInt8((20 + options.count) / 4) << 4)
            out.put(flags.rawValue)
            out.put(window)
            out.put(UInt32(0))
            out.put(options)
            out.put([UInt8](repeating: 0x61, count: payload))
        }
    }
}

func udp(_ payload: Int, written: UInt16? = nil) -> [UInt8] {
    bytes { out in
        out.put(UInt16(5353))
        out.put(UInt16(53))
        out.put(written ?? UInt16(8 + payload))
        out.put(UInt16(0))
        out.put([UInt8](repeating: 0, count: payload))
    }
}

/// 192.0.2.1 to 198.51.100.2.
func ipv4(
    _ payload: [UInt8], number: UInt8 = 6, total: UInt16? = nil, options: [UInt8] = [],
    fragment: UInt16 = 0, first: UInt8? = nil
) -> [UInt8] {
    bytes { out in
        out.put(first ?? 0x40 | UInt8(5 + options.count / 4))
        out.put(UInt8(0))
        out.put(total ?? UInt16(20 + options.count + payload.count))
        out.put(UInt16(4711))
        out.put(fragment)
        out.put(UInt8(57))
        out.put(number)
        out.put(UInt16(0))
        out.put([192, 0, 2, 1, 198, 51, 100, 2])
        out.put(options)
        out.put(payload)
    }
}

/// 2001:db8::1 to 2001:db8::2. An extension is its number and its bytes, with a first byte that is
/// overwritten by the number of what follows.
func ipv6(
    _ payload: [UInt8], number: UInt8 = 6, length: UInt16? = nil,
    extensions: [(UInt8, [UInt8])] = []
) -> [UInt8] {
    var body: [UInt8] = []
    for (index, one) in extensions.enumerated() {
        let next = index + 1 < extensions.count ? extensions[index + 1].0 : number
        body += [next] + one.1.dropFirst()
    }
    body += payload
    return bytes { out in
        out.put(UInt32(0x6000_0000))
        out.put(length ?? UInt16(body.count))
        out.put(extensions.first?.0 ?? number)
        out.put(UInt8(61))
        for last: UInt8 in [1, 2] {
            out.put([0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [last])
        }
        out.put(body)
    }
}

// MARK: - Links

func ethernet(_ payload: [UInt8], type: UInt16 = 0x0800, tags: [UInt16] = []) -> [UInt8] {
    bytes { out in
        out.put([0x02, 0, 0, 0, 0, 0x0B, 0x02, 0, 0, 0, 0, 0x0A])
        for tag in tags {
            out.put(tag)
            out.put(UInt16(7))
        }
        out.put(type)
        out.put(payload)
    }
}

func cooked(_ payload: [UInt8], type: UInt16 = 0, network: UInt16 = 0x0800) -> [UInt8] {
    bytes { out in
        for number: UInt16 in [type, 1, 6] { out.put(number) }
        out.put([2, 0, 0, 0, 0, 1, 0, 0])
        out.put(network)
        out.put(payload)
    }
}

func cooked2(_ payload: [UInt8], type: UInt8, index: UInt32 = 3) -> [UInt8] {
    bytes { out in
        out.put(UInt32(0x0800_0000))
        out.put(index)
        out.put(UInt16(1))
        out.put([type, 6, 2, 0, 0, 0, 0, 1, 0, 0])
        out.put(payload)
    }
}

struct PFLogMaker {
    var length: UInt8 = 61
    var family: UInt8 = 2
    var action: UInt8 = 1
    var reason: UInt8 = 0
    var interface = "igb1"
    var anchor = ""
    var rule: UInt32 = 12
    var inner: UInt32 = .max
    var identifier: UInt32 = 0
    var direction: UInt8 = 1

    func bytes(_ payload: [UInt8]) -> [UInt8] {
        CapturesTests.bytes { out in
            out.put([length, family, action, reason])
            out.put(Array(interface.utf8) + [UInt8](repeating: 0, count: 16 - interface.count))
            out.put(Array(anchor.utf8) + [UInt8](repeating: 0, count: 16 - anchor.count))
            out.put(rule)
            out.put(inner)
            if length >= 61 { out.put([UInt8](repeating: 0, count: 16)) }
            out.put([direction, 0, 0, 0])
            if length >= 69 { out.put(identifier) }
            while out.all.count < (Int(length) + 3) & ~3 { out.put(UInt8(0)) }
            out.put(payload)
        }
    }
}

func nflog(
    _ payload: [UInt8], prefix: String = "", family: UInt8 = 2, indexIn: UInt32 = 0,
    indexOut: UInt32 = 0, hook: UInt8 = 1, link: [UInt8] = [], bigEndian: Bool = false
) -> [UInt8] {
    var out = Bytes8(bigEndian: bigEndian)
    out.put([family, 0, 0, 5])
    func attribute(_ type: UInt16, _ value: [UInt8]) {
        out.put(UInt16(4 + value.count))
        out.put(type)
        out.put(value)
        out.pad(to: 4)
    }
    attribute(1, [8, 0, hook, 0])
    attribute(10, Array(prefix.utf8) + [0])
    if indexIn > 0 { attribute(4, bytes { $0.put(indexIn) }) }
    if indexOut > 0 { attribute(5, bytes { $0.put(indexOut) }) }
    if !link.isEmpty { attribute(16, link) }
    if !payload.isEmpty { attribute(9, payload) }
    return out.all
}

// MARK: - Files

let testSeconds: UInt32 = 1_795_089_600

func pcap(
    _ packets: [[UInt8]], link: UInt32 = 1, bigEndian: Bool = false, nanoseconds: Bool = false,
    cut: Int = .max
) -> [UInt8] {
    var out = Bytes8(bigEndian: bigEndian)
    out.put(nanoseconds ? 0xA1B2_3C4D : 0xA1B2_C3D4 as UInt32)
    out.put(2 as UInt16)
    out.put(4 as UInt16)
    out.put(0 as UInt64)
    out.put(262_144 as UInt32)
    out.put(link)
    for (index, packet) in packets.enumerated() {
        out.put(testSeconds + UInt32(index))
        out.put(nanoseconds ? 123_456_789 : 123_456 as UInt32)
        out.put(UInt32(min(packet.count, cut)))
        out.put(UInt32(packet.count))
        out.put(Array(packet.prefix(cut)))
    }
    return out.all
}

struct PCAPNGMaker {
    var out: Bytes8

    init(bigEndian: Bool) {
        out = Bytes8(bigEndian: bigEndian)
        section()
    }

    mutating func block(_ type: UInt32, _ make: (inout Bytes8) -> Void) {
        var body = Bytes8(bigEndian: out.bigEndian)
        make(&body)
        body.pad(to: 4)
        out.put(type)
        out.put(UInt32(body.all.count + 12))
        out.put(body.all)
        out.put(UInt32(body.all.count + 12))
    }

    mutating func section() {
        block(0x0A0D_0D0A) { body in
            body.put(0x1A2B_3C4D as UInt32)
            body.put(1 as UInt16)
            body.put(0 as UInt16)
            body.put(UInt64.max)
        }
    }

    mutating func interface(
        link: UInt16 = 1, name: String = "", resolution: UInt8? = nil, offset: Int64? = nil,
        snap: UInt32 = 0
    ) {
        block(1) { body in
            body.put(link)
            body.put(0 as UInt16)
            body.put(snap)
            body.option(1, Array("a comment".utf8))
            if !name.isEmpty { body.option(2, Array(name.utf8)) }
            if let resolution { body.option(9, [resolution]) }
            if let offset {
                var value = Bytes8(bigEndian: body.bigEndian)
                value.put(offset)
                body.option(14, value.all)
            }
            body.option(0, [])
        }
    }

    mutating func packet(
        _ packet: [UInt8], ticks: UInt64, interface: UInt32 = 0, flags: UInt32? = nil
    ) {
        block(6) { body in
            body.put(interface)
            body.put(UInt32(ticks >> 32))
            body.put(UInt32(truncatingIfNeeded: ticks))
            body.put(UInt32(packet.count))
            body.put(UInt32(packet.count))
            body.put(packet)
            body.pad(to: 4)
            if let flags {
                var value = Bytes8(bigEndian: body.bigEndian)
                value.put(flags)
                body.option(2, value.all)
                body.option(0, [])
            }
        }
    }

    mutating func oldPacket(_ packet: [UInt8], ticks: UInt64) {
        block(2) { body in
            body.put(0 as UInt16)
            body.put(0 as UInt16)
            body.put(UInt32(ticks >> 32))
            body.put(UInt32(truncatingIfNeeded: ticks))
            body.put(UInt32(packet.count))
            body.put(UInt32(packet.count))
            body.put(packet)
        }
    }

    mutating func simplePacket(_ packet: [UInt8]) {
        block(3) { body in
            body.put(UInt32(packet.count))
            body.put(packet)
        }
    }
}

extension Bytes8 {
    fileprivate mutating func option(_ code: UInt16, _ value: [UInt8]) {
        put(code)
        put(UInt16(value.count))
        put(value)
        pad(to: 4)
    }
}
