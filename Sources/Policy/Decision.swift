// What a rule set says of a packet that no state decided.
//
// Read first: `Packet` in Facts.

import Facts

/// What a rule does with a packet.
public enum RuleAction: UInt8, Sendable, CaseIterable {
    case pass
    /// Dropped without a word.
    case drop
    /// Refused with a RST or an ICMP error.
    case reject
}

/// The class that a state model gave a packet: netfilter's `ct state`. pf's rules never ask.
public enum StateClass: UInt8, Sendable, CaseIterable {
    case new
    case established
    case related
    case invalid
    case untracked

    public var name: StaticString {
        switch self {
        case .new: "new"
        case .established: "established"
        case .related: "related"
        case .invalid: "invalid"
        case .untracked: "untracked"
        }
    }
}

/// What a rule says of the state that a passed packet makes.
public struct StateOptions: Equatable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// `no state`: every packet of the connection meets the rules.
        case none
        case keep
        case modulate
        case synproxy
        case sloppy
    }

    /// Whether the state matches on other interfaces than the one that made it.
    public enum Binding: UInt8, Sendable, CaseIterable {
        /// As the policy's own setting has it.
        case inherited
        case floating
        case ifBound
    }

    /// A timeout of the rule's own, by the name that `set timeout` gives it.
    public struct Timeout: Equatable, Sendable {
        public var name: String
        public var seconds: Int
        public init(_ name: String, _ seconds: Int) {
            self.name = name
            self.seconds = seconds
        }
    }

    public var kind = Kind.keep
    public var binding = Binding.inherited
    /// At most so many states of this rule; zero: no limit of its own.
    public var max = 0
    public var timeouts: [Timeout] = []
    /// Limits for each source address; zero: none.
    public var maxSourceNodes = 0
    public var maxSourceStates = 0
    public var maxSourceConnections = 0
    /// At most `maxSourceRate` new connections of a source in `sourceRateSeconds`.
    public var maxSourceRate = 0
    public var sourceRateSeconds = 0
    /// Packets with IP options pass its states.
    public var allowsOptions = false

    public init() {}
}

/// The rule set's answer for one packet.
public struct Decision: Equatable, Sendable {
    public var action: RuleAction
    /// The number of the rule in its policy, from 0; nil where none matched.
    public var rule: Int?
    /// Whether the rule has its packets logged.
    public var isLogged: Bool
    /// Whether all packets of its states are logged, and not the first alone (`log (all)`).
    public var logsAll: Bool
    /// What the rules do not tell and the answer hangs on; empty where it is certain.
    public var missing: MissingFacts = []
    /// Whether the answer holds whatever the missing facts are.
    @inlinable public var isCertain: Bool { missing.isEmpty }

    public init(
        _ action: RuleAction, rule: Int? = nil, isLogged: Bool = false, logsAll: Bool = false
    ) {
        self.action = action
        self.rule = rule
        self.isLogged = isLogged
        self.logsAll = logsAll
    }
}
