// How far a connection has come, in the words of Forcepoint's Connections view.
//
// Forcepoint NGFW product guide 7.1, "Connection states". Of the meaning of each the guide says a
// sentence; how packets move between them is assumed after RFC 9293 (`Forcepoint.assumptions`).
// Read first: nothing.

import Facts

enum ForcepointPhase: UInt16, CaseIterable, Sendable {
    case new
    case synSeen
    case synReturn
    case synAckSeen
    case established
    case finWait1
    case finWait2
    case closing
    case closingAck
    case closeWait
    case closeWaitAck
    case lastAck
    case lastAckWait
    case timeWait
    case remove
    case udpEstablished
    case icmpReplyWait
    case icmpEcho
    case otherEstablished

    /// As the product writes it.
    var name: String {
        switch self {
        case .new: "New"
        case .synSeen: "TCP syn seen"
        case .synReturn: "TCP syn return"
        case .synAckSeen: "TCP syn ack seen"
        case .established: "TCP established"
        case .finWait1: "TCP fin wait 1"
        case .finWait2: "TCP fin wait 2"
        case .closing: "TCP closing"
        case .closingAck: "TCP closing ack"
        case .closeWait: "TCP close wait"
        case .closeWaitAck: "TCP close wait ack"
        case .lastAck: "TCP last ack"
        case .lastAckWait: "TCP last ack wait"
        case .timeWait: "TCP time wait"
        case .remove: "Remove"
        case .udpEstablished: "UDP established"
        case .icmpReplyWait: "ICMP reply wait"
        case .icmpEcho: "ICMP echo"
        case .otherEstablished: "Unknown established"
        }
    }

    var isTCP: Bool { rawValue >= ForcepointPhase.synSeen.rawValue && rawValue <= 14 }

    /// The setting of its own idle timeout: `idle.tcp.fin-wait-1`; nil for what has none.
    var setting: String? {
        guard isTCP, self != .remove else { return nil }
        let words = name.lowercased().split(separator: " ").dropFirst()
        return "idle.tcp." + words.joined(separator: "-")
    }
}

/// What an end of a TCP connection has sent, and what it may send.
struct ForcepointPeer: Sendable {
    /// The end of what it has sent.
    var next: UInt32 = 0
    /// What the other end has acknowledged of it, and how far that end's window goes.
    var acknowledged: UInt32 = 0
    var allowed: UInt32 = 0
    var shift: UInt8 = 0
    var offersScale = false
    var hasSpoken = false
    var finSent = false
    var finAcknowledged = false
    /// One past its FIN.
    var finEnd: UInt32 = 0
}

struct ForcepointState: Sendable {
    var phase: ForcepointPhase
    /// Whether the first end of the key made the connection.
    var creatorIsFirst: Bool
    var mode: ForcepointMode
    /// Seconds that its rule gives it, whatever its phase; negative: the engine's.
    var ruleIdle: Int32 = -1
    var rule: Int32 = -1
    var creator = ForcepointPeer()
    var other = ForcepointPeer()
    var began: Instant
    var renewed: Instant
}

/// "Connection Tracking Mode" of a rule's action.
enum ForcepointMode: String, CaseIterable, Sendable {
    case off
    case loose
    case normal
    case strict
}
