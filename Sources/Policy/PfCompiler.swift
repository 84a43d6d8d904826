// From the statements of a pf.conf to rules that can be asked.
//
// Read first: `PfDraft`, `PfProgram`.

import Facts

struct PfCompiler {
    let facts: PolicyFacts
    let file: PfFile
    var program = PfProgram()
    var rules: [PolicyRule] = []
    private var bits: [String: UInt64] = [:]
    var tableNumbers: [String: Int] = [:]
    var notes: [PolicyNote] = []
    var nextNumber: Int? = 0

    init(_ file: PfFile, _ facts: PolicyFacts) {
        self.file = file
        self.facts = facts
        notes = file.notes
        nameInterfaces()
        var places = [Int](repeating: 0, count: file.drafts.count + 1)
        for (number, draft) in file.drafts.enumerated() {
            places[number] = program.filter.accepts.count
            add(draft)
        }
        places[file.drafts.count] = program.filter.accepts.count
        var place = 0
        for draft in file.drafts where draft.list == .filter {
            if draft.closesAnchor || program.filter.matches[place].opensAnchor {
                program.filter.matches[place].end = Int32(places[draft.end])
            }
            place += 1
        }
        for name in file.settings.skip {
            let (yes, maybe) = interfaceBits(name)
            program.skips |= yes | maybe
            program.skipDoubts |= maybe
        }
        // A packet whose interface nobody named is not on one that is skipped.
        program.skips &= ~RuleBits.noInterface
    }

    // MARK: Interfaces

    private mutating func nameInterfaces() {
        var names: [String] = []
        var seen: Set<String> = []
        func add(_ name: String) {
            if seen.insert(name).inserted { names.append(name) }
        }
        for draft in file.drafts { for one in draft.interfaces { add(one.name) } }
        for name in file.settings.skip { add(name) }
        for name in facts.interfaces.keys.sorted() { add(name) }
        for name in facts.groups.keys.sorted() {
            for member in facts.groups[name] ?? [] { add(member) }
        }
        var hashed: [(UInt64, UInt64)] = []
        func give(_ name: String, _ bit: UInt64) {
            bits[name] = bit
            hashed.append((nameHash(name), bit))
        }
        for (place, name) in names.enumerated() {
            let bit =
                place < RuleBits.interfacesMax
                ? UInt64(1) << UInt64(RuleBits.firstInterface + place) : RuleBits.crowdedInterface
            give(name, bit)
        }
        // The usual members of groups that have none here get a bit for each group.
        var next = names.count
        for group in names where facts.groups[group] == nil && next < RuleBits.interfacesMax {
            guard let starts = PfNames.groupMembers[group] else { continue }
            let bit = UInt64(1) << UInt64(RuleBits.firstInterface + next)
            var isUsed = false
            // Limit: a group's members are known up to this number.
            for start in starts {
                for number in 0..<64 where bits["\(start)\(number)"] == nil {
                    give("\(start)\(number)", bit)
                    isUsed = true
                }
            }
            if isUsed { next += 1 }
        }
        hashed.sort { $0.0 < $1.0 }
        program.interfaceHashes = hashed.map(\.0)
        program.interfaceBits = hashed.map(\.1)
    }

    /// The bits of the interfaces that a name stands for, and of those that it may stand for.
    private func interfaceBits(_ name: String) -> (yes: UInt64, maybe: UInt64) {
        if name == "any" || name == "all" { return (RuleBits.interfaces, 0) }
        var yes = bits[name] ?? 0
        var isGroup = false
        for member in facts.groups[name] ?? [] {
            yes |= bits[member] ?? 0
            isGroup = true
        }
        if isGroup { return (yes, RuleBits.noInterface) }
        if let starts = PfNames.groupMembers[name] {
            for (other, bit) in bits
            where starts.contains(where: {
                other.hasPrefix($0) && other.dropFirst($0.count).isNumber
            }) { yes |= bit }
            return (yes, RuleBits.noInterface)
        }
        // Interfaces end in a digit, groups do not (ifconfig(8), "group").
        guard let last = name.utf8.last, last &- 0x30 > 9 else {
            return (yes, RuleBits.noInterface)
        }
        return (yes, RuleBits.interfaces & ~yes)
    }

    private mutating func restrict(
        _ interfaces: [PfInterface], _ accepts: inout UInt64, _ doubts: inout UInt64,
        _ match: inout PfMatch
    ) {
        guard !interfaces.isEmpty else { return }
        var yes: UInt64 = 0
        var maybe: UInt64 = 0
        for one in interfaces {
            let own = interfaceBits(one.name)
            if one.isNegated {
                yes |= RuleBits.interfaces & ~own.yes & ~own.maybe
                maybe |= own.maybe
            } else {
                yes |= own.yes
                maybe |= own.maybe
            }
        }
        // Whether it is one of them cannot be told without a name.
        if yes & RuleBits.noInterface != 0, interfaces.contains(where: { $0.name != "any" }) {
            yes &= ~RuleBits.noInterface
            maybe |= RuleBits.noInterface
        }
        accepts &= ~RuleBits.interfaces | yes | maybe
        doubts |= maybe & ~yes
        guard yes & RuleBits.crowdedInterface != 0, bits.values.contains(RuleBits.crowdedInterface)
        else { return }
        match.interfaces.start = UInt32(program.interfaceNames.count)
        for one in interfaces {
            program.interfaceNames.append((nameHash(one.name), one.isNegated))
        }
        match.interfaces.count = UInt32(interfaces.count)
        // Only for the crowd, so a rule of named ones is asked for the name too: it is one of them.
        match.asked |= 1 << UInt16(PolicyCondition.interface.rawValue)
    }

    // MARK: Rules

    private mutating func add(_ draft: PfDraft) {
        var match = PfMatch()
        var accepts = ~RuleBits.anchor
        var doubts: UInt64 = 0
        if !draft.closesAnchor { ask(draft, &match, &accepts, &doubts) }
        match.rule = Int32(rules.count)
        match.isQuick = draft.rule.isQuick
        match.isMatch = draft.rule.kind == .match
        match.opensAnchor = draft.rule.kind == .anchor && !draft.closesAnchor
        match.closesAnchor = draft.closesAnchor
        if match.opensAnchor { accepts |= RuleBits.anchor }
        var rule = draft.rule
        rule.numbers = numbers(draft)
        rule.interfaces = draft.interfaces.map { ($0.isNegated ? "!" : "") + $0.name }
        switch draft.list {
        case .filter: program.filter.append(accepts, doubts, match)
        case .translation:
            program.translation.append(accepts, doubts, match)
            var target: (address: Address, port: UInt16?, isKnown: Bool) = (.none, nil, false)
            if let host = draft.target, let address = onlyAddress(host) {
                target = (address, draft.targetPort, true)
            }
            program.targets.append(target)
            program.exceptions.append(draft.isException)
            program.passes.append(draft.passes)
        case .scrub:
            program.scrub.append(accepts, doubts, match)
            var made =
                draft.normalisation
                ?? Normalisation(
                    rule: 0, isLogged: false, checksTimestamps: false, maxSegmentSize: 0,
                    reassembles: true)
            made.rule = draft.isException ? -1 : rules.count
            program.normalisations.append(made)
        }
        rules.append(rule)
    }

    /// The address that a redirection leads to, also where it is a table of one.
    private func onlyAddress(_ host: PfHost) -> Address? {
        switch host.what {
        case .range(let low, let high): return low == high ? low : nil
        case .table(let name):
            guard let table = file.tables[name], !table.isPartial, table.hosts.count == 1,
                let only = table.hosts.first, !only.isNegated
            else { return nil }
            return onlyAddress(only)
        default: return nil
        }
    }

    private mutating func ask(
        _ draft: PfDraft, _ match: inout PfMatch, _ accepts: inout UInt64, _ doubts: inout UInt64
    ) {
        switch draft.rule.direction {
        case .inward: accepts &= ~RuleBits.outward
        case .outward: accepts &= ~RuleBits.inward
        case .unknown: break
        }
        if draft.rule.direction != .unknown { doubts |= RuleBits.noDirection }
        let family = draft.isV4 ?? impliedFamily(draft)
        if let family { accepts &= ~(family ? RuleBits.v6 : RuleBits.v4) }
        restrict(draft.interfaces, &accepts, &doubts, &match)
        askProtocol(draft, &match, &accepts)
        if let flags = draft.flags {
            match.wanted = flags.wanted
            match.of = flags.of
            askFlags(&match, &accepts)
        }
        match.sources = stretch(draft.sources)
        match.destinations = stretch(draft.destinations)
        match.sourcePorts = stretch(draft.sourcePorts)
        match.destinationPorts = stretch(draft.destinationPorts)
        match.icmp = Stretch(
            start: UInt32(program.icmp.count), count: UInt32(draft.icmp.count))
        program.icmp += draft.icmp
        match.fragmentsOnly = draft.fragmentsOnly
        match.needsHeader = !draft.icmp.isEmpty || draft.missing.contains(.system)
        match.tag = draft.tag.map(nameHash) ?? 0
        match.tagged = draft.tagged.map { nameHash($0.name) } ?? 0
        match.tagIsNegated = draft.tagged?.isNegated ?? false
        match.missing = draft.missing
        let asked: [(Bool, PolicyCondition)] = [
            (!match.sources.isEmpty, .source), (!match.destinations.isEmpty, .destination),
            (!match.sourcePorts.isEmpty, .sourcePort),
            (!match.destinationPorts.isEmpty, .destinationPort),
            (!match.icmp.isEmpty, .icmpType), (draft.tagged != nil, .tag),
            (draft.fragmentsOnly || match.needsHeader, .fragment),
            (!draft.missing.subtracting([.service, .translation]).isEmpty, .other),
        ]
        for (isAsked, condition) in asked where isAsked {
            match.asked |= 1 << UInt16(condition.rawValue)
        }
    }

    /// The one family that a rule's addresses are of.
    private func impliedFamily(_ draft: PfDraft) -> Bool? {
        for list in [draft.sources, draft.destinations] where !list.isEmpty {
            let families = list.map(\.isV4)
            if families.allSatisfy({ $0 == true }) { return true }
            if families.allSatisfy({ $0 == false }) { return false }
        }
        if !draft.icmp.isEmpty { return draft.icmp.allSatisfy(\.isV6) ? false : nil }
        return nil
    }

    private mutating func askProtocol(
        _ draft: PfDraft, _ match: inout PfMatch, _ accepts: inout UInt64
    ) {
        guard !draft.protocols.isEmpty || draft.hasUnknownProtocol else { return }
        var own: UInt64 = 0
        for number in draft.protocols { own |= RuleBits.ofProtocol(number) }
        if draft.hasUnknownProtocol { own |= RuleBits.otherProtocol }
        accepts &= ~RuleBits.protocols | own
        guard own & RuleBits.otherProtocol != 0 else { return }
        match.protocols = Stretch(
            start: UInt32(program.protocols.count), count: UInt32(draft.protocols.count))
        program.protocols += draft.protocols
        match.asked |= 1 << UInt16(PolicyCondition.ipProtocol.rawValue)
    }

    /// SYN and ACK go into the bits; other flags are asked one by one.
    private func askFlags(_ match: inout PfMatch, _ accepts: inout UInt64) {
        let inBits: TCPFlags = [.syn, .ack]
        let of = match.of.intersection(inBits)
        for both in UInt8(0)..<4 {
            var flags: TCPFlags = []
            if both & 1 != 0 { flags.insert(.syn) }
            if both & 2 != 0 { flags.insert(.ack) }
            if flags.intersection(of) != match.wanted.intersection(inBits) {
                accepts &= ~(RuleBits.flagCases << UInt64(both))
            }
        }
        accepts &= ~RuleBits.fragmentOfTCP
        if !match.of.isSubset(of: inBits) {
            match.asked |= 1 << UInt16(PolicyCondition.flags.rawValue)
        }
    }
}

extension PfChain {
    mutating func append(_ accepts: UInt64, _ doubts: UInt64, _ match: PfMatch) {
        self.accepts.append(accepts)
        self.doubts.append(doubts)
        matches.append(match)
    }
}

extension Substring {
    fileprivate var isNumber: Bool { !isEmpty && utf8.allSatisfy { $0 &- 0x30 < 10 } }
}
