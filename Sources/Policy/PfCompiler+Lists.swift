// The addresses and ports of pf's rules put into lists, and the rules counted.
//
// Read first: `PfCompiler`.

import Facts

extension PfCompiler {
    // MARK: Lists

    mutating func stretch(_ ports: [PortRange]) -> Stretch {
        let start = program.ports.count
        program.ports += ports
        return Stretch(start: UInt32(start), count: UInt32(ports.count))
    }

    mutating func stretch(_ hosts: [PfHost]) -> Stretch {
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
    mutating func numbers(_ draft: PfDraft) -> Range<Int>? {
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
