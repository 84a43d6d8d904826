// The states of a TCP connection in netfilter, and what each kind of packet makes of them.
//
// Read first: Linux nf_conntrack_proto_tcp.c, the comment before tcp_conntracks. The states say
// nothing of who closed: FIN_WAIT is "a FIN was seen", from either side.

/// The numbers are those of ctnetlink.
enum NetfilterPhase: UInt8, CaseIterable, Sendable {
    case none
    case synSent
    case synReceived
    case established
    case finWait
    case closeWait
    case lastAck
    case timeWait
    case close
    case synSent2

    /// As `conntrack -L` prints it.
    var name: String {
        switch self {
        case .none: "NONE"
        case .synSent: "SYN_SENT"
        case .synReceived: "SYN_RECV"
        case .established: "ESTABLISHED"
        case .finWait: "FIN_WAIT"
        case .closeWait: "CLOSE_WAIT"
        case .lastAck: "LAST_ACK"
        case .timeWait: "TIME_WAIT"
        case .close: "CLOSE"
        case .synSent2: "SYN_SENT2"
        }
    }
}

/// What decides of a segment's flags; data plays no part.
enum SegmentKind: UInt8, Sendable {
    case syn
    case synAck
    case fin
    case ack
    case rst
    case none
}

/// What the table says of a kind in a phase.
enum Transition: Equatable, Sendable {
    case to(NetfilterPhase)
    /// It may be right and the table wrong: the packet passes, and nothing is learnt of it.
    case ignore
    case invalid
}

/// The transition table: a row for each direction and kind, a column for each phase.
struct TransitionTable: Sendable {
    // A row is a word, four bits to a cell, so that a look-up is a shift.
    private var rows: [10 of UInt64] = .init(repeating: 0)

    /// nf_conntrack_proto_tcp.c tcp_conntracks. Columns: none SS SR ES FW CW LA TW CL S2.
    private static let text: [(StaticString, StaticString)] = [
        // A SYN reopens what is over. In SR to LA it is ignored: if the ends know of no connection,
        // the answer to it will show that.
        ("o syn", "SS SS .. .. .. .. .. SS SS S2"),
        // The side that opens answers a SYN only if both opened at once (S2).
        ("o synack", "-- -- SR -- -- -- -- -- -- SR"),
        // Nothing may be closed before the SYN/ACK was seen.
        ("o fin", "-- -- FW FW LA LA LA TW CL --"),
        // From none: a connection older than the table (nf_conntrack_tcp_loose).
        ("o ack", "ES -- ES ES CW CW TW TW CL --"),
        ("o rst", "-- CL CL CL CL CL CL CL CL CL"),
        // The server may open only at the same time as the client, or a closed connection anew.
        ("r syn", "-- S2 -- -- -- -- -- SS -- S2"),
        // Sent again, or the answer to a SYN that was ignored.
        ("r synack", "-- SR .. .. .. .. .. .. .. SR"),
        ("r fin", "-- -- FW FW LA LA LA TW CL --"),
        // In SS it may come from a connection that the server alone remembers.
        ("r ack", "-- .. SR ES CW CW TW TW CL .."),
        ("r rst", "-- CL CL CL CL CL CL CL CL CL"),
    ]

    private static let ignored: UInt64 = 14
    private static let refused: UInt64 = 15

    init() {
        for (row, line) in TransitionTable.text.enumerated() {
            var word: UInt64 = 0
            var column: UInt64 = 0
            for cell in "\(line.1)".split(separator: " ") {
                word |= TransitionTable.code(cell) << (4 * column)
                column += 1
            }
            precondition(column == 10)
            rows[row] = word
        }
    }

    private static func code(_ cell: Substring) -> UInt64 {
        switch cell {
        case "..": ignored
        case "SS": 1
        case "SR": 2
        case "ES": 3
        case "FW": 4
        case "CW": 5
        case "LA": 6
        case "TW": 7
        case "CL": 8
        case "S2": 9
        default: refused
        }
    }

    @inline(__always)
    func next(_ phase: NetfilterPhase, _ kind: SegmentKind, isReply: Bool) -> Transition {
        guard kind != .none else { return .invalid }
        let row = Int(kind.rawValue) &+ (isReply ? 5 : 0)
        let code = rows[row] &>> (4 &* UInt64(phase.rawValue)) & 15
        if code == TransitionTable.ignored { return .ignore }
        guard let phase = NetfilterPhase(rawValue: UInt8(truncatingIfNeeded: code)) else {
            return .invalid
        }
        return .to(phase)
    }
}
