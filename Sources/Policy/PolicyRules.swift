// The rules of a firewall: read from its file, asked for each packet, quoted to people.
//
// Read first: `Packet`, `Decision`, `PolicyRule`. Two languages are read: pf's, and what
// `nft -j list ruleset` prints. It is the room's only door; the rest is behind it.

import Bytes
import Facts

public struct PolicyRules: Sendable {
    /// The language of the file.
    public enum Language: UInt8, Sendable, CaseIterable {
        case pf
        case nft
    }

    /// Where in nftables a packet is judged.
    public enum Hook: UInt8, Sendable, CaseIterable {
        case forward
        case input
        case output
    }

    public let language: Language
    /// Where a packet is judged; of pf all rules stand in one place.
    public var hook = Hook.forward
    /// Every rule by its number, as decisions name it.
    public let rules: [PolicyRule]
    public let settings: PolicySettings
    /// What was not read, and what is assumed; those of pf in the order of the file.
    public let notes: [PolicyNote]
    let pf: PfProgram
    let nft: NftProgram
    let outcomes: [RuleOutcome]

    /// Reads a file of either language. It never fails as a whole: `notes` tells what was left out,
    /// and `rules` is empty where nothing was understood.
    public init(parsing bytes: [UInt8], facts: PolicyFacts = PolicyFacts()) {
        let first = bytes.first { $0 > 0x20 }
        if first == 0x7B {
            let reader = NftReader.read(bytes)
            language = .nft
            rules = reader.rules
            settings = PolicySettings()
            notes = reader.notes
            pf = PfProgram()
            nft = reader.program
        } else {
            let file = PfParser.read(bytes)
            let compiler = PfCompiler(file, facts)
            language = .pf
            rules = compiler.rules
            settings = file.settings
            notes = compiler.notes
            pf = compiler.program
            nft = NftProgram()
        }
        outcomes = rules.map {
            RuleOutcome(
                action: $0.action ?? .pass, isLogged: $0.isLogged, logsAll: $0.logsAll)
        }
    }

    // MARK: Asking

    /// What the rules say of a packet that no state decided. pf's rules never ask the class.
    public func decide(_ packet: borrowing Packet, _ kind: StateClass) -> Decision {
        language == .pf
            ? pf.decide(packet, outcomes) : nft.decide(packet, kind, at: hook)
    }

    /// What a rule says of the states its packets make; of no rule, that there are none: what no
    /// rule of pf matches passes without a state.
    public func options(_ rule: Int?) -> StateOptions {
        guard let rule, rules.indices.contains(rule) else {
            // conntrack follows every packet that is not taken out of it.
            if language == .nft { return StateOptions() }
            var none = StateOptions()
            none.kind = .none
            return none
        }
        return rules[rule].options
    }

    /// The number by which the firewall's log names a rule: its `ridentifier`, or its place among
    /// the rules as pf counts them.
    public func identifier(_ rule: Int?, _ packet: borrowing Packet) -> UInt64? {
        guard let rule, rules.indices.contains(rule) else { return nil }
        return rules[rule].identifier ?? rules[rule].numbers.map { UInt64($0.lowerBound) }
    }

    /// The scrub rule that normalises a packet; nil where none does.
    public func normalisation(_ packet: borrowing Packet) -> Normalisation? {
        pf.normalisation(packet)
    }
}

/// A name's hash, as logs and captures have it.
func nameHash(_ text: String) -> UInt64 {
    var names = Names()
    return names.keep(text).hash
}
