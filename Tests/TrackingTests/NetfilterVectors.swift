// The recorded packets of Tests/Vectors: read, sent through the model, and what it said of each.

import Bytes
import Captures
import Facts
import Foundation
import Policy
import Tracking

/// A packet and what the kernel said of it.
struct VectorPacket {
    var line: Int
    var packet: Packet
    var client: Endpoint
    /// class, state, replied, assured, timer, origin; as they stand in the file.
    var expected: [String]
    /// Seconds that passed before it.
    var pause: Int64 = 0
    /// The timer may have been read so many seconds later, and was cut to whole ones.
    var timerSlack: Int64 = 0
}

struct VectorConversation {
    var name: String
    var settings: [(name: String, value: String)]
    var packets: [VectorPacket] = []
}

/// What stands wrong in a vector file.
struct VectorFault: Error {
    var line: Int
}

func readVectors(_ name: String) throws -> [VectorConversation] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Vectors/\(name)"), encoding: .utf8)
    var all: [VectorConversation] = []
    var host: UInt32 = 0
    var pause: Int64 = 0
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
        let fields = line.split(separator: "\t").map(String.init)
        guard let kind = fields.first, !kind.hasPrefix("#") else { continue }
        switch (kind, fields.count) {
        case ("S", 3):
            host += 1
            let settings = fields[2] == "-" ? [] : fields[2].split(separator: " ")
            all.append(
                VectorConversation(
                    name: fields[1],
                    settings: settings.map {
                        let pair = $0.split(separator: "=").map(String.init)
                        return (pair[0], pair[1])
                    }))
        case ("N", 1): host += 1
        case ("T", 2): pause += Int64(fields[1]) ?? 0
        case ("R", 10):
            guard let packet = rawPacket(fields[3]) else { throw VectorFault(line: number + 1) }
            let isClient = fields[2] == "c"
            all[all.count - 1].packets.append(
                VectorPacket(
                    line: number + 1, packet: packet,
                    client: isClient ? packet.source : packet.destination,
                    expected: Array(fields[4...9]), pause: pause, timerSlack: 3))
            pause = 0
        case ("P", 15):
            guard let packet = vectorPacket(fields, host: host) else {
                throw VectorFault(line: number + 1)
            }
            all[all.count - 1].packets.append(
                VectorPacket(
                    line: number + 1, packet: packet,
                    client: fields[2] == "c" ? packet.source : packet.destination,
                    expected: Array(fields[9...14])))
        default: throw VectorFault(line: number + 1)
        }
    }
    return all
}

/// An IP packet in hexadecimal, as the program reads it from a capture.
private func rawPacket(_ text: String) -> Packet? {
    let digits = Array(text.utf8)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
    // A pcap file of raw IP packets (LINKTYPE_RAW) with one record.
    let length = UInt32(bytes.count).bytes
    var file: [UInt8] = [0xA1, 0xB2, 0xC3, 0xD4, 0, 2, 0, 4] + [UInt8](repeating: 0, count: 8)
    file += UInt32(65535).bytes + UInt32(101).bytes + [UInt8](repeating: 0, count: 8)
    file += length + length + bytes
    let count = file.count
    file += [UInt8](repeating: 0, count: blockPadding)
    var reader = CaptureReader()
    var packet = Packet()
    var offset = 0
    let span = file.span
    let found = reader.next(span.bytes, &offset, count: count, isLast: true, into: &packet)
    return found == .entry ? packet : nil
}

extension UInt32 {
    fileprivate var bytes: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: self >> (24 - 8 * $0)) }
    }
}

private func vectorPacket(_ fields: [String], host: UInt32) -> Packet? {
    guard let sequence = UInt32(fields[4]), let ack = UInt32(fields[5]),
        let window = UInt16(fields[6]), let length = UInt32(fields[7])
    else { return nil }
    let client = Endpoint(Address(v4: 0x0A00_0000 + host), 40_000)
    let server = Endpoint(Address(v4: 0xC0A8_0001), 80)
    var packet = Packet()
    packet.source = fields[2] == "c" ? client : server
    packet.destination = fields[2] == "c" ? server : client
    packet.ipProtocol = Entry.tcp
    for letter in fields[3].utf8 where letter != 0x2E {
        guard let flag = TCPFlags(letter: letter) else { return nil }
        packet.flags.insert(flag)
    }
    packet.sequence = sequence
    packet.acknowledgement = ack
    packet.window = window
    packet.length = length
    packet.sackEdge = ack
    guard fields[8] != "-" else { return packet }
    packet.form.insert(.hasOptions)
    for option in fields[8].split(separator: ",") {
        if option == "mss" {
            packet.options.insert(.mss)
        } else if option == "sackok" {
            packet.options.insert(.sackPermitted)
        } else if option.hasPrefix("ws"), let scale = UInt8(option.dropFirst(2)) {
            packet.options.insert(.windowScale)
            packet.windowScale = scale
        } else if option.hasPrefix("sack") {
            packet.options.insert(.sack)
            for block in option.dropFirst(4).split(separator: "+") {
                guard let edge = UInt32(block.split(separator: "-")[1]) else { return nil }
                if Int32(bitPattern: edge &- packet.sackEdge) > 0 { packet.sackEdge = edge }
            }
        } else if option != "nop" {
            return nil
        }
    }
    return packet
}

extension Netfilter {
    /// What the model says of a packet that all rules pass, in the words of the vector file.
    mutating func words(_ vector: VectorPacket, at time: Instant) -> [String] {
        var packet = vector.packet
        packet.time = time
        let met = meet(packet)
        let tracked = met.step == .askRules ? admit(packet, met, nil, StateOptions()) : met
        ended.removeAll(keepingCapacity: true)
        let kind = met.step == .block ? "DROP" : "\(tracked.kind.name)".uppercased()
        guard let state = tracked.state else {
            // What is refused for itself alone is not looked up, and no entry is told of.
            let isLookedUp = !packet.isICMP && !packet.form.contains(.short)
            return [kind] + (isLookedUp ? ["-", "-", "-", "-", "-"] : vector.expected.dropFirst())
        }
        var left = (tracked.expiry.microseconds - time.microseconds + 999_999) / 1_000_000
        if let read = Int64(vector.expected[4]), (0...vector.timerSlack).contains(left - read) {
            left = read
        }
        let isTCP = vector.expected[1] != "NONE"
        return [
            kind, isTCP ? phaseName(tracked.phase, ipProtocol: Entry.tcp) : "NONE",
            tracked.phase & Netfilter.repliedMark != 0 ? "R" : "U",
            tracked.phase & Netfilter.assuredMark != 0 ? "A" : "a", "\(left)",
            opener(state).address == vector.client.address ? "o" : "r",
        ]
    }
}
