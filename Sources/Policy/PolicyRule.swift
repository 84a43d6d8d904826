// A rule as people see it: where it stands, what it says, what it does.
//
// Read first: `Decision`. What a rule matches is kept elsewhere, in the shape that is quick to ask.

import Facts

public struct PolicyRule: Equatable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// It passes or blocks.
        case filter
        /// It only changes what later rules do: pf's `match`, a rule without a verdict.
        case match
        /// It holds other rules.
        case anchor
        /// `rdr`, `nat`, `binat`.
        case translation
        /// `scrub`: what it matches is normalised before rules are asked.
        case scrub
        /// The policy of a chain, where no rule decided.
        case chainPolicy
    }

    public var kind: Kind
    public var place: SourcePlace
    /// As it stands in the file, lines joined; of nft's JSON, the rule in nft's own words.
    public var text: String
    /// What it does; nil where it does not decide.
    public var action: RuleAction?
    public var isQuick = false
    public var isLogged = false
    public var logsAll = false
    public var direction = Direction.unknown
    /// Those it is for, `!` before those it is not for; empty: all.
    public var interfaces: [String] = []
    /// pf's `ridentifier`; nft's handle.
    public var identifier: UInt64?
    public var labels: [String] = []
    /// The numbers pf gives the rules it makes of this one, where they can be counted: before
    /// pfctl's optimiser, which joins and reorders.
    public var numbers: Range<Int>?
    /// `inet filter forward` of nft; the path of anchors in pf, empty for the main rules.
    public var chain = ""
    public var options = StateOptions()
    /// The flags that it wants were not written: `S/SA` because it keeps state.
    public var impliesFlags = false

    public init(_ kind: Kind, _ place: SourcePlace, _ text: String) {
        self.kind = kind
        self.place = place
        self.text = text
    }
}

/// `scrub … reassemble tcp` and the like: what is done to the packets that a scrub rule matches.
public struct Normalisation: Equatable, Sendable {
    public var rule: Int
    public var isLogged: Bool
    /// Timestamps are checked and time to live may not fall (`reassemble tcp`).
    public var checksTimestamps: Bool
    public var maxSegmentSize: Int
    /// Fragments are put together first.
    public var reassembles: Bool
}

/// What `set` lines say that a model of the states needs.
public struct PolicySettings: Equatable, Sendable {
    /// `set timeout`, in the file's order.
    public var timeouts: [StateOptions.Timeout] = []
    /// `set limit`, in the file's order: states, src-nodes, frags, table-entries, …
    public var limits: [StateOptions.Timeout] = []
    /// `normal`, `high-latency`, `aggressive`, `conservative`; nil where the file does not say.
    public var optimization: String?
    public var statePolicy = StateOptions.Binding.floating
    /// What `block` without a word does.
    public var blockPolicy = RuleAction.drop
    /// Interfaces and groups on which nothing is filtered.
    public var skip: [String] = []
    /// `set reassemble yes`; nil where the file does not say.
    public var reassemble: Bool?
    /// The options of all states that do not say otherwise (`set state-defaults`).
    public var stateDefaults: StateOptions?
    public var synCookies: String?

    public init() {}
}
