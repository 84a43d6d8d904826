// The entry that a record makes, as far as records of all dialects agree.
//
// Read first: `Record`. What was done and why is each dialect's own; it sets `action` first. Nothing
// here changes the record; it is `mutating`, and `inout` elsewhere, because a kilobyte that is handed over
// as a value is copied at each call (a tenth of all time, measured).

import Bytes
import Facts

extension Record {
    /// Fills in addresses, ports, protocol, interfaces, names, times, counts and numbers. The
    /// record's own time takes the place of the header's.
    mutating func fill(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Damage? {
        guard has(.source), has(.destination) else { return .cutShort }
        guard let from = Address(line, self[.source], &context.names),
            let to = Address(line, self[.destination], &context.names)
        else { return .badAddress }
        entry.source.address = from
        entry.destination.address = to
        if has(.ipProtocol) {
            entry.ipProtocol = ipProtocolNumber(line, self[.ipProtocol])
        } else if entry.ipProtocol == 0 {
            // Zero would be a protocol, and not one that is unknown.
            entry.ipProtocol = 255
        }
        if let damage = fillPorts(line, into: &entry) { return damage }
        fillPlaces(line, &context.names, into: &entry)
        fillTranslation(line, &context.names, into: &entry)
        fillNumbers(line, into: &entry)
        fillSums(line, into: &entry)
        if let time = time(line, &context.clock) { entry.time = time }
        return nil
    }

    private mutating func fillPorts(_ line: borrowing Line, into entry: inout Entry) -> Damage? {
        let isWithPorts =
            switch entry.ipProtocol {
            case 6, 17, 33, 132, 136: true
            // Only protocols with ports give them to a record that names none.
            case 255: !has(.ipProtocol)
            default: false
            }
        guard isWithPorts, has(.sourcePort), has(.destinationPort) else { return nil }
        guard let first = line.decimal16(self[.sourcePort]),
            let second = line.decimal16(self[.destinationPort])
        else { return .badNumber }
        entry.source.port = first
        entry.destination.port = second
        entry.known.insert(.ports)
        return nil
    }

    private mutating func fillPlaces(
        _ line: borrowing Line, _ names: inout Names, into entry: inout Entry
    ) {
        // Zones stand in where no interface is named; the two are never mixed.
        let isOfInterfaces = has(.inbound) || has(.outbound)
        let inward = isOfInterfaces ? self[.inbound] : self[.inZone]
        let outward = isOfInterfaces ? self[.outbound] : self[.outZone]
        if !inward.isEmpty {
            entry.interface = names.keep(line, inward)
            entry.otherInterface = names.keep(line, outward)
            entry.direction = .inward
        } else if !outward.isEmpty {
            entry.interface = names.keep(line, outward)
            entry.direction = .outward
        }
        if has(.direction), let found = Record.directions.meaning(line, self[.direction]) {
            entry.direction = found
        }
        entry.rule = names.keep(line, has(.rule) ? self[.rule] : self[.ruleName])
        let node = has(.node) ? self[.node] : self[.host]
        if !node.isEmpty { entry.node = names.keep(line, node) }
    }

    static let directions = WordTable<Direction>([
        ("in", .inward), ("inbound", .inward), ("incoming", .inward), ("ingress", .inward),
        ("i", .inward), ("receive", .inward), ("out", .outward), ("outbound", .outward),
        ("outgoing", .outward), ("egress", .outward), ("o", .outward), ("send", .outward),
    ])

    /// Addresses and ports behind a translation; one that changes nothing is none.
    private mutating func fillTranslation(
        _ line: borrowing Line, _ names: inout Names, into entry: inout Entry
    ) {
        // What stands in the place of an ICMP message's ports is none.
        guard has(any: Record.translations) else { return }
        let isICMP = entry.ipProtocol == 1 || entry.ipProtocol == 58
        let from = isICMP ? Field(0, 0) : self[.natSourcePort]
        let to = isICMP ? Field(0, 0) : self[.natDestinationPort]
        entry.natSource = translated(
            entry.source, line, changed(line, .natSource, .source), from, &names)
        entry.natDestination = translated(
            entry.destination, line, changed(line, .natDestination, .destination), to, &names)
    }

    /// The field of a role; empty where it has the bytes of another's. Most firewalls name both
    /// addresses of a translation, and change one of them.
    @inline(__always)
    private func changed(_ line: borrowing Line, _ role: Role, _ other: Role) -> Field {
        let (field, plain) = (self[role], self[other])
        guard field.count == plain.count, UInt(bitPattern: field.count &- 1) < 16 else {
            return field
        }
        // The last eight may overlap the first.
        let last = max(0, field.count &- 8)
        let kept = ~0 &>> UInt64(64 &- 8 &* min(field.count, 8))
        let differing =
            (line.word(field.start) ^ line.word(plain.start)) & kept
            | (line.word(field.start &+ last) ^ line.word(plain.start &+ last)) & kept
        return differing == 0 ? Field(0, 0) : field
    }

    private func translated(
        _ plain: Endpoint, _ line: borrowing Line, _ address: Field, _ port: Field,
        _ names: inout Names
    ) -> Endpoint {
        guard !address.isEmpty || !port.isEmpty else { return .none }
        var found = plain
        if let address = Address(line, address, &names), !address.isZero { found.address = address }
        if let port = line.decimal16(port), port > 0 { found.port = port }
        return found == plain ? .none : found
    }

    private mutating func fillNumbers(_ line: borrowing Line, into entry: inout Entry) {
        if has(.ttl), let ttl = line.decimal8(self[.ttl]) {
            entry.ttl = ttl
            entry.known.insert(.ttl)
        }
        if has(.ipID), let number = line.decimal16(self[.ipID]) {
            entry.ipID = number
            entry.known.insert(.ipID)
        }
        if has(.connection), let id = line.decimal64(self[.connection]), id > 0 {
            entry.connectionID = id
            entry.known.insert(.connectionID)
        }
        if has(.macSource), let from = hardwareAddress(line, self[.macSource]),
            let to = hardwareAddress(line, self[.macDestination])
        {
            entry.macSource = from
            entry.macDestination = to
            entry.known.insert(.macs)
        }
        if has(.icmpType), let type = line.decimal8(self[.icmpType]) {
            entry.noteICMP(type: type)
        }
        guard entry.ipProtocol == Entry.tcp else { return }
        if has(.sequence), let number = line.decimal(self[.sequence]) {
            entry.sequence = number
            entry.known.insert(.sequence)
        }
        if has(.acknowledgement), let number = line.decimal(self[.acknowledgement]) {
            entry.acknowledgement = number
            entry.known.insert(.acknowledgement)
        }
        if has(.window), let number = line.decimal(self[.window]) {
            entry.window = number
            entry.known.insert(.window)
        }
        if has(.flags), let flags = TCPFlags(words: line, self[.flags]) {
            entry.flags = flags
            entry.known.insert(.flags)
        }
    }

    private mutating func fillSums(_ line: borrowing Line, into entry: inout Entry) {
        if has(.seconds), let seconds = Record.decimals(line, self[.seconds], 6) {
            entry.durationMicroseconds = seconds
            entry.known.insert(.duration)
        } else if has(.milliseconds),
            let thousandths = Record.decimals(line, self[.milliseconds], 3)
        {
            entry.durationMicroseconds = thousandths
            entry.known.insert(.duration)
        }
        if has(.bytes), let all = line.decimal64(self[.bytes]) {
            entry.bytes = all
            entry.known.insert(.bytes)
        } else if has(.bytesIn) || has(.bytesOut) {
            let received = line.decimal64(self[.bytesIn])
            let sent = line.decimal64(self[.bytesOut])
            if received != nil || sent != nil {
                // Limit: sums past 2^64 are damage; they stop there.
                let (sum, isOver) = (received ?? 0).addingReportingOverflow(sent ?? 0)
                entry.bytes = isOver ? .max : sum
                entry.known.insert(.bytes)
            }
        }
        if has(.count), let count = line.decimal(self[.count]), count > 1 { entry.count = count }
    }

    /// A decimal number, with a fraction or without, times ten to the power of `places`; nil for
    /// anything else, and for what no duration can be.
    static func decimals(_ line: borrowing Line, _ field: Field, _ places: Int) -> Int64? {
        guard !field.isEmpty else { return nil }
        var whole = field
        let dot = line.find(0x2E, from: field.start, before: field.end)
        if let dot { whole.end = dot }
        // Limit: eleven digits of seconds are three thousand years.
        guard whole.count <= 11, let value = line.decimal64(whole),
            let part = line.fraction(Field((dot ?? field.end) + 1, field.end), places)
        else { return nil }
        return Int64(exactly: value * UInt64(powerOfTen(places)) + UInt64(part))
    }
}

extension Address {
    /// `0.0.0.0` and `::` stand for no address where a translation has none.
    fileprivate var isZero: Bool { isV4 ? v4 == 0 : high == 0 && low == 0 }
}
