// What the fields of a packet are to nftables, and whether they are in a set.
//
// Read first: `NftProgram`; nft(8), "PAYLOAD EXPRESSIONS", "CONNTRACK EXPRESSIONS".

import Facts

extension NftProgram {
    /// A field's number: nil with `no` where the packet does not have it (then no rule matches by
    /// it, whatever it compares), nil with `maybe` where it is not known.
    private func value(
        _ field: NftField, _ packet: borrowing Packet, _ walk: NftWalk,
        _ missing: inout MissingFacts
    ) -> (UInt128, Holding) {
        switch field {
        case .incoming, .outgoing: return interface(field, packet, walk, &missing)
        case .nfproto: return (packet.isV6 ? 10 : 2, .yes)
        case .ipProtocol: return (UInt128(packet.ipProtocol), .yes)
        case .source4, .source6: return address(packet.source.address, field == .source6)
        case .destination4, .destination6:
            return address(packet.destination.address, field == .destination6)
        case .tcpSource: return port(packet.source.port, packet, 6)
        case .tcpDestination: return port(packet.destination.port, packet, 6)
        case .udpSource: return port(packet.source.port, packet, 17)
        case .udpDestination: return port(packet.destination.port, packet, 17)
        case .anySource: return port(packet.source.port, packet, nil)
        case .anyDestination: return port(packet.destination.port, packet, nil)
        case .tcpFlags:
            guard packet.isTCP, !packet.form.contains(.laterFragment) else { return (0, .no) }
            return (UInt128(packet.flags.rawValue), .yes)
        case .icmpType: return icmp(packet.icmpType, packet, 1)
        case .icmpCode: return icmp(packet.icmpCode, packet, 1)
        case .icmp6Type: return icmp(packet.icmpType, packet, 58)
        case .icmp6Code: return icmp(packet.icmpCode, packet, 58)
        case .stateClass: return (NftProgram.bit(walk.kind), .yes)
        case .protocol4: return (UInt128(packet.ipProtocol), packet.isV6 ? .no : .yes)
        case .protocol6: return (UInt128(packet.ipProtocol), packet.isV6 ? .yes : .no)
        case .ttl4: return (UInt128(packet.ttl), packet.isV6 ? .no : .yes)
        case .ttl6: return (UInt128(packet.ttl), packet.isV6 ? .yes : .no)
        case .direction:
            if walk.kind == .new { return (0, .yes) }
            missing.insert(.mark)
            return (0, .maybe)
        case .unknown: return (0, .maybe)
        }
    }

    /// The bits of `ct state`, as nft prints them: NF_CT_STATE_BIT.
    static func bit(_ kind: StateClass) -> UInt128 {
        switch kind {
        case .invalid: 1
        case .established: 2
        case .related: 4
        case .new: 8
        case .untracked: 64
        }
    }

    private func interface(
        _ field: NftField, _ packet: borrowing Packet, _ walk: NftWalk,
        _ missing: inout MissingFacts
    ) -> (UInt128, Holding) {
        // What comes in for the machine itself has no way out, and what it sends none in: the name
        // is empty then, and unequal to any (Linux nft_meta.c, nft_meta_store_ifname()).
        if field == .outgoing, walk.hook == .input || walk.isBeforeRouting { return (0, .yes) }
        if field == .incoming, walk.hook == .output { return (0, .yes) }
        let isOwn = (packet.direction == .outward) == (field == .outgoing)
        let name = isOwn ? packet.interface : packet.otherInterface
        if packet.direction == .unknown || name.isNone {
            missing.insert(.interface)
            return (0, .maybe)
        }
        return (UInt128(name.hash), .yes)
    }

    private func address(_ address: Address, _ isV6: Bool) -> (UInt128, Holding) {
        guard address.isV6 == isV6 else { return (0, .no) }
        return (address.number, .yes)
    }

    private func port(
        _ port: UInt16, _ packet: borrowing Packet, _ ipProtocol: UInt8?
    ) -> (UInt128, Holding) {
        let isOf: Bool
        if let ipProtocol {
            isOf = ipProtocol == packet.ipProtocol
        } else {
            let own = packet.ipProtocol
            isOf = own == 6 || own == 17
        }
        guard isOf, !packet.form.contains(.laterFragment) else { return (0, .no) }
        return (UInt128(port), .yes)
    }

    private func icmp(
        _ value: UInt8, _ packet: borrowing Packet, _ ipProtocol: UInt8
    ) -> (UInt128, Holding) {
        guard packet.ipProtocol == ipProtocol, !packet.form.contains(.laterFragment) else {
            return (0, .no)
        }
        return (UInt128(value), .yes)
    }

    func holds(
        _ match: NftMatch, _ packet: borrowing Packet, _ walk: NftWalk,
        _ missing: inout MissingFacts
    ) -> Holding {
        if match.comparison == .equal || match.comparison == .unequal {
            let (found, _) = find(match, packet, walk, &missing)
            guard match.comparison == .unequal else { return found }
            if found == .maybe { return .maybe }
            // A field that is not there is unequal to nothing: the rule does not match.
            var ignored: MissingFacts = []
            for field in match.fields where value(field, packet, walk, &ignored).1 == .no {
                return .no
            }
            return found == .yes ? .no : .yes
        }
        let (raw, holding) = value(match.fields[0], packet, walk, &missing)
        guard holding == .yes else {
            missing.formUnion(holding == .maybe ? match.missing : [])
            return holding
        }
        let own = raw & match.mask
        guard let element = sets[match.set].elements.first else { return .no }
        let other = element.ranges[0].low
        let fits =
            switch match.comparison {
            case .less: own < other
            case .greater: own > other
            case .lessOrEqual: own <= other
            case .greaterOrEqual: own >= other
            case .hasBits: own & other != 0
            case .equal, .unequal: false
            }
        return fits ? .yes : .no
    }

    /// The element of its set that holds a packet's fields.
    func find(
        _ match: NftMatch, _ packet: borrowing Packet, _ walk: NftWalk,
        _ missing: inout MissingFacts
    ) -> (Holding, NftVerdict) {
        let set = sets[match.set]
        if match.fields.count == 1 {
            let (raw, holding) = value(match.fields[0], packet, walk, &missing)
            guard holding == .yes else {
                missing.formUnion(holding == .maybe ? match.missing : [])
                return (holding, .goOn)
            }
            if let element = search(set, raw & match.mask) { return (.yes, element) }
        } else {
            if let found = scan(set, match, packet, walk, &missing) { return found }
        }
        guard set.missing.isEmpty else {
            missing.formUnion(set.missing)
            return (.maybe, .goOn)
        }
        return (.no, .goOn)
    }

    private func search(_ set: NftSet, _ value: UInt128) -> NftVerdict? {
        var from = 0
        var to = set.elements.count
        while from < to {
            let middle = (from + to) >> 1
            if value < set.elements[middle].ranges[0].low { to = middle } else { from = middle + 1 }
        }
        guard from > 0, set.elements[from - 1].ranges[0].high >= value else { return nil }
        return set.elements[from - 1].verdict
    }

    /// Concatenations, one element after the other; nil where none fits.
    private func scan(
        _ set: NftSet, _ match: NftMatch, _ packet: borrowing Packet, _ walk: NftWalk,
        _ missing: inout MissingFacts
    ) -> (Holding, NftVerdict)? {
        var mayBe = false
        var without: MissingFacts = []
        for field in match.fields where value(field, packet, walk, &without).1 == .no {
            return (.no, .goOn)
        }
        for element in set.elements where element.ranges.count == match.fields.count {
            var holding = Holding.yes
            for place in match.fields.indices where holding != .no {
                let (own, isKnown) = value(match.fields[place], packet, walk, &without)
                let range = element.ranges[place]
                if isKnown == .maybe {
                    holding = .maybe
                } else if own < range.low || own > range.high {
                    holding = .no
                }
            }
            if holding == .yes { return (.yes, element.verdict) }
            if holding == .maybe { mayBe = true }
        }
        guard mayBe else { return nil }
        missing.formUnion(without.union(match.missing))
        return (.maybe, .goOn)
    }
}

extension Address {
    /// Of IPv4 its 32 bits.
    var number: UInt128 {
        isV4 ? UInt128(v4) : UInt128(high) << 64 | UInt128(low)
    }
}
