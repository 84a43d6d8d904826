// pf's filterlog: the firewall log of pfSense and OPNsense.
//
// Read first: pfSense "Raw Filter Log Format"; FreeBSD pflogd/print.c of filterlog(8). The line is
// comma-separated; IPv4 and IPv6 differ in the order of the columns, and a short packet puts one
// more column behind the IP version.

import Bytes
import Facts

public struct Filterlog: Dialect {
    public init() {}

    public var id: DialectID { .pfFilterlog }
    public var title: String { "pf filterlog: pfSense, OPNsense" }
    public var howToGet: [String] {
        [
            "pfSense, on the box: /var/log/filter.log; older pieces are filter.log.0.bz2 and so on.",
            "pfSense, by syslog: Status > System Logs > Settings > Remote Logging, "
                + "Remote Syslog Contents: Firewall Events.",
            "pfSense, with year and zone: Status > System Logs > Settings > Log Message Format: "
                + "syslog (RFC 5424).",
            "OPNsense, on the box: /var/log/filter/latest.log; one file a day.",
            "OPNsense, by syslog: System > Settings > Logging > Remote, Applications: filter (filterlog).",
            "To see openings too, switch on logging in the pass rules: "
                + "without them Stray cannot tell whether anything worked.",
        ]
    }
    public var limits: [String] {
        [
            "pf logs no closing of a connection, and no state that ended by a timer.",
            "Drops of packets that have a state but do not fit it are counted, not logged.",
            "The plain BSD header has no year and no zone: see --year and --tz.",
            "Rule numbers move with every reload; the tracker (column 4) does not, so it is preferred.",
            "Pure ACKs carry no sequence number.",
        ]
    }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let named = isFilterlog(line, envelope.program)
        let start = envelope.body
        if !named {
            // A bare body starts with a rule number, or with nothing and a comma.
            guard envelope.program.isEmpty, isDigit(line[start]) || line[start] == 0x2C else {
                return readCopy(line, &context, into: &entry) ?? .notMine
            }
        }
        if let next = context.rules.recall(line, start, before: 0x2C, into: &entry) {
            if readPlain(line, next, &context, &entry) { return .entry }
            context.columns.find(0x2C, in: line, from: next, first: 10)
        } else {
            context.columns.find(0x2C, in: line, from: start)
            guard context.columns.count >= 17, readRule(line, &context, &entry) else {
                guard named else { return .notMine }
                return .damaged(context.columns.count < 17 ? .cutShort : .badField)
            }
            context.rules.keep(line, Field(start, context.columns[9].end), entry)
        }
        guard context.columns.count >= 17 else { return named ? .damaged(.cutShort) : .notMine }
        // A short packet puts a column behind the IP version.
        if line.has("error=", at: context.columns[10].start) { context.columns.join(10) }
        let damage: Damage?
        switch line[context.columns[10].start &- 2] {
        case 0x34: damage = readIPv4(line, &context, &entry)
        case 0x36: damage = readIPv6(line, &context, &entry)
        default: damage = .badField
        }
        if let damage { return .damaged(damage) }
        return .entry
    }
}

// MARK: - Columns

extension Filterlog {
    /// The program's name in any case: viewers write it in capitals.
    @inline(__always)
    private func isFilterlog(_ line: borrowing Line, _ field: Field) -> Bool {
        field.count == 9 && line.word(field.start) | 0x2020_2020_2020_2020 == 0x6F6C_7265_746C_6966
            && line[field.start + 8] | 0x20 == 0x67
    }

    /// The columns before the packet's own: rule, interface, reason, action, direction. False when
    /// one of them holds what filterlog does not write.
    @inline(never)
    private func readRule(
        _ line: borrowing Line, _ context: inout Context, _ entry: inout Entry
    ) -> Bool {
        guard context.columns[9].count == 1, direction(line, context.columns[8], &entry),
            action(line, context.columns[7], &entry)
        else { return false }
        entry.reason = reason(line, context.columns[6])
        // pf logs `pass` for a packet that a rule passed and a limit then dropped.
        if entry.action == .pass, entry.reason != .match, entry.reason != .unknown {
            entry.action = .block
        }
        entry.interface = context.names.keep(line, context.columns[5])
        let stable = context.columns[4]
        let numbered = stable.isEmpty || line.equals(stable, "0")
        entry.rule = context.names.keep(line, numbered ? context.columns[1] : stable)
        return true
    }

    private func direction(_ line: borrowing Line, _ field: Field, _ entry: inout Entry) -> Bool {
        if line.equals(field, "in") {
            entry.direction = .inward
        } else if line.equals(field, "out") {
            entry.direction = .outward
        } else {
            return line.equals(field, "in/out")
        }
        return true
    }

    private func action(_ line: borrowing Line, _ field: Field, _ entry: inout Entry) -> Bool {
        if line.equals(field, "block") || line.equals(field, "synproxy-drop") {
            entry.action = .block
        } else if line.equals(field, "pass") {
            entry.action = .pass
        } else if line.has("unkn", at: field.start) {
            // pfSense prints the literal `unkn(%u)` for match rules, OPNsense `unknown(N)`.
            entry.action = .note
        } else {
            for word in ["match", "scrub", "nat", "binat", "rdr"] as [StaticString]
            where line.equals(field, word) { return true }
            return false
        }
        return true
    }

    func reason(_ line: borrowing Line, _ field: Field) -> Reason {
        if line.equals(field, "match") { return .match }
        for reason in Filterlog.reasons where line.equals(field, reason.name) { return reason }
        return .unknown
    }

    /// FreeBSD sys/netpfil/pf/pf.h PFRES_NAMES; their order there is of no matter here.
    private static let reasons: [Reason] = [
        .badOffset, .fragment, .short, .normalize, .memory, .badTimestamp, .congestion,
        .ipOption, .badChecksum, .stateMismatch, .stateInsert, .stateLimit, .sourceLimit,
        .synproxy, .mapFailed,
    ]

    @inline(__always)
    private func readIPv4(
        _ line: borrowing Line, _ context: inout Context, _ entry: inout Entry
    ) -> Damage? {
        guard context.columns.count >= 20 else { return .cutShort }
        guard let number = line.decimal8(context.columns[16]) else { return .badNumber }
        entry.ipProtocol = number
        let fragment = context.columns[14]
        if !line.equals(fragment, "0"), let offset = line.decimal(fragment), offset > 0 {
            entry.known.insert(.laterFragment)
        }
        if let damage = readEnds(line, 19, &context, &entry) { return damage }
        guard context.everyField || !isLoneSYN(&entry) else { return nil }
        readHop(line, context.columns[12], context.columns[13], &entry)
        return nil
    }

    @inline(__always)
    func readHop(_ line: borrowing Line, _ ttl: Field, _ id: Field, _ entry: inout Entry) {
        if let ttl = line.decimal8(ttl) {
            entry.ttl = ttl
            entry.known.insert(.ttl)
        }
        if let identification = line.decimal16(id) {
            entry.ipID = identification
            entry.known.insert(.ipID)
        }
    }

    @inline(__always)
    func isLoneSYN(_ entry: inout Entry) -> Bool {
        // Field by field: `hasTCPFlags` would copy the entry, a tenth of all time (measured).
        entry.action == .block && entry.ipProtocol == Entry.tcp
            && entry.known.rawValue & Known.flags.rawValue != 0 && entry.flags.opens
    }

    @inline(never)
    private func readIPv6(
        _ line: borrowing Line, _ context: inout Context, _ entry: inout Entry
    ) -> Damage? {
        guard context.columns.count >= 17 else { return .cutShort }
        guard let number = line.decimal8(context.columns[14]) else { return .badNumber }
        entry.ipProtocol = number
        if let hops = line.decimal8(context.columns[12]) {
            entry.ttl = hops
            entry.known.insert(.ttl)
        }
        return readEnds(line, 16, &context, &entry)
    }

    /// The addresses at `first` and the protocol's own columns behind them.
    @inline(__always)
    private func readEnds(
        _ line: borrowing Line, _ first: Int, _ context: inout Context, _ entry: inout Entry
    ) -> Damage? {
        guard address(line, context.columns[first], &context, &entry.source.address),
            address(line, context.columns[first &+ 1], &context, &entry.destination.address)
        else { return context.columns.count == first &+ 1 ? .cutShort : .badAddress }
        guard !entry.known.contains(.laterFragment) else { return nil }
        switch entry.ipProtocol {
        case Entry.tcp: return readTCP(line, first &+ 2, &context, &entry)
        case Entry.udp, 132: return readPorts(line, first &+ 2, &context, &entry)
        case 1, 58:
            readICMP(line, first &+ 2, &context, &entry)
            return nil
        default: return nil
        }
    }

    @inline(__always)
    private func address(
        _ line: borrowing Line, _ field: Field, _ context: inout Context, _ into: inout Address
    ) -> Bool {
        if let v4 = Address.v4(line, field) {
            into = Address(v4: v4)
            return true
        }
        guard let found = Address(line, field, &context.names) else { return false }
        into = found
        return true
    }

    /// `sport, dport, data length`.
    @inline(__always)
    private func readPorts(
        _ line: borrowing Line, _ first: Int, _ context: inout Context,
        _ entry: inout Entry
    ) -> Damage? {
        // A header too damaged to print: `errormsg='...'`, `[bad hdr length ...]`.
        let head = line[context.columns[first].start]
        if head == 0x65 || head == 0x5B {
            if entry.reason == .match { entry.reason = .malformed }
            return nil
        }
        // What stands behind the ports shows that the second one is whole.
        guard context.columns.count >= first &+ 2 else { return .cutShort }
        guard let source = line.decimal16(context.columns[first]),
            let destination = line.decimal16(context.columns[first &+ 1])
        else { return .badNumber }
        entry.source.port = source
        entry.destination.port = destination
        entry.known.insert(.ports)
        if let length = line.decimal(context.columns[first &+ 2]) {
            entry.length = length
            entry.known.insert(.length)
        }
        return nil
    }

    /// `sport, dport, data length, flags, seq, ack, window, urgent, options`.
    @inline(__always)
    private func readTCP(
        _ line: borrowing Line, _ first: Int, _ context: inout Context,
        _ entry: inout Entry
    ) -> Damage? {
        if let damage = readPorts(line, first, &context, &entry) { return damage }
        guard entry.known.contains(.ports) else { return nil }
        // The last column of a line cut short may be half a number: it is not believed.
        let whole = context.columns.count > first &+ 7
        let last = whole ? context.columns.count : context.columns.count &- 1
        guard last >= first &+ 3 else { return .cutShort }
        guard let flags = TCPFlags(letters: line, context.columns[first &+ 3]) else {
            return .badFlags
        }
        let total = context.columns[first &- 3]
        if endsEarly(line, total, before: first == 21 ? 40 : 20) {
            judgeShort(flags, &entry)
            return nil
        }
        entry.flags = flags
        entry.known.insert(.flags)
        guard context.everyField || !isLoneSYN(&entry) else { return nil }
        readSegment(line, first, last, &context, &entry)
        return nil
    }

    /// Whether a packet of `total` bytes ends before `least` bytes of headers do; options in the
    /// IP header are not seen. IPv6's length may be empty: 0 says nothing.
    @inline(__always)
    func endsEarly(_ line: borrowing Line, _ total: Field, before least: UInt32) -> Bool {
        // Nearly every length ends here: three digits, or two and the first is no less than 4.
        guard total.count < 3, total.count == 1 || line[total.start] < 0x34,
            let bytes = line.decimal(total)
        else { return false }
        return bytes > 0 && bytes < least
    }

    /// A packet without a whole TCP header: what is printed of the columns behind its end is not
    /// its own, so that no flags are not the flags it has.
    @inline(never)
    func judgeShort(_ flags: TCPFlags, _ entry: inout Entry) {
        if !entry.reason.isAnomaly { entry.reason = .short }
        guard !flags.isEmpty else { return }
        entry.flags = flags
        entry.known.insert(.flags)
    }

    /// `seq, ack, window, urgent, options` behind the ports at `first`; the columns up to `last`
    /// are believed.
    @inline(__always)
    func readSegment(
        _ line: borrowing Line, _ first: Int, _ last: Int, _ context: inout Context,
        _ entry: inout Entry
    ) {
        if last >= first &+ 4 { readSequence(line, context.columns[first &+ 4], &entry) }
        if last >= first &+ 5, let number = line.decimal(context.columns[first &+ 5]) {
            entry.acknowledgement = number
            entry.known.insert(.acknowledgement)
        }
        if last >= first &+ 6, let window = line.decimal(context.columns[first &+ 6]) {
            entry.window = window
            entry.known.insert(.window)
        }
        if context.columns.count >= first &+ 8 {
            entry.options = options(line, context.columns[first &+ 8])
            entry.known.insert(.options)
        }
    }

    /// `start`, `start:end` when there is data, empty for a pure ACK.
    @inline(__always)
    private func readSequence(_ line: borrowing Line, _ field: Field, _ entry: inout Entry) {
        guard field.count > 0 else { return }
        var start = field
        if let number = line.decimal(field) {
            entry.sequence = number
            entry.known.insert(.sequence)
            return
        }
        guard let colon = line.find(0x3A, from: field.start, before: field.end) else { return }
        start.end = colon
        if let number = line.decimal(start) {
            entry.sequence = number
            entry.known.insert(.sequence)
        }
    }

    /// `mss;sackOK;TS;nop;wscale`.
    private func options(_ line: borrowing Line, _ field: Field) -> TCPOptions {
        var all: TCPOptions = []
        var at = field.start
        while at < field.end {
            let end = line.find(0x3B, from: at, before: field.end) ?? field.end
            switch line[at] {
            case 0x6D: all.insert(.mss)
            case 0x77: all.insert(.windowScale)
            case 0x73: all.insert(end - at > 4 ? .sackPermitted : .sack)
            case 0x54: all.insert(.timestamps)
            case 0x6E, 0x65: all.insert(.padding)
            default: all.insert(.other)
            }
            at = end + 1
        }
        return all
    }
}
