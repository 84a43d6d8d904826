// Linux's connection table: the events of `conntrack -E` and the rows of `conntrack -L`.
//
// Read first: libnetfilter_conntrack src/conntrack/snprintf_default.c, which fixes the order of
// the words, and conntrack-tools src/conntrack.c event_cb() for what stands around them.

import Bytes
import Facts

public struct Conntrack: Dialect {
    public init() {}

    public var id: DialectID { .conntrack }
    public var title: String { "Linux conntrack: events and table" }
    public var howToGet: [String] {
        [
            "Install conntrack (Debian: conntrack, Fedora and RHEL: conntrack-tools).",
            "Events, as they come: conntrack -E -p tcp -o timestamp,id > events.log",
            "The table at one moment: conntrack -L -p tcp -o extended,id,ktimestamp > table.log, "
                + "or cat /proc/net/nf_conntrack where that file exists.",
            "For bytes and packets: sysctl net.netfilter.nf_conntrack_acct=1",
            "For how long each connection lived: "
                + "sysctl net.netfilter.nf_conntrack_timestamp=1 and -o timestamp,ktimestamp,id",
            "Give the events to stray together with the firewall's own log.",
        ]
    }
    public var limits: [String] {
        [
            "Events without -o timestamp have no time, nor have rows of the table, unless "
                + "nf_conntrack_timestamp was on and -o ktimestamp given.",
            "The table holds what is open now: what is not in it may have ended just before.",
            "No packet is shown: no flags, no sequence numbers, no interface.",
            "Older kernels print no state on DESTROY, so that the way it ended is unknown.",
            "conntrack -E loses events when the machine is busy; the log itself does not show it.",
            "A destroyed entry can have been evicted early by a full table; nothing tells that.",
        ]
    }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        var at = line.skipBlanks(envelope.body)
        let time = readTime(line, &at)
        let tag = readTag(line, &at)
        guard let number = readProtocols(line, &at) else {
            return tag != nil && at >= line.end ? .damaged(.cutShort) : .notMine
        }
        // Every row of the table has the seconds left; in their stead stands `[OFFLOAD]`, or
        // nothing before the tuples of a flow that hardware keeps alive.
        let isTimed = isDigit(line[at]) || line[at] == 0x5B
        let state = readState(line, &at)
        // A row without a tag is known by its first tuple alone.
        guard line.has("src=", at: at) else {
            guard tag != nil else { return .notMine }
            return line.end - at < 4 ? .damaged(.cutShort) : .damaged(.badField)
        }
        if let time { entry.time = time }
        entry.ipProtocol = number
        entry.action = tag ?? .state
        var tuples = ConntrackTuples()
        tuples.collect(line, at, isICMP: number == 1 || number == 58)
        if let damage = tuples.fill(line, &context, &entry) { return .damaged(damage) }
        if tag == nil {
            // An event whose tag was cut off: it is no row, and no event can be told from it.
            guard isTimed || tuples.isOffloaded else { return .damaged(.cutShort) }
            tuples.setMoment(line, &context.clock, &entry)
            if number == Entry.tcp { entry.reason = stateReason(line, state) }
        } else if entry.action == .close {
            tuples.setEnd(line, &context.clock, &entry)
            entry.reason = closeReason(line, state)
            if tuples.isFlushed { entry.reason = .closedFlushed }
        }
        entry.reasonText = context.names.keep(line, state)
        return .entry
    }

    /// `[1721912518.947620]` in front; some builds fill up with blanks inside the brackets.
    private func readTime(_ line: borrowing Line, _ at: inout Int) -> Instant? {
        guard line[at] == 0x5B, isDigit(line[at + 1]) else { return nil }
        let point = line.endOfDigits(at + 1)
        let seconds = line.decimal64(Field(at + 1, point))
        guard line[point] == 0x2E, let seconds, seconds <= 0xFFFF_FFFF else { return nil }
        let digitsEnd = line.endOfDigits(point + 1)
        let close = line.skipBlanks(digitsEnd)
        guard digitsEnd - point == 7, line[close] == 0x5D,
            let micro = line.decimal(Field(point + 1, digitsEnd))
        else { return nil }
        at = line.skipBlanks(close + 1)
        return Instant(microseconds: Int64(seconds) * 1_000_000 + Int64(micro))
    }

    private func readTag(_ line: borrowing Line, _ at: inout Int) -> Action? {
        guard line[at] == 0x5B else { return nil }
        let action: Action
        if line.has("[NEW]", at: at) {
            action = .open
        } else if line.has("[UPDATE]", at: at) {
            action = .update
        } else if line.has("[DESTROY]", at: at) {
            action = .close
        } else {
            return nil
        }
        at = line.skipBlanks(line.endOfWord(at))
        return action
    }

    /// `tcp      6 `, and with `-o extended` or from /proc `ipv4     2 ` before it. The number
    /// of the transport protocol.
    private func readProtocols(_ line: borrowing Line, _ at: inout Int) -> UInt8? {
        if line.has("ipv4 ", at: at) || line.has("ipv6 ", at: at) {
            let family = line.skipBlanks(at + 5)
            at = line.skipBlanks(line.endOfDigits(family))
        }
        var place = at
        while lowercased(line[place]) &- 0x61 < 26 || isDigit(line[place]), place < line.end {
            place += 1
        }
        guard place > at, place - at <= 10 else { return nil }
        let digits = line.skipBlanks(place)
        let end = line.endOfDigits(digits)
        guard digits > place, line[end] == 0x20, let number = line.decimal8(Field(digits, end))
        else {
            if digits >= line.end || end >= line.end { at = line.end }
            return nil
        }
        at = line.skipBlanks(end)
        return number
    }

    /// The state's name, or empty; steps over the seconds left before it, and over `[OFFLOAD]`.
    private func readState(_ line: borrowing Line, _ at: inout Int) -> Field {
        if isDigit(line[at]) { at = line.skipBlanks(line.endOfDigits(at)) }
        guard line[at] &- 0x41 < 26 || line[at] == 0x5B else { return Field(0, 0) }
        let word = Field(at, line.endOfWord(at))
        at = line.skipBlanks(word.end)
        return line[word.start] == 0x5B ? Field(0, 0) : word
    }
}

/// The two tuples of a row and what stands behind them.
struct ConntrackTuples {
    struct Tuple {
        var source = Field(0, 0)
        var destination = Field(0, 0)
        var sourcePort = Field(0, 0)
        var destinationPort = Field(0, 0)
        var packets = Field(0, 0)
        var bytes = Field(0, 0)
    }
    var original = Tuple()
    var reply = Tuple()
    var isUnreplied = false
    var isFlushed = false
    var isOffloaded = false
    private var hasReply = false
    private var duration = Field(0, 0)
    private var connectionID = Field(0, 0)
    /// Where the texts of `[start=...]` and `[stop=...]` start, or zero.
    var start = 0
    var stop = 0

    mutating func collect(_ line: borrowing Line, _ from: Int, isICMP: Bool) {
        var walk = KeyValueWalk(from: from)
        var tuplesSeen = 0
        var idsSeen = 0
        while let word = walk.next(line) {
            if word.key == Key.source {
                tuplesSeen += 1
                if tuplesSeen == 1 {
                    ConntrackTuples.take(line, word, &walk, &original)
                } else if tuplesSeen == 2 {
                    ConntrackTuples.take(line, word, &walk, &reply)
                }
                continue
            }
            switch word.key {
            case Key.number: idsSeen += 1
            case Key.deltaTime: duration = word.value
            case Key.unreplied: isUnreplied = true
            case Key.userspace: isFlushed = true
            case Key.offload, Key.hardwareOffload: isOffloaded = true
            case Key.start:
                start = word.value.start
                walk.skip(past: 0x5D, line)
            case Key.stop:
                stop = word.value.start
                walk.skip(past: 0x5D, line)
            default: break
            }
            // An ICMP tuple has an id of its own, which is not the connection's.
            if word.key == Key.number, !isICMP || idsSeen > tuplesSeen {
                connectionID = word.value
            } else if tuplesSeen == 1 {
                ConntrackTuples.take(word, &original)
            } else if tuplesSeen == 2 {
                ConntrackTuples.take(word, &reply)
            }
        }
        hasReply = tuplesSeen >= 2
    }

    /// Takes a tuple's first word, and with it those that follow as the kernel writes them.
    @inline(__always)
    private static func take(
        _ line: borrowing Line, _ word: KeyValue, _ walk: inout KeyValueWalk,
        _ tuple: inout Tuple
    ) {
        tuple.source = word.value
        guard let destination = walk.take(" dst=", line) else { return }
        tuple.destination = destination
        guard let sourcePort = walk.take(" sport=", line) else { return }
        tuple.sourcePort = sourcePort
        guard let destinationPort = walk.take(" dport=", line) else { return }
        tuple.destinationPort = destinationPort
        guard let packets = walk.take(" packets=", line) else { return }
        tuple.packets = packets
        if let bytes = walk.take(" bytes=", line) { tuple.bytes = bytes }
    }

    private static func take(_ word: KeyValue, _ tuple: inout Tuple) {
        switch word.key {
        case Key.destination: tuple.destination = word.value
        case Key.sport: tuple.sourcePort = word.value
        case Key.dport: tuple.destinationPort = word.value
        case Key.packets: tuple.packets = word.value
        case Key.bytes: tuple.bytes = word.value
        default: break
        }
    }

    /// Makes the words into numbers. What is missing from a row that was cut is left out.
    func fill(
        _ line: borrowing Line, _ context: inout Context, _ entry: inout Entry
    ) -> Damage? {
        if original.source.isEmpty || original.destination.isEmpty { return .cutShort }
        // Behind the first tuple there is always a second, and it tells what the first cannot.
        if !hasReply || original.destination.end == line.end { return .cutShort }
        guard let source = Address(line, original.source, &context.names),
            let destination = Address(line, original.destination, &context.names)
        else { return .badAddress }
        entry.source.address = source
        entry.destination.address = destination
        if ConntrackTuples.hasPorts(entry.ipProtocol) {
            if original.destinationPort.isEmpty || original.destinationPort.end == line.end {
                return .cutShort
            }
            guard let from = line.decimal16(original.sourcePort),
                let to = line.decimal16(original.destinationPort)
            else { return .badNumber }
            entry.source.port = from
            entry.destination.port = to
            entry.known.insert(.ports)
        }
        setTranslation(line, &context, &entry)
        setRest(line, &entry)
        return nil
    }

    /// The protocols whose tuples have ports: TCP, UDP, DCCP, SCTP, UDP-Lite.
    private static func hasPorts(_ number: UInt8) -> Bool {
        switch number {
        case 6, 17, 33, 132, 136: true
        default: false
        }
    }

    /// A reply that is not the mirror of the original shows the translated ends.
    private func setTranslation(
        _ line: borrowing Line, _ context: inout Context, _ entry: inout Entry
    ) {
        guard hasReply, reply.destination.count > 0, reply.destination.end < line.end,
            let from = Address(line, reply.source, &context.names),
            let to = Address(line, reply.destination, &context.names)
        else { return }
        var source = Endpoint(to, 0)
        var destination = Endpoint(from, 0)
        if entry.known.contains(.ports) {
            guard let fromPort = line.decimal16(reply.sourcePort),
                let toPort = line.decimal16(reply.destinationPort)
            else { return }
            source.port = toPort
            destination.port = fromPort
            if isHalf(line, reply.destinationPort, of: original.sourcePort) { return }
        }
        guard source != entry.source || destination != entry.destination else { return }
        entry.natSource = source
        entry.natDestination = destination
    }

    /// Whether a number at the line's end is the beginning of a longer one: the row was cut there.
    private func isHalf(_ line: borrowing Line, _ part: Field, of whole: Field) -> Bool {
        guard part.end == line.end, part.count < whole.count else { return false }
        for at in 0..<part.count where line[part.start + at] != line[whole.start + at] {
            return false
        }
        return true
    }

    private func setRest(_ line: borrowing Line, _ entry: inout Entry) {
        entry.known.insert(.knowsAnswered)
        // A RST that answers the first SYN ends the entry before it counts as replied (Linux
        // nf_conntrack_proto_tcp.c nf_conntrack_tcp_packet(), nf_ct_kill_acct()).
        if !isUnreplied || line.decimal64(reply.packets) ?? 0 > 0 { entry.known.insert(.answered) }
        // At the line's end stands the whole number as often as half of it; it decides nothing.
        if let there = line.decimal64(original.bytes) {
            let back = line.decimal64(reply.bytes)
            if back != nil || isUnreplied {
                entry.bytes = there &+ (back ?? 0)
                entry.known.insert(.bytes)
            }
        }
        if let seconds = line.decimal(duration) {
            entry.durationMicroseconds = Int64(seconds) * 1_000_000
            entry.known.insert(.duration)
        }
        if let number = line.decimal64(connectionID) {
            entry.connectionID = number
            entry.known.insert(.connectionID)
        }
    }
}
