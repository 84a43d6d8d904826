// What a combination of TCP flags means, in words: RFC 9293 §3.10 for the ordinary ones, the names
// scanners give them for the others.

import Facts

extension TCPFlags {
    /// What each flag says by itself.
    public static let glossary: [(flag: TCPFlags, name: String, meaning: String)] = [
        (.fin, "FIN", "the sender has no more data to send"),
        (.syn, "SYN", "opens a connection and sets the first sequence number"),
        (.rst, "RST", "ends the connection at once"),
        (.psh, "PSH", "hand the data to the application now"),
        (.ack, "ACK", "the acknowledgement number counts"),
        (.urg, "URG", "the urgent pointer counts"),
        (.ece, "ECE", "a congestion mark was seen; on a SYN: ECN is offered"),
        (.cwr, "CWR", "the sender has slowed down; on a SYN: ECN is offered"),
    ]

    /// `FIN PSH ACK`, in the order of the bits; `none` when there is none.
    public var words: String {
        let names = TCPFlags.glossary.filter { contains($0.flag) }.map(\.name)
        return names.isEmpty ? "none" : names.joined(separator: " ")
    }

    /// What a packet with these flags is, in a sentence.
    public var meaning: String {
        (isPossible ? ordinary + (contains(.urg) ? ", with urgent data" : "") : impossible)
            + congestion + "."
    }

    private var ordinary: String {
        switch (contains(.syn), contains(.fin), contains(.rst), contains(.ack)) {
        case (true, _, _, false): "Opens a connection: the first packet of a handshake"
        case (true, _, _, true): "The answer to a SYN: the second packet of a handshake"
        case (_, true, _, _) where contains(.psh):
            "Closes the sender's direction, with the last of its data"
        case (_, true, _, _):
            "Closes the sender's direction, and acknowledges what was received"
        case (_, _, true, true):
            "Ends the connection at once, and acknowledges what was received"
        case (_, _, true, false):
            "Ends the connection at once; also the answer to a packet of no connection"
        default:
            contains(.psh)
                ? "Data within a connection, to be handed to the application now"
                : "Data, a bare acknowledgement or a keepalive within a connection"
        }
    }

    private var impossible: String {
        let both = TCPFlags.glossary.filter {
            [.syn, .fin, .rst].contains($0.flag) && contains($0.flag)
        }
        if both.count > 1 {
            return both.map(\.name).joined(separator: " and ")
                + " together: no TCP stack sends this; it is forged or damaged"
        }
        if isEmpty { return "No flag at all (a NULL probe): no TCP stack sends this" }
        if isSuperset(of: [.fin, .psh, .urg]) {
            return "FIN, PSH and URG without ACK (an Xmas probe): no TCP stack sends this"
        }
        return contains(.fin)
            ? "FIN without ACK (a FIN probe): no TCP stack sends this"
            : "Neither SYN nor ACK nor RST: no TCP stack sends this"
    }

    /// RFC 3168 §6.1.1: on a handshake the ECN bits negotiate, afterwards they report.
    private var congestion: String {
        guard isPossible, contains(.ece) || contains(.cwr) else { return "" }
        if opens {
            return isSuperset(of: [.ece, .cwr])
                ? "; ECE and CWR offer ECN, which is ordinary and no scan"
                : "; ECE or CWR alone offer nothing that RFC 3168 knows"
        }
        if contains(.syn) { return "; its ECN bits answer the offer of ECN" }
        return contains(.ece)
            ? "; ECE reports a congestion mark" : "; CWR says that the sender has slowed down"
    }
}
