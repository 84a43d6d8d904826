// pf's state table, as `pfctl -ss` prints it, with -v and -vv too.
//
// Read first: FreeBSD sbin/pfctl/pf_print_state.c print_state(), which OpenBSD's agrees with: it
// fixes the order of the words, and which end of a translation stands in parentheses.

import Bytes
import Facts

public struct PfStates: Dialect {
    public init() {}

    public var id: DialectID { .pfStates }
    public var title: String { "pf's state table: pfSense, OPNsense, FreeBSD, OpenBSD" }
    public var howToGet: [String] {
        [
            "On the firewall's shell (pfSense: Diagnostics > Command Prompt, or ssh and 8): "
                + "pfctl -ss > states.txt",
            "Only one host, for a busy firewall: pfctl -ss | grep 10.0.0.5 > states.txt",
            "With ages and counters, to read beside it: pfctl -ss -vv > states.txt",
            "Take it while the problem is there, and note the time: date >> states.txt",
            "Give it to stray together with the firewall's own log.",
        ]
    }
    public var limits: [String] {
        [
            "The table has no time of its own.",
            "Age, counters and rule, which -v prints on lines of their own, are counted with their "
                + "state; they are not in the entries.",
            "pf refuses a packet that does not fit its state without a line in any log; only the "
                + "counter state-mismatch of pfctl -si moves.",
            "Names instead of addresses (-r) are taken as they stand.",
        ]
    }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        // Below a state its lines are indented, which the envelope has skipped.
        if envelope.body > line.start, let reading = readContinuation(line, envelope.body) {
            return reading
        }
        var cursor = PfStateCursor(envelope.body)
        let known = context.states.head(line, cursor.at)
        var interface = Field(0, 0)
        let number: UInt8
        if let known {
            number = known.head.number
            cursor.at = known.end
        } else {
            guard let word = cursor.interface(line), let told = cursor.ipProtocol(line) else {
                return .notMine
            }
            interface = word
            number = told
        }
        let headEnd = cursor.at
        guard let left = cursor.end(line, &context.names) else { return .notMine }
        // From here on it is a state unless something else than the line's end is in the way.
        guard let leftWire = cursor.translated(line, &context.names),
            let isOutward = cursor.arrow(line),
            let right = cursor.end(line, &context.names),
            let rightWire = cursor.translated(line, &context.names)
        else { return cursor.isCut(line) ? .damaged(.cutShort) : .notMine }
        guard let pair = readPair(line, &cursor, number, &context, &entry) else {
            return .damaged(line.skipBlanks(cursor.at) >= line.end ? .cutShort : .badField)
        }
        entry.action = .state
        entry.ipProtocol = number
        entry.direction = isOutward ? .outward : .inward
        if let known {
            entry.interface = known.head.interface
        } else {
            if !line.equals(interface, "all") {
                entry.interface = context.names.keep(line, interface)
            }
            context.states.keep(
                line, Field(envelope.body, headEnd),
                PfStateMemory.Head(interface: entry.interface, number: number))
        }
        // What stands in parentheses is what the first packet had, the other what pf made of it.
        let source = isOutward ? left : right
        let sourceBefore = isOutward ? leftWire : rightWire
        let destination = isOutward ? right : left
        let destinationBefore = isOutward ? rightWire : leftWire
        entry.source = sourceBefore.endpoint ?? source
        entry.destination = destinationBefore.endpoint ?? destination
        if PfStates.hasPorts(number) { entry.known.insert(.ports) }
        setTranslation(source, destination, &entry)
        entry.reasonText = pair
        return .entry
    }

    /// What the two words at the row's end say, and their name; nil when they are none of pf's.
    @inline(__always)
    private func readPair(
        _ line: borrowing Line, _ cursor: inout PfStateCursor, _ number: UInt8,
        _ context: inout Context, _ entry: inout Entry
    ) -> Name? {
        let start = cursor.startOfPair(line)
        if let known = context.states.pair(line, start, of: number) {
            entry.reason = known.reason
            entry.known.formUnion(known.known)
            return known.text
        }
        guard let pair = cursor.pair(line), judge(line, pair, number, &entry) else { return nil }
        let text = context.names.keep(line, pair.text)
        context.states.keep(
            line, pair.text,
            PfStateMemory.Pair(
                number: number, reason: entry.reason, known: entry.known, text: text))
        return text
    }

    private static func hasPorts(_ number: UInt8) -> Bool {
        number == Entry.tcp || number == Entry.udp || number == 132
    }

    /// Keeps the ends that pf made of the first packet's, where they are others.
    private func setTranslation(
        _ source: Endpoint, _ destination: Endpoint, _ entry: inout Entry
    ) {
        entry.natSource = source
        entry.natDestination = destination
        if !entry.known.contains(.ports) {
            // What pf prints behind an ICMP address is the message's id.
            entry.source.port = 0
            entry.destination.port = 0
            entry.natSource.port = 0
            entry.natDestination.port = 0
        }
        if entry.natSource == entry.source, entry.natDestination == entry.destination {
            entry.natSource = .none
            entry.natDestination = .none
        } else if source.address.isV6 != entry.source.address.isV6 {
            // From one family to the other pf prints `->` whichever way the packet came.
            entry.direction = .unknown
        }
    }
}

/// The states of both peers, left and right as printed.
struct PfStatePair {
    var text: Field
    var left: Field
    var right: Field

    /// Whether the words have no bytes but those of states. (TCP's are compared as a whole.)
    func isOfStates(_ line: borrowing Line) -> Bool {
        for place in text.start..<text.end where place != left.end {
            let byte = line[place]
            guard isDigit(byte) || byte &- 0x41 < 26 || byte == 0x5F else { return false }
        }
        return true
    }
}

extension PfStates {
    /// What the two words say of the connection; false when they are none of pf's. Half of a
    /// word is none either: no word begins with another.
    private func judge(
        _ line: borrowing Line, _ pair: PfStatePair, _ number: UInt8, _ entry: inout Entry
    ) -> Bool {
        switch number {
        case Entry.tcp: return judgeTCP(line, pair, &entry)
        case _ where !pair.isOfStates(line): return false
        case 1, 58:
            // A message's states are numbers, always the same ones.
            return isDigit(line[pair.left.start]) && isDigit(line[pair.right.start])
        case 132 where sctpLevel(line, pair.left) != nil:
            guard let left = sctpLevel(line, pair.left), let right = sctpLevel(line, pair.right)
            else { return false }
            entry.reason = reason(left, right)
            return true
        default:
            guard let left = hasSent(line, pair.left), let right = hasSent(line, pair.right)
            else { return isDigit(line[pair.left.start]) && isDigit(line[pair.right.start]) }
            entry.known.insert(.knowsAnswered)
            if left && right { entry.known.insert(.answered) }
            return true
        }
    }

    /// Whether a peer of a connection without TCP's states has sent anything; nil for no such
    /// word.
    private func hasSent(_ line: borrowing Line, _ word: Field) -> Bool? {
        if line.equals(word, "NO_TRAFFIC") { return false }
        return line.equals(word, "SINGLE") || line.equals(word, "MULTIPLE") ? true : nil
    }

    private func judgeTCP(
        _ line: borrowing Line, _ pair: PfStatePair, _ entry: inout Entry
    ) -> Bool {
        // pf answers the client itself until the server has been reached.
        if line.equals(pair.left, "PROXY") {
            entry.reason = .stateOpening
            return line.equals(pair.right, "SRC") || line.equals(pair.right, "DST")
        }
        guard let left = level(line, pair.left), let right = level(line, pair.right) else {
            return false
        }
        // CLOSED is a peer that has sent nothing: pf gives each its own state, and a connection
        // seen one way only stays so to its end (FreeBSD pf.c pf_tcp_track_full()).
        entry.known.insert(.knowsAnswered)
        if left > .silent && right > .silent { entry.known.insert(.answered) }
        entry.reason = reason(left, right)
        return true
    }

    private func reason(_ left: Level, _ right: Level) -> Reason {
        if left == .closing || right == .closing { return .stateClosing }
        return left == .established && right == .established ? .stateEstablished : .stateOpening
    }

    private enum Level: Int, Comparable {
        case silent, opening, established, closing
        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    /// FreeBSD netinet/tcp_fsm.h tcpstates[].
    private func level(_ line: borrowing Line, _ word: Field) -> Level? {
        switch word.count {
        case 6:
            if line.equals(word, "CLOSED") || line.equals(word, "LISTEN") { return .silent }
        case 7:
            if line.equals(word, "CLOSING") { return .closing }
        case 8:
            if line.equals(word, "SYN_SENT") || line.equals(word, "SYN_RCVD") { return .opening }
            if line.equals(word, "LAST_ACK") { return .closing }
        case 9:
            if line.equals(word, "TIME_WAIT") { return .closing }
        case 10:
            if line.equals(word, "FIN_WAIT_2") || line.equals(word, "FIN_WAIT_1")
                || line.equals(word, "CLOSE_WAIT")
            {
                return .closing
            }
        case 11:
            if line.equals(word, "ESTABLISHED") { return .established }
        default: break
        }
        return nil
    }

    /// FreeBSD sbin/pfctl/pf_print_state.c sctp_state_name(); OpenBSD has UDP's words for SCTP.
    private func sctpLevel(_ line: borrowing Line, _ word: Field) -> Level? {
        for name in ["CLOSED", "BOUND", "LISTEN"] as [StaticString] where line.equals(word, name) {
            return .silent
        }
        if line.equals(word, "ESTABLISHED") { return .established }
        if line.equals(word, "COOKIE_WAIT") || line.equals(word, "COOKIE_ECHOED") {
            return .opening
        }
        for name in ["SENT", "RECEIVED", "ACK_SENT", "PENDING"] as [StaticString]
        where line.has("SHUTDOWN_", at: word.start)
            && line.equals(Field(word.start + 9, word.end), name)
        {
            return .closing
        }
        return nil
    }

    /// The lines that -v and -vv print below a state, none of which is an entry. A line cut in
    /// half is told by the word that it always has.
    private func readContinuation(_ line: borrowing Line, _ at: Int) -> Reading? {
        switch line[at] {
        case 0x5B:
            let digits = line.endOfDigits(at + 1)
            guard digits > at + 1, line.has(" + ", at: digits) else { return nil }
            let second = line.find("]", from: at).flatMap { line.find("]", from: $0 + 1) }
            return second == nil ? .damaged(.cutShort) : .continued
        case 0x61:
            guard line.has("age ", at: at), isDigit(line[at + 4]) else { return nil }
            return line.find(" bytes", from: at) == nil ? .damaged(.cutShort) : .continued
        case 0x69:
            guard line.has("id: ", at: at), hexDigit(line[at + 4]) != nil else { return nil }
            return line.find(" creatorid: ", from: at) == nil ? .damaged(.cutShort) : .continued
        case 0x6F:
            return line.has("origif: ", at: at) ? .continued : nil
        default: return nil
        }
    }
}
