// A TCP packet as a firewall logs it, and the little it takes to write one down.

/// TCP flags as a byte, in the header's own bits (RFC 9293 §3.1).
struct Flags {
    static let fin: UInt8 = 0x01
    static let syn: UInt8 = 0x02
    static let rst: UInt8 = 0x04
    static let psh: UInt8 = 0x08
    static let ack: UInt8 = 0x10
    static let urg: UInt8 = 0x20
}

/// The TCP options a packet carries, as the stacks at large put them together.
enum Options: UInt8 {
    case none
    case linuxSYN
    case windowsSYN
    case timestamps
    case mssOnly
}

/// The verdict that a line reports, and which rule gave it.
enum Verdict: UInt8 {
    case defaultDeny
    case passLAN
    case passWAN
    case blockMail

    var passes: Bool { self == .passLAN || self == .passWAN }
}

struct Packet {
    var source: UInt32
    var destination: UInt32
    var sourcePort: UInt16
    var destinationPort: UInt16
    var flags: UInt8
    /// Bytes of payload.
    var length: UInt16 = 0
    var sequence: UInt32
    var acknowledgement: UInt32 = 0
    var window: UInt16
    var ttl: UInt8
    var ipID: UInt16 = 0
    var dontFragment = true
    var options: Options = .none
    var verdict: Verdict = .defaultDeny
    /// The interface's place in the log's list of interfaces.
    var interface: UInt8 = 0

    var hasTimestamps: Bool { options == .timestamps || options == .linuxSYN }

    /// IP header, TCP header and payload.
    var totalLength: Int {
        let header =
            switch options {
            case .none: 40
            case .linuxSYN: 60
            case .windowsSYN, .timestamps: 52
            case .mssOnly: 44
            }
        return header + Int(length)
    }
}

/// An IPv4 address from its four parts.
func address(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> UInt32 {
    UInt32(a << 24 | b << 16 | c << 8 | d)
}
