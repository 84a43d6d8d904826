// Two ends and a pf between them: what the tests of the model are told in.
//
// The client's packets come in on `lan`, the server's go out there, as on the inner side of a
// router. Numbers are counted from the ends' first ones, so that a test reads like a trace.

import Facts
import Policy
import Testing

@testable import Tracking

extension Tag {
    /// What the test holds was read in one place only, pf's source: no manual says it too.
    @Tag static var restsOnOneSource: Self
}

enum End {
    case client
    case server
}

/// What the rules say of packets without a state.
enum Ruling {
    /// `pass flags S/SA keep state`
    case openings
    /// `pass flags any keep state`
    case anything
    case nothing
}

struct PFWire {
    var pf = PF()
    var rule = 0
    var options = StateOptions()
    var ruling = Ruling.openings
    var seconds = 0.0
    var client = Endpoint(Address(v4: 0x0A0A_0014), 41000)
    var server = Endpoint(Address(v4: 0xC000_0201), 443)
    var interface = Name(hash: 1)
    var clientStart: UInt32 = 1000
    var serverStart: UInt32 = 5000
    /// The other side of the router: what comes from the client goes out there.
    var isFarSide = false

    static let start: Int64 = 1_790_000_000_000_000

    /// Wire tests of timeouts want to know when the sweep comes by.
    init(_ settings: (String, String)...) {
        for (name, value) in settings { set(name, value) }
    }

    mutating func set(_ name: String, _ value: String) {
        do { try pf.set(name, to: value) } catch { Issue.record("\(name): \(error)") }
    }

    mutating func wait(_ seconds: Double) { self.seconds += seconds }

    /// A packet of this protocol, with nothing in it yet.
    func packet(from end: End, _ ipProtocol: UInt8 = Entry.tcp) -> Packet {
        var packet = Packet()
        packet.time = Instant(microseconds: PFWire.start + Int64(seconds * 1_000_000))
        packet.ipProtocol = ipProtocol
        packet.source = end == .client ? client : server
        packet.destination = end == .client ? server : client
        packet.direction = (end == .client) != isFarSide ? .inward : .outward
        packet.interface = interface
        packet.ttl = 64
        packet.window = 65535
        return packet
    }

    /// A TCP packet, its numbers counted from the first ones of the ends.
    func tcp(
        _ end: End, _ flags: String, seq: Int64 = 0, ack: Int64? = nil, length: UInt32 = 0,
        window: UInt16 = 65535, scale: UInt8? = nil
    ) -> Packet {
        var packet = packet(from: end)
        for letter in flags.utf8 {
            if let flag = TCPFlags(letter: letter) { packet.flags.insert(flag) }
        }
        let (own, far) =
            end == .client ? (clientStart, serverStart) : (serverStart, clientStart)
        packet.sequence = own &+ UInt32(truncatingIfNeeded: seq)
        if let ack { packet.acknowledgement = far &+ UInt32(truncatingIfNeeded: ack) }
        packet.length = length
        packet.window = window
        if let scale {
            packet.options.insert(.windowScale)
            packet.windowScale = scale
        }
        return packet
    }

    /// Through the states and, where they leave it open, the rules.
    @discardableResult
    mutating func send(_ packet: Packet) -> Tracked {
        let tracked = pf.meet(packet)
        guard tracked.step == .askRules else { return tracked }
        let opens = packet.flags.intersection([.syn, .ack]) == .syn
        let passes =
            switch ruling {
            case .openings: !packet.isTCP || opens
            case .anything: true
            case .nothing: false
            }
        guard passes else {
            pf.refuse(packet, tracked)
            return tracked
        }
        return pf.admit(packet, tracked, rule, options)
    }

    @discardableResult
    mutating func send(
        _ end: End, _ flags: String, seq: Int64 = 0, ack: Int64? = nil, length: UInt32 = 0,
        window: UInt16 = 65535, scale: UInt8? = nil
    ) -> Tracked {
        send(
            tcp(
                end, flags, seq: seq, ack: ack, length: length, window: window, scale: scale))
    }

    /// SYN, SYN/ACK, ACK. Both have said nothing yet: the next number of each is 1.
    mutating func open(window: UInt16 = 65535, scale: UInt8? = nil) {
        send(.client, "S", window: window, scale: scale)
        send(.server, "SA", ack: 1, window: window, scale: scale)
        send(.client, "A", seq: 1, ack: 1, window: window)
    }

    /// Both FINs and the last ACK.
    mutating func close() {
        send(.client, "FA", seq: 1, ack: 1)
        send(.server, "FA", seq: 1, ack: 2)
        send(.client, "A", seq: 2, ack: 2)
    }

    func phase(_ tracked: Tracked) -> String {
        pf.phaseName(tracked.phase, ipProtocol: Entry.tcp)
    }

    /// Seconds from now until the state would end.
    func left(_ tracked: Tracked) -> Double {
        let now = PFWire.start + Int64(seconds * 1_000_000)
        return Double(tracked.expiry.microseconds - now) / 1_000_000
    }
}
