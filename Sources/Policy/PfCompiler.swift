// From the statements of a pf.conf to rules that can be asked.
//
// Read first: `PfDraft`, `PfProgram`.

import Facts

struct PfCompiler {
    let facts: PolicyFacts
    let file: PfFile
    private(set) var program = PfProgram()
    private(set) var rules: [PolicyRule] = []
    private var bits: [String: UInt64] = [:]
    private var namedBits: UInt64 = 0
    private var tableNumbers: [String: Int] = [:]
    private(set) var notes: [PolicyNote] = []
    private var nextNumber: Int? = 0

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

    // MARK: Lists

    private mutating func stretch(_ ports: [PortRange]) -> Stretch {
        let start = program.ports.count
        program.ports += ports
        return Stretch(start: UInt32(start), count: UInt32(ports.count))
    }

    private mutating func stretch(_ hosts: [PfHost]) -> Stretch {
        let start = program.addresses.count
        var tests: [AddressTest] = []
        for host in hosts { tests.append(test(host)) }
        program.addresses += tests
        return Stretch(start: UInt32(start), count: UInt32(tests.count))
    }

    private mutating func test(_ host: PfHost) -> AddressTest {
        var test = AddressTest(kind: .any, isNegated: host.isNegated)
        switch host.what {
        case .any: break
        case .range(let low, let high):
            test.kind = .range
            test.low = low
            test.high = high
        case .unknown(let missing):
            test.kind = .unknown
            test.missing = missing
        case .table(let name):
            test.kind = .table
            test.table = table(name, host.place)
        case .interface, .ownAddresses:
            test.kind = .table
            test.table = program.tables.count
            program.tables.append(
                AddressTable(items(host, 0).items, missing: items(host, 0).missing))
        }
        return test
    }

    private mutating func table(_ name: String, _ place: SourcePlace) -> Int {
        if let known = tableNumbers[name] { return known }
        var items: [AddressTable.Item] = []
        var missing: MissingFacts = []
        // `pfctl -sr` writes `<name:3>`, with the number of its addresses.
        let plain = name.split(separator: ":").first.map(String.init) ?? name
        if let given = facts.tables[plain] {
            items = given.map { AddressTable.Item(low: $0.first, high: $0.last) }
        } else if let table = file.tables[name] ?? file.tables[plain] {
            if table.isPartial { missing.insert(.table) }
            for host in table.hosts {
                let own = self.items(host, 0)
                items += own.items.map {
                    AddressTable.Item(low: $0.low, high: $0.high, isNegated: host.isNegated)
                }
                missing.formUnion(own.missing)
            }
        } else {
            missing.insert(.table)
            notes.append(
                PolicyNote(
                    .assumed, place, "table <\(name)>",
                    "it is not in this file; what is in it is not known here"))
        }
        let number = program.tables.count
        program.tables.append(AddressTable(items, missing: missing))
        tableNumbers[name] = number
        return number
    }

    /// The addresses that are meant, and what is missing to know them all.
    private func items(
        _ host: PfHost, _ depth: Int
    ) -> (items: [AddressTable.Item], missing: MissingFacts) {
        switch host.what {
        case .any:
            return (
                [
                    AddressTable.Item(low: Address(v4: 0), high: Address(v4: .max)),
                    AddressTable.Item(
                        low: Address(high: 0, low: 0), high: Address(high: .max - 1, low: .max)),
                ], []
            )
        case .range(let low, let high): return ([AddressTable.Item(low: low, high: high)], [])
        case .unknown(let missing): return ([], missing)
        case .table: return ([], .table)
        case .ownAddresses:
            let places = facts.interfaces.values.flatMap { $0 }
            let named = file.drafts.flatMap(\.interfaces).map(\.name)
            let all = named.allSatisfy { facts.interfaces[$0] != nil || $0 == "lo0" }
            let loopback = PfCompiler.loopback
            return (
                loopback + places.map { AddressTable.Item(low: $0.address, high: $0.address) },
                all && !places.isEmpty ? [] : .interfaceAddress
            )
        case .interface(let name, let network):
            guard let places = facts.interfaces[name] else { return ([], .interfaceAddress) }
            return (
                places.compactMap { place in
                    guard network, let net = place.network else {
                        return AddressTable.Item(low: place.address, high: place.address)
                    }
                    return AddressTable.Item(low: net.first, high: net.last)
                }, []
            )
        }
    }

    private static let loopback = [
        AddressTable.Item(low: Address(v4: 0x7F00_0001), high: Address(v4: 0x7F00_0001)),
        AddressTable.Item(low: Address(high: 0, low: 1), high: Address(high: 0, low: 1)),
    ]

    // MARK: Numbers

    /// The numbers that pfctl gives the rules it makes of this one; nil from the first on whose
    /// number hangs on what only the firewall knows.
    private mutating func numbers(_ draft: PfDraft) -> Range<Int>? {
        guard draft.list == .filter, !draft.closesAnchor else { return nil }
        let isInside = !draft.rule.chain.isEmpty && draft.rule.kind != .anchor
        guard !isInside, let first = nextNumber else { return nil }
        guard let count = combinations(draft) else {
            nextNumber = nil
            return nil
        }
        nextNumber = first + count
        return first..<(first + count)
    }

    private func combinations(_ draft: PfDraft) -> Int? {
        func isCountable(_ host: PfHost) -> Bool {
            switch host.what {
            case .any, .range, .table: true
            case .interface, .ownAddresses: host.isLive
            case .unknown(let missing): missing == .route
            }
        }
        guard !draft.isUncountable, (draft.sources + draft.destinations).allSatisfy(isCountable)
        else { return nil }
        var pairs = 0
        for source in draft.sources.isEmpty ? [nil] : draft.sources.map(\.isV4) {
            for target in draft.destinations.isEmpty ? [nil] : draft.destinations.map(\.isV4) {
                let families = [source, target, draft.isV4].compactMap { $0 }
                if Set(families).count < 2 { pairs += 1 }
            }
            // Limit: a number is kept where it can be, not for a rule of a million pairs.
            if pairs > 1_000_000 { return nil }
        }
        let factors = [
            pairs, draft.interfaces.count, draft.protocols.count, draft.icmp.count,
            draft.sourcePorts.count, draft.destinationPorts.count, draft.extraCombinations,
        ]
        var count = 1
        for factor in factors {
            let (product, overflow) = count.multipliedReportingOverflow(by: max(1, factor))
            guard !overflow, product < 1 << 40 else { return nil }
            count = product
        }
        return count
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
