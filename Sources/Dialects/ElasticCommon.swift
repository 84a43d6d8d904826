// Documents in the Elastic Common Schema: what shippers make of any firewall's line.
//
// Read first: the ECS field reference (source.*, destination.*, network.*, event.*, observer.*), and
// `Record`. A document that still holds the line itself is unwrapped and read as that line instead
// (`LineReader+Wrapped`): it says more.

import Bytes
import Facts

public struct ElasticCommon: Dialect {
    public init() {}
    public let id = DialectID.elasticCommon
    public let title = "Elastic Common Schema documents, of any firewall"

    public var howToGet: [String] { ElasticCommon.steps }
    public var limits: [String] { ElasticCommon.bounds }
    public var samples: [Sample] { ElasticCommon.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        guard line[body] == 0x7B, body < line.end else { return .notMine }
        var record = Record()
        var words = EventWords()
        var walk = JSONWalk(body)
        let keys = ElasticCommon.keys
        while walk.next(line, keys, &context.keys) {
            guard let meaning = context.keys.meaning(walk.place) else { continue }
            switch meaning.role {
            case .event: words.takeType(line, walk.value)
            case .flags: words.takeFlag(line, walk.value)
            default: record.take(meaning, walk.value)
            }
        }
        // Documents of other kinds have addresses too; only these tell what kind of event they are.
        guard record.has(.source), record.has(.destination), words.isEvent || record.has(.action)
        else { return .notMine }
        guard walk.isWhole else { return .damaged(.cutShort) }
        guard let action = words.action ?? ElasticCommon.actions.meaning(line, record[.action])
        else { return .nothing }
        entry.action = action
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        words.fill(&entry)
        // Nanoseconds.
        if let length = line.decimal64(record[.own1]) {
            entry.durationMicroseconds = Int64(clamping: length / 1000)
            entry.known.insert(.duration)
        }
        judge(line, &record, &context.names, into: &entry)
        return .entry
    }

    private func judge(
        _ line: borrowing Line, _ record: inout Record, _ names: inout Names,
        into entry: inout Entry
    ) {
        entry.reasonText = names.keep(line, record[.reason])
        guard entry.action == .block else {
            if entry.action == .pass || entry.action == .open { entry.reason = .match }
            return
        }
        if let reason = ElasticCommon.reasons.within(line, record[.reason]) {
            entry.reason = reason
            if reason == .noState { entry.known.insert(.saysNoState) }
        } else if !entry.rule.isNone {
            entry.reason = .match
        }
    }

    static let actions = WordTable<Action>([
        ("deny", .block), ("denied", .block), ("drop", .block), ("dropped", .block),
        ("block", .block), ("blocked", .block), ("reject", .block), ("rejected", .block),
        ("discard", .block), ("allow", .pass), ("allowed", .pass), ("accept", .pass),
        ("accepted", .pass), ("pass", .pass), ("passed", .pass), ("permit", .pass),
        ("permitted", .pass), ("flow-creation", .open), ("connection-started", .open),
        ("flow-expiration", .close), ("connection-finished", .close), ("flow_started", .open),
        ("flow_terminated", .close), ("network_flow", .close),
    ])

    // Vendors' words for a packet without a connection, as shippers carry them over.
    static let reasons = WordTable<Reason>([
        ("no connection", .noState), ("no session matched", .noState),
        ("first packet isn't syn", .noState), ("not a valid syn", .noState),
        ("non-existent/closed connection", .noState), ("syn checking failed", .noState),
        ("out of state", .noState), ("anti-spoof", .antiSpoofing), ("spoof", .antiSpoofing),
    ])
}

/// What stands in lists of words: kinds of event, and flags.
private struct EventWords {
    var isEvent = false
    private var isDenied = false
    private var isAllowed = false
    private var isStart = false
    private var isEnd = false
    private var flags: TCPFlags = []
    private var knowsFlags = false

    mutating func takeType(_ line: borrowing Line, _ word: Field) {
        isEvent = true
        if line.equals(word, "denied") { isDenied = true }
        if line.equals(word, "allowed") { isAllowed = true }
        if line.equals(word, "start") { isStart = true }
        if line.equals(word, "end") { isEnd = true }
    }

    mutating func takeFlag(_ line: borrowing Line, _ word: Field) {
        guard let flag = TCPFlags(words: line, word) else { return }
        flags.formUnion(flag)
        knowsFlags = true
    }

    /// A refusal is told by its kind; so is a beginning or an end, unless it was refused.
    var action: Action? {
        if isDenied { return .block }
        if isStart { return .open }
        if isEnd { return .close }
        return isAllowed ? .pass : nil
    }

    func fill(_ entry: inout Entry) {
        guard knowsFlags, entry.ipProtocol == Entry.tcp else { return }
        entry.flags = flags
        entry.known.insert(.flags)
    }
}
