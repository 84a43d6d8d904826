// A rule of pf as it was read, before what it asks is put into the shape that is quick to ask.
//
// Read first: `PfParser`, which makes drafts; `PfCompiler`, which takes them.

import Facts

/// An interface or group behind `on`.
struct PfInterface: Equatable, Sendable {
    var name: String
    var isNegated = false
}

/// What stands for addresses in a rule.
struct PfHost: Equatable, Sendable {
    enum What: Equatable, Sendable {
        case any
        case range(Address, Address)
        case table(String)
        /// The addresses of an interface; `network`: those of its networks.
        case interface(String, network: Bool)
        /// All addresses of the firewall.
        case ownAddresses
        case unknown(MissingFacts)
    }

    var what: What
    var isNegated = false
    var place: SourcePlace
    /// In parentheses: asked for anew whenever the interface's addresses change.
    var isLive = false

    /// The only family it can match; nil where it can be both.
    var isV4: Bool? {
        if case .range(let low, _) = what { return low.isV4 }
        return nil
    }
}

/// Ports from `low` to `high`, or all others.
struct PortRange: Equatable, Sendable {
    var low: UInt16
    var high: UInt16
    var isNegated = false
    /// A service name whose number is not known: it may be any port.
    var isUnknown = false

    @inline(__always)
    func holds(_ port: UInt16) -> Bool { (port >= low && port <= high) != isNegated }
}

struct ICMPKind: Equatable, Sendable {
    var isV6: Bool
    var type: UInt8
    /// Nil: every code.
    var code: UInt8?
}

struct PfDraft: Sendable {
    enum List: UInt8, Sendable {
        case filter
        case translation
        case scrub
    }

    var list: List
    var rule: PolicyRule
    /// Empty: every interface.
    var interfaces: [PfInterface] = []
    var receivedOn: [PfInterface] = []
    /// Nil: both families.
    var isV4: Bool?
    var protocols: [UInt8] = []
    var hasUnknownProtocol = false
    /// Empty: any.
    var sources: [PfHost] = []
    var destinations: [PfHost] = []
    var sourcePorts: [PortRange] = []
    var destinationPorts: [PortRange] = []
    /// Nil: flags are not asked.
    var flags: (wanted: TCPFlags, of: TCPFlags)?
    var saysFlags = false
    var icmp: [ICMPKind] = []
    var tag: String?
    var tagged: (name: String, isNegated: Bool)?
    var fragmentsOnly = false
    var keepsState: Bool?
    /// What it asks besides and nobody can answer here.
    var missing: MissingFacts = []
    /// `no rdr`, `no scrub`: what it matches is left alone.
    var isException = false
    /// `rdr pass`.
    var passes = false
    var target: PfHost?
    var targetPort: UInt16?
    /// How many parts of the rule pfctl would make several rules of, `os` lists and the like.
    var extraCombinations = 1
    /// Whether pfctl makes rules of it whose number is not known here.
    var isUncountable = false
    var normalisation: Normalisation?
    /// The number of the draft behind the last one inside this anchor.
    var end = 0
    /// An anchor's end.
    var closesAnchor = false

    init(_ list: List, _ rule: PolicyRule) {
        self.list = list
        self.rule = rule
    }
}

/// Everything a file says.
struct PfFile: Sendable {
    var drafts: [PfDraft] = []
    var tables: [String: PfTable] = [:]
    var settings = PolicySettings()
    var notes: [PolicyNote] = []
}

struct PfTable: Sendable {
    var hosts: [PfHost] = []
    /// Its addresses are in a file beside, or names: not all are known.
    var isPartial = false
    var place: SourcePlace
}

/// Why a statement cannot be read.
struct PfSyntaxError: Error, Equatable {
    var place: SourcePlace
    var found: String
    var expected: String
}
