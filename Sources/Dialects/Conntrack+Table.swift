// What a state's word says, in a row of the table and at a connection's end, and when that was.
//
// Read first: Linux net/netfilter/nf_conntrack_proto_tcp.c tcp_conntrack_names, and
// libnetfilter_conntrack src/conntrack/snprintf_default.c for `[start=...]` and `delta-time=`.

import Bytes
import Facts

extension Conntrack {
    /// The last state tells how it ended.
    func closeReason(_ line: borrowing Line, _ state: Field) -> Reason {
        for word in Conntrack.words where line.equals(state, word.name) { return word.end }
        return .unknown
    }

    /// What a row's state says of the connection.
    func stateReason(_ line: borrowing Line, _ state: Field) -> Reason {
        for word in Conntrack.words where line.equals(state, word.name) { return word.now }
        return .unknown
    }

    private static let words: [(name: StaticString, now: Reason, end: Reason)] = [
        ("ESTABLISHED", .stateEstablished, .closedIdle),
        ("TIME_WAIT", .stateClosing, .closedByFins),
        ("SYN_SENT", .stateOpening, .closedHandshake),
        ("SYN_RECV", .stateOpening, .closedHandshake),
        ("CLOSE", .stateClosing, .closedByReset),
        ("FIN_WAIT", .stateClosing, .closedHalfClosed),
        ("CLOSE_WAIT", .stateClosing, .closedHalfClosed),
        ("LAST_ACK", .stateClosing, .closedByFins),
        ("SYN_SENT2", .stateOpening, .closedHandshake),
    ]
}

extension ConntrackTuples {
    /// `[stop=...]` is when the entry expired; the event comes with the sweep that finds it, up
    /// to minutes later (Linux nf_conntrack_core.c nf_ct_delete()).
    func setEnd(_ line: borrowing Line, _ clock: inout Clock, _ entry: inout Entry) {
        guard stop > 0, let (time, end) = clock.readAsctime(line, stop), line[end] == 0x5D else {
            return
        }
        guard let late = entry.time.since(time) else {
            entry.time = time
            return
        }
        // Limit: full seconds only, and a longer gap is the text's zone, which may be another.
        if late >= 2_000_000, late <= 180_000_000 { entry.time = time }
    }

    /// When a row was printed: `delta-time` is how long the connection has lived by then, and
    /// `[start=...]` when it began.
    func setMoment(_ line: borrowing Line, _ clock: inout Clock, _ entry: inout Entry) {
        guard !entry.time.isKnown, start > 0, entry.known.contains(.duration),
            let (began, end) = clock.readAsctime(line, start), line[end] == 0x5D
        else { return }
        entry.time = Instant(microseconds: began.microseconds + entry.durationMicroseconds)
    }
}
