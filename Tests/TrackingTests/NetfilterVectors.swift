// The recorded packets of Tests/Vectors: read, sent through the model, and what it said of each.

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
    mutating func words(_ packet: Packet, at time: Instant, client: Endpoint) -> [String] {
        var packet = packet
        packet.time = time
        let met = meet(packet)
        let tracked = met.step == .askRules ? admit(packet, met, nil, StateOptions()) : met
        ended.removeAll(keepingCapacity: true)
        let kind = met.step == .block ? "DROP" : "\(tracked.kind.name)".uppercased()
        guard let state = tracked.state else { return [kind, "-", "-", "-", "-", "-"] }
        let left = (tracked.expiry.microseconds - time.microseconds + 999_999) / 1_000_000
        return [
            kind, phaseName(tracked.phase, ipProtocol: packet.ipProtocol),
            tracked.phase & Netfilter.repliedMark != 0 ? "R" : "U",
            tracked.phase & Netfilter.assuredMark != 0 ? "A" : "a", "\(left)",
            opener(state) == client ? "o" : "r",
        ]
    }
}
