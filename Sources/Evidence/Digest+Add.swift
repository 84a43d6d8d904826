// Taking in one entry.

import Bytes
import Facts

extension Digest {
    /// Adds the next entry. `line` is its line's number among the lines of this digest;
    /// `counted` says whether the user's filters select it.
    public mutating func add(_ entry: inout Entry, line: Int, counted: Bool = true) {
        guard let kind = sum(&entry, line, counted) else { return }
        var place = Placing(kind, position: positions, number: entries, line: line)
        place.isCounted = counted
        positions += 1
        track(&entry, place)
        guard Digest.isTranslated(entry), var other = Digest.translated(entry, kind) else { return }
        place = Placing(kind, position: positions, number: entries, line: line)
        place.isTranslated = true
        positions += 1
        track(&other, place)
    }

    /// The same for one that may be the next of a run. Before anything else is done with the digest
    /// the run must be ended.
    public mutating func add(
        _ entry: inout Entry, line: Int, counted: Bool, to run: inout LooseRun
    ) {
        if run.take(entry, counted: counted, self) {
            entries += 1
        } else if entry.isBlocked, !entry.isStray {
            end(&run)
            add(&entry, line: line, counted: counted)
            // Until there are enough examples each entry may be one.
            if !loose.rows[recent.place].value.wantsExamples { run.begin(entry, self) }
        } else {
            add(&entry, line: line, counted: counted)
        }
    }

    /// Adds what a run came to.
    public mutating func end(_ run: inout LooseRun) { run.end(&self) }

    /// Adds what an entry says by itself. If it tells of a connection, the caller sees to it that
    /// it is tracked too, as an entry of the kind that is returned.
    mutating func sum(_ entry: inout Entry, _ line: Int, _ counted: Bool) -> EntryKind? {
        entries += 1
        if world.until < entry.time { world.until = entry.time }
        world.from = earlier(world.from, entry.time)
        switch entry.action {
        case .block:
            return sumBlocked(&entry, line, counted)
        case .note:
            // A note of a full table or of an ignored packet is no packet refused.
            return entry.isBlocked ? sumBlocked(&entry, line, counted) : nil
        case .pass, .open, .seen:
            if entry.action != .seen { totals.passed += 1 }
            guard entry.ipProtocol == Entry.tcp, entry.known.contains(.ports) else { return nil }
            let opens = entry.action == .open || (entry.hasTCPFlags && entry.flags.opens)
            return opens ? .opening : .pass
        case .close, .state, .update:
            guard entry.ipProtocol == Entry.tcp, entry.known.contains(.ports) else { return nil }
            switch entry.action {
            case .close: return .close
            case .state: return .state
            default: return .pass
            }
        }
    }

    private mutating func sumBlocked(
        _ entry: inout Entry, _ line: Int, _ counted: Bool
    ) -> EntryKind? {
        totals.blocked += 1
        let known = entry.known
        if entry.reason.isAnomaly || known.contains(.laterFragment) {
            addLoose(&entry, .anomaly, line, counted)
        } else if entry.ipProtocol != Entry.tcp {
            addLoose(&entry, .notTCP, line, counted)
        } else if entry.mayBeStray {
            addLoose(&entry, .unknownFlags, line, counted)
        } else if !entry.isStray {
            addLoose(&entry, .syn, line, counted)
        } else {
            totals.strayLines += 1
            return .stray
        }
        return nil
    }

    /// A translated connection once more, by the addresses it has on the other side: there its
    /// strays name the firewall's own address. A second life, and not a table of names, because
    /// what an entry does must not depend on entries before it (the digest's law).
    static func translated(_ entry: Entry, _ kind: EntryKind) -> Entry? {
        guard kind != .stray, entry.action != .seen else { return nil }
        var other = entry
        if entry.natSource != .none { other.source = entry.natSource }
        if entry.natDestination != .none { other.destination = entry.natDestination }
        let isOther = other.source != entry.source || other.destination != entry.destination
        return isOther ? other : nil
    }

    @inline(__always)
    static func isTranslated(_ entry: Entry) -> Bool {
        entry.natSource != .none || entry.natDestination != .none
    }

    /// Adds an entry to its connection, and to the hosts of the world.
    mutating func track(_ entry: inout Entry, _ place: Placing) {
        if !place.isTranslated {
            if place.kind == .stray {
                noteStray(&entry)
            } else if entry.action == .pass || entry.action == .open || entry.action == .seen {
                notePass(&entry, opens: place.kind == .opening)
            }
        }
        book?.isStray = place.kind == .stray
        let key = ConnectionKey(entry.source, entry.destination)
        let hash = LiveTable.hash(key)
        if place.kind == .stray {
            trackStray(&entry, key, hash, place)
        } else {
            var life = Life(
                Dossier(
                    entry, place.kind, key: key, position: place.position, number: place.number))
            life.dossier.isTranslated = place.isTranslated
            self.place(life, hash)
        }
        letGo()
    }

    /// As `Digest.place`, without putting together what most often becomes part of a connection
    /// at once.
    private mutating func trackStray(
        _ entry: inout Entry, _ key: ConnectionKey, _ hash: UInt32, _ place: Placing
    ) {
        guard let found = live.find(key, hash) else {
            let number = book?.begin() ?? -1
            live.insert(stray: entry, key, hash, place, number: number)
            book?.note(number)
            return
        }
        if live.slots[found].dossier.lasts(until: place.position, settings) {
            live.extend(found, with: entry, place)
            book?.note(live.slots[found].life)
        } else {
            var life = Life(
                Dossier(entry, .stray, key: key, position: place.position, number: place.number))
            let side = Side(
                entry, number: place.number, line: place.line, counted: place.isCounted)
            if entry.source == key.low { life.lowSide = side } else { life.highSide = side }
            self.place(life, hash)
        }
    }

    /// Adds a blocked packet that no connection is asked about.
    private mutating func addLoose(
        _ entry: inout Entry, _ kind: CaseKind, _ line: Int, _ counted: Bool
    ) {
        let inside =
            (isInside(entry.source.address) ? 1 : 0)
            | (isInside(entry.destination.address) ? 2 : 0)
            | (entry.known.contains(.elsewhere) ? 4 : 0)
            | (entry.known.contains(.portsInUse) ? 8 : 0)
            | (entry.known.contains(.portsJustClosed) ? 16 : 0)
            | (entry.known.contains(.icmpError) ? 32 : 0)
        if !recent.fits(entry, kind, inside) {
            let key = Digest.looseKey(entry, kind, settings)
            let place = loose.reserve(key)
            let table = PortKey(entry.node, entry.interface, entry.ipProtocol)
            recent = LooseMemory(
                entry, kind, inside, place: place, portPlace: world.ports.reserve(table))
        }
        loose.rows[recent.place].value.addLoose(
            entry, counted, Mention(number: entries, line: line))
        if counted, kind != .anomaly, entry.known.contains(.ports) {
            world.ports.rows[recent.portPlace].value.add(entry.destination.port, entry.count)
        }
    }

    /// The case of a blocked packet that no connection is asked about. Who sent it is not part of
    /// it, nor the port: what a rule blocks is told by interface, and `World.ports` counts ports.
    static func looseKey(_ entry: Entry, _ kind: CaseKind, _ settings: Settings) -> CaseKey {
        let anomaly = kind == .anomaly
        var traits: Traits = []
        if settings.isInside(entry.source.address) { traits.insert(.senderInside) }
        if settings.isInside(entry.destination.address) { traits.insert(.receiverInside) }
        if entry.known.contains(.elsewhere) { traits.insert(.elsewhere) }
        if entry.known.contains(.portsInUse) { traits.insert(.reusedPorts) }
        if entry.known.contains(.portsJustClosed) { traits.insert(.reusedAfterEnd) }
        let reason: Reason =
            anomaly && !entry.reason.isAnomaly ? .fragment : entry.reason
        return CaseKey(
            kind: kind, traits: traits,
            signs: entry.known.contains(.icmpError) ? .icmpError : [], classes: [],
            silence: .unknown, sinceOpening: .unknown,
            sinceClose: .unknown, sender: .none, receiver: .none,
            port: 0,
            ipProtocol: entry.ipProtocol, reason: reason, direction: entry.direction,
            dialect: entry.dialect, interface: entry.interface, node: entry.node)
    }

    /// The kind of a blocked entry, and its case when it is no stray.
    public static func caseOfLoose(_ entry: Entry, _ settings: Settings) -> CaseKey? {
        let kind: CaseKind
        if entry.reason.isAnomaly || entry.known.contains(.laterFragment) {
            kind = .anomaly
        } else if entry.ipProtocol != Entry.tcp {
            kind = .notTCP
        } else if entry.mayBeStray {
            kind = .unknownFlags
        } else if !entry.isStray {
            kind = .syn
        } else {
            return nil
        }
        return looseKey(entry, kind, settings)
    }
}

// MARK: - The world

extension Digest {
    private mutating func noteStray(_ entry: inout Entry) {
        let target = entry.destination
        let kind = FlagClass(entry)
        let isTool = Digest.looksMade(entry, kind)
        let isPrivate = target.address.isPrivate
        let hops = entry.known.contains(.ttl) ? HopSet.hops(ttl: entry.ttl) : HopSet.none
        let host = HostKey(entry.source.address, inside: isInside(entry.source.address))
        world.hosts.update(host) { facts in
            facts.strays += 1
            facts.strayClasses.formUnion(FlagClasses(kind))
            facts.strayHosts.add(Bytes.hash(target.address.high, target.address.low))
            facts.strayPorts.add(Bytes.hash(UInt64(target.port), 1))
            if !isPrivate {
                let region = target.address.rolled(to: .region)
                facts.strayRegions.add(Bytes.hash(region.high, region.low))
            }
            if isTool { facts.toolStrays += 1 }
            facts.strayHops.add(hops)
        }
        noteNetwork(&entry)
        noteGates(&entry)
    }

    /// Whether a packet bears a scanning tool's marks: nmap's window and no options, zmap's
    /// SYN/ACK, or flags no stack sends.
    private static func looksMade(_ entry: Entry, _ kind: FlagClass) -> Bool {
        if FlagClasses.unnatural.has(kind) { return true }
        guard entry.known.contains([.window, .options]) else { return false }
        if kind == .synAck { return entry.window == 65535 && entry.options == .mss }
        return entry.options.isEmpty && entry.window == 1024
    }

    private mutating func noteNetwork(_ entry: inout Entry) {
        guard entry.direction != .outward, !entry.interface.isNone,
            isInside(entry.source.address)
        else { return }
        let bit: UInt64 = 1 << (entry.interface.hash & 63)
        let network = entry.source.address.rolled(to: .network)
        world.networks.update(NetworkKey(network)) { $0.interfaces |= bit }
    }

    /// Notes whom the frame came from and, where it may have been on its way out, whom it went to.
    /// Group addresses are a cluster's, and no router's.
    private mutating func noteGates(_ entry: inout Entry) {
        guard entry.known.contains(.macs), !entry.interface.isNone else { return }
        let from = entry.macSource
        let to = entry.macDestination
        let source = entry.source.address
        if from != 0, (from >> 40) & 1 == 0, isInside(source) {
            world.gates.update(GateKey(source, entry.node, entry.interface)) { gate in
                gate.from.join(Only(from))
                gate.hosts.add(Bytes.hash(source.high, source.low))
            }
        }
        guard to != 0, (to >> 40) & 1 == 0 else { return }
        if entry.isBlocked {
            guard entry.direction == .inward else { return }
            world.borders.update(PortKey(entry.node, entry.interface, Entry.tcp)) {
                $0.own.join(Only(to))
            }
        } else if entry.direction != .inward, isInside(entry.destination.address) {
            world.gates.update(GateKey(entry.destination.address, entry.node, entry.interface)) {
                $0.to.join(Only(to))
            }
        }
    }

    private mutating func notePass(_ entry: inout Entry, opens: Bool) {
        noteNetwork(&entry)
        noteGates(&entry)
        // On its way out a packet has one router more behind it, and what a capture sees of it
        // may be of either side.
        let tells = entry.known.contains(.ttl) && entry.direction != .outward
        let hops = tells ? HopSet.hops(ttl: entry.ttl) : HopSet.none
        guard opens || hops != HopSet.none else { return }
        let host = HostKey(entry.source.address, inside: isInside(entry.source.address))
        guard opens else {
            world.hosts.update(host) { $0.hops.add(hops) }
            return
        }
        world.opens += 1
        world.hosts.update(host) {
            $0.opens += 1
            $0.hops.add(hops)
        }
    }
}

extension CaseFacts {
    @inline(__always)
    mutating func addLoose(_ entry: Entry, _ selected: Bool, _ at: Mention) {
        let packets = Int(entry.count)
        self.packets += packets
        lines += 1
        events += packets
        if selected { counted += packets }
        from = earlier(from, entry.time)
        to = later(to, entry.time)
        // Entries come by their numbers: once there are enough examples, none is earlier.
        if wantsExamples { addExample(entry, at) }
    }

    private mutating func addExample(_ entry: Entry, _ at: Mention) {
        add(
            Example(
                at: at, time: entry.time, source: entry.source, destination: entry.destination,
                flags: entry.hasTCPFlags ? entry.flags : nil, opening: 0, closing: 0))
    }
}
