// The rules of nftables, asked: chains at their hooks, jumps, sets and verdict maps.
//
// Read first: nft(8), "CHAINS" and "VERDICT STATEMENTS"; Linux nf_tables_core.c, nft_do_chain().
// Accept ends a base chain and the next one is asked; drop ends all.

import Facts

/// What a rule looks at. Every field is a number, whatever it is written as.
enum NftField: UInt8, Sendable {
    case incoming
    case outgoing
    case nfproto
    case ipProtocol
    case protocol4
    case protocol6
    case source4
    case destination4
    case source6
    case destination6
    case tcpSource
    case tcpDestination
    case udpSource
    case udpDestination
    case anySource
    case anyDestination
    case tcpFlags
    case icmpType
    case icmpCode
    case icmp6Type
    case icmp6Code
    case stateClass
    case ttl4
    case ttl6
    case direction
    /// It is known what is asked, and that it cannot be answered.
    case unknown
}

enum NftVerdict: Equatable, Sendable {
    case accept
    case drop
    case reject
    /// Handed to a program.
    case queue
    case goOn
    case back
    case jump(Int)
    case goto(Int)
}

/// A list of values: ranges, in order where nothing lies in another.
struct NftSet: Sendable {
    struct Element: Sendable {
        /// A range for each field of a concatenation.
        var ranges: [(low: UInt128, high: UInt128)]
        var verdict = NftVerdict.goOn
    }

    var elements: [Element] = []
    var width = 1
    /// What it holds besides and nobody knows here.
    var missing: MissingFacts = []

    mutating func sort() {
        guard width == 1 else { return }
        elements.sort { $0.ranges[0].low < $1.ranges[0].low }
    }
}

struct NftMatch: Sendable {
    enum Comparison: UInt8, Sendable {
        case equal
        case unequal
        case less
        case greater
        case lessOrEqual
        case greaterOrEqual
        /// One of the bits of the value is set.
        case hasBits
    }

    var fields: [NftField]
    var comparison: Comparison
    var set: Int
    var mask = UInt128.max
    var condition: PolicyCondition
    var missing: MissingFacts = []
}

enum NftStep: Sendable {
    case match(Int)
    case verdict(NftVerdict)
    /// The set, and the match whose fields are its key.
    case map(Int)
    case log
    case doubt(MissingFacts)
    case untrack
}

struct NftChain: Sendable {
    var name: String
    var steps: [Range<Int>] = []
    var rules: [Int] = []
    var isV4 = true
    var isV6 = true
}

/// A chain at a hook.
struct NftBase: Sendable {
    var chain: Int
    /// prerouting, forward, …
    var hook: String
    var priority: Int
    var drops: Bool
    /// The number of its policy among the rules.
    var policyRule: Int
}

struct NftProgram: Sendable {
    var chains: [NftChain] = []
    /// In the order in which a packet meets them, for each way through the machine.
    var forward: [NftBase] = []
    var input: [NftBase] = []
    var output: [NftBase] = []
    var steps: [NftStep] = []
    var matches: [NftMatch] = []
    var sets: [NftSet] = []

    func bases(_ hook: PolicyRules.Hook) -> [NftBase] {
        switch hook {
        case .forward: forward
        case .input: input
        case .output: output
        }
    }
}

/// A packet on its way through the chains.
struct NftWalk {
    var kind: StateClass
    var hook: PolicyRules.Hook
    /// Rules that were asked: chains that jump to each other in trees make far too many.
    var asked = 0
    /// At which no way out is chosen yet, or no way in any more.
    var isBeforeRouting = false
    var isLogged = false
    /// Actions that could follow where something is missing.
    var possible: UInt8 = 0
    var missing: MissingFacts = []
    /// Inside a chain of which it is not known whether it is asked.
    var doubt: MissingFacts = []
    // Limit: a packet of a real rule set meets some hundred rules.
    static let askedMax = 200_000
    // The kernel's own (NFT_JUMP_STACK_SIZE).
    static let depthMax = 16
}

extension NftProgram {
    enum Outcome {
        case accepted(Int)
        case refused(Int, RuleAction)
        /// The chain ended, or returned.
        case undecided
    }

    func decide(
        _ packet: borrowing Packet, _ kind: StateClass, at hook: PolicyRules.Hook
    ) -> Decision {
        var walk = NftWalk(kind: kind, hook: hook)
        var last: Int?
        for base in bases(hook) {
            let chain = chains[base.chain]
            guard packet.isV6 ? chain.isV6 : chain.isV4 else { continue }
            // Before conntrack has looked at it a packet is in no state.
            let early = base.priority <= -200 && base.hook != "forward"
            if early, kind != .untracked { walk.kind = .invalid }
            walk.isBeforeRouting = base.hook == "prerouting"
            let outcome = run(base.chain, packet, &walk, 0)
            if early { walk.kind = kind }
            switch outcome {
            case .accepted(let rule): last = rule
            case .refused(let rule, let action): return ended(walk, action, rule)
            case .undecided:
                if base.drops { return ended(walk, .drop, base.policyRule) }
                if last == nil || base.hook == "forward" || base.hook == "input" {
                    last = base.policyRule
                }
            }
        }
        return ended(walk, .pass, last)
    }

    private func ended(_ walk: NftWalk, _ action: RuleAction, _ rule: Int?) -> Decision {
        var decision = Decision(action, rule: rule, isLogged: walk.isLogged)
        if walk.possible & ~(1 << action.rawValue) != 0 { decision.missing = walk.missing }
        return decision
    }

    private func run(
        _ number: Int, _ packet: borrowing Packet, _ walk: inout NftWalk, _ depth: Int
    ) -> Outcome {
        var number = number
        var gotos = 0
        again: while true {
            for place in chains[number].rules.indices {
                walk.asked += 1
                guard walk.asked <= NftWalk.askedMax else {
                    walk.missing.insert(.expression)
                    walk.possible = 0xFF
                    return .undecided
                }
                let rule = chains[number].rules[place]
                var missing: MissingFacts = []
                let (verdict, isSure) = ask(chains[number].steps[place], packet, &walk, &missing)
                guard isSure else {
                    suppose(verdict, rule, packet, &walk, missing, depth)
                    continue
                }
                switch verdict {
                case .goOn: continue
                case .accept, .queue: return .accepted(rule)
                case .drop: return .refused(rule, .drop)
                case .reject: return .refused(rule, .reject)
                case .back: return .undecided
                case .jump(let target):
                    guard depth < NftWalk.depthMax else { return .refused(rule, .drop) }
                    let outcome = run(target, packet, &walk, depth + 1)
                    if case .undecided = outcome { continue }
                    return outcome
                case .goto(let target):
                    gotos += 1
                    guard gotos <= NftWalk.depthMax else { return .refused(rule, .drop) }
                    number = target
                    continue again
                }
            }
            return .undecided
        }
    }

    /// Notes what would follow if a rule matched of which that is not known.
    private func suppose(
        _ verdict: NftVerdict, _ rule: Int, _ packet: borrowing Packet, _ walk: inout NftWalk,
        _ missing: MissingFacts, _ depth: Int
    ) {
        func note(_ action: RuleAction, _ walk: inout NftWalk) {
            walk.possible |= 1 << action.rawValue
            walk.missing.formUnion(missing.union(walk.doubt))
        }
        switch verdict {
        case .goOn: return
        case .accept, .queue: note(.pass, &walk)
        case .drop: note(.drop, &walk)
        case .reject: note(.reject, &walk)
        case .back:
            walk.possible = 0xFF
            walk.missing.formUnion(missing)
        case .jump(let target), .goto(let target):
            guard depth < NftWalk.depthMax else { return }
            let before = walk
            walk.doubt.formUnion(missing)
            let outcome = run(target, packet, &walk, depth + 1)
            walk.doubt = before.doubt
            walk.isLogged = before.isLogged
            switch outcome {
            case .accepted: note(.pass, &walk)
            case .refused(_, let action): note(action, &walk)
            case .undecided:
                if case .goto = verdict { walk.possible = 0xFF }
                if walk.possible == 0xFF { walk.missing.formUnion(missing) }
            }
        }
    }

    /// What a rule says; unsure where it may match.
    func ask(
        _ own: Range<Int>, _ packet: borrowing Packet, _ walk: inout NftWalk,
        _ missing: inout MissingFacts
    ) -> (verdict: NftVerdict, isSure: Bool) {
        var isSure = true
        var isLogged = false
        for place in own {
            switch self.steps[place] {
            case .match(let number):
                switch holds(matches[number], packet, walk, &missing) {
                case .no: return (.goOn, true)
                case .maybe: isSure = false
                case .yes: break
                }
            case .verdict(let verdict):
                if isLogged, isSure { walk.isLogged = true }
                return (verdict, isSure)
            case .map(let number):
                let (holding, verdict) = find(matches[number], packet, walk, &missing)
                if holding == .no { return (.goOn, true) }
                if holding == .maybe {
                    missing.insert(.expression)
                    return (.back, false)
                }
                return (verdict, isSure)
            case .log: isLogged = true
            case .doubt(let what):
                missing.formUnion(what)
                isSure = false
            case .untrack:
                if isSure { walk.kind = .untracked }
            }
        }
        if isLogged, isSure { walk.isLogged = true }
        return (.goOn, true)
    }
}
