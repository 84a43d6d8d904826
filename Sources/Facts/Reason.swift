// Why the device says it wrote the line, in one vocabulary for all dialects.

public enum Reason: UInt8, CaseIterable, Sendable {
    case unknown
    /// A rule matched.
    case match
    // pf's own complaints (pfvar.h PFRES_NAMES).
    case badOffset
    case fragment
    case short
    case normalize
    case memory
    case badTimestamp
    case congestion
    case ipOption
    case badChecksum
    case stateMismatch
    case stateInsert
    case stateLimit
    case sourceLimit
    case synproxy
    case mapFailed
    // What devices say of a packet's state.
    case noState
    case invalid
    case invalidFlags
    case invalidInState
    case ignoredInState
    case sequenceOver
    case sequenceUnder
    case acknowledgementOver
    case acknowledgementUnder
    case truncated
    case antiSpoofing
    case tableFull
    case rateLimit
    case malformed
    // Why a connection ended.
    case closedByFins
    case closedByReset
    case closedIdle
    case closedHalfClosed
    case closedHandshake
    case closedFlushed
    case closedByDevice
    case closedFailover
    // What a dump of the table says of a connection.
    case stateOpening
    case stateEstablished
    case stateClosing

    public var name: StaticString {
        switch self {
        case .unknown: "unknown"
        case .match: "match"
        case .badOffset: "bad-offset"
        case .fragment: "fragment"
        case .short: "short"
        case .normalize: "normalize"
        case .memory: "memory"
        case .badTimestamp: "bad-timestamp"
        case .congestion: "congestion"
        case .ipOption: "ip-option"
        case .badChecksum: "proto-cksum"
        case .stateMismatch: "state-mismatch"
        case .stateInsert: "state-insert"
        case .stateLimit: "state-limit"
        case .sourceLimit: "src-limit"
        case .synproxy: "synproxy"
        case .mapFailed: "map-failed"
        case .noState: "no-state"
        case .invalid: "invalid"
        case .invalidFlags: "invalid-flags"
        case .invalidInState: "invalid-in-state"
        case .ignoredInState: "ignored-in-state"
        case .sequenceOver: "seq-over-window"
        case .sequenceUnder: "seq-under-window"
        case .acknowledgementOver: "ack-over-window"
        case .acknowledgementUnder: "ack-under-window"
        case .truncated: "truncated"
        case .antiSpoofing: "anti-spoofing"
        case .tableFull: "table-full"
        case .rateLimit: "rate-limit"
        case .malformed: "malformed"
        case .closedByFins: "closed-fins"
        case .closedByReset: "closed-reset"
        case .closedIdle: "closed-idle"
        case .closedHalfClosed: "closed-half-closed"
        case .closedHandshake: "closed-handshake"
        case .closedFlushed: "closed-flushed"
        case .closedByDevice: "closed-by-device"
        case .closedFailover: "closed-failover"
        case .stateOpening: "state-opening"
        case .stateEstablished: "state-established"
        case .stateClosing: "state-closing"
        }
    }

    /// The packet itself was refused; a state had nothing to do with it.
    public var isAnomaly: Bool {
        switch self {
        case .badOffset, .fragment, .short, .normalize, .ipOption, .badChecksum, .truncated,
            .malformed:
            true
        default: false
        }
    }

    /// The device's tracking called the packet invalid, for a reason of its own. What it ignored
    /// (`ignoredInState`) it let pass (Linux nf_conntrack_tcp_packet(), NF_ACCEPT).
    public var isInvalid: Bool { (hadState && self != .ignoredInState) || self == .invalidFlags }

    /// A state existed and the packet did not fit it.
    public var hadState: Bool {
        switch self {
        case .stateMismatch, .badTimestamp, .invalidInState, .ignoredInState, .sequenceOver,
            .sequenceUnder, .acknowledgementOver, .acknowledgementUnder:
            true
        default: false
        }
    }
}
