// What a replay blocked, counted by why: the model's own words, and what became of the states.
//
// Read first: `Verdict`.

import Bytes
import Facts
import Policy
import Tracking

public struct BlockedTally: Sendable {
    // Limit: kinds that are told apart. The words of a model and the rules of a policy are few;
    // what lies beyond is counted together.
    private static let kindsMax = 4096

    /// What packets were blocked with.
    public struct Said: Equatable, Sendable {
        public var words: String
        public var rule: Int?
        public var reason: Reason
        public var kind: StateClass
        public var packets = 0
        public var strays = 0
    }

    /// The state that strays once had.
    public struct Lost: Hashable, Sendable {
        public var phase: UInt16
        public var ipProtocol: UInt8
        public var why: EndedState.Why
        /// How long it lay idle before its time was up; nil where it was not idleness.
        public var idleSeconds: Int64?
    }

    private struct Key: Hashable {
        var words: UInt64
        var rule: Int
        var kind: StateClass
        var reason: Reason
    }

    private var saidOf: [Key: Int] = [:]
    public private(set) var said: [Said] = []
    public private(set) var lost: [Lost: Int] = [:]
    /// Strays of which no state is remembered.
    public private(set) var neverHeld = 0

    public init() {}

    public mutating func add(
        _ packet: borrowing Packet, _ verdict: Verdict, gone: EndedState?
    ) {
        guard !verdict.passes else { return }
        let isStray = packet.cannotOpen
        let key = Key(
            words: place(of: verdict.says), rule: verdict.rule ?? -1, kind: verdict.kind,
            reason: verdict.reason)
        let row: Int
        if let known = saidOf[key] {
            row = known
        } else {
            guard said.count < BlockedTally.kindsMax else { return }
            row = said.count
            saidOf[key] = row
            said.append(
                Said(
                    words: verdict.says.description, rule: verdict.rule, reason: verdict.reason,
                    kind: verdict.kind))
        }
        said[row].packets += 1
        guard isStray else { return }
        said[row].strays += 1
        if let gone { lose(gone) } else if !verdict.hasState { neverHeld += 1 }
    }

    private mutating func lose(_ gone: EndedState) {
        var kind = Lost(phase: gone.phase, ipProtocol: gone.ipProtocol, why: gone.why)
        if gone.why == .expired, let idle = gone.ended.since(gone.renewed) {
            kind.idleSeconds = idle / 1_000_000
        }
        if lost[kind] == nil, lost.count >= BlockedTally.kindsMax { kind.idleSeconds = nil }
        lost[kind, default: 0] += 1
    }
}
