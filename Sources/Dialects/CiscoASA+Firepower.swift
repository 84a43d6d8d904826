// Firepower Threat Defense: connection events as `Key: value, Key: value`.
//
// Read first: "Cisco Secure Firewall Threat Defense Syslog Messages", security event messages 430002
// (a connection began) and 430003 (it ended).

import Bytes
import Facts

/// Walks `Key: value, Key: value`. A value may hold a comma; the next pair begins at a comma that a
/// key and its colon follow.
struct FirepowerPairs {
    var key = Field(0, 0)
    var value = Field(0, 0)
    private var at: Int
    // The colon of the next pair, where the last value's end was told by it.
    private var ahead: Int?

    init(_ at: Int) { self.at = at }

    @inline(__always)
    mutating func next(_ line: borrowing Line) -> Bool {
        at = line.skipBlanks(at)
        // What transport left behind the line's end is not looked at.
        guard at < line.end, let colon = ahead ?? line.find(": ", from: at), colon + 2 <= line.end
        else { return false }
        ahead = nil
        key = Field(at, colon)
        var end = line.end
        var place = colon + 2
        while let comma = line.find(0x2C, from: place) {
            ahead = colonOfPair(line, comma)
            if ahead != nil {
                end = comma
                break
            }
            place = comma + 1
        }
        value = Field(min(colon + 2, end), end)
        at = min(end + 1, line.end)
        return true
    }

    /// The colon of the `, Word word: ` that stands here.
    @inline(__always)
    private func colonOfPair(_ line: borrowing Line, _ comma: Int) -> Int? {
        guard line[comma + 1] == 0x20 else { return nil }
        let start = comma + 2
        var place = start
        while place < line.end {
            // Names' bytes are swept; of those only a dash and a dot are in no key.
            let end = line.endOfName(place)
            guard line.find(0x2D, from: place, before: end) == nil,
                line.find(0x2E, from: place, before: end) == nil, end < line.end
            else { return nil }
            let byte = line[end]
            if byte == 0x3A { return line[end + 1] == 0x20 && end > start ? end : nil }
            guard byte == 0x20 || byte == 0x2F else { return nil }
            place = end + 1
        }
        return nil
    }
}

/// What of a connection event an entry is made from.
private struct FirepowerEvent {
    var source: Address?
    var destination: Address?
    var sourcePort: UInt16?
    var destinationPort: UInt16?
    var natSource = Address.none
    var natDestination = Address.none
    var natSourcePort: UInt16?
    var natDestinationPort: UInt16?
    var action = Field(0, 0)
    var first = Instant.unknown
    var seconds: UInt64?
    var bytes: UInt64?
    var answers: UInt64?
    var device = Field(0, 0)
    var damage: Damage?
}

extension CiscoASA {
    func readFirepower(
        _ line: borrowing Line, _ start: Int, isEnd: Bool, hasHost: Bool,
        _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        var event = FirepowerEvent()
        var pairs = FirepowerPairs(start)
        while pairs.next(line) { read(pairs, line, &context, &event, into: &entry) }
        if let damage = event.damage { return .damaged(damage) }
        guard let source = event.source, let destination = event.destination, entry.ipProtocol > 0
        else { return .damaged(.cutShort) }
        // `Block`, `Block with reset`, `<br/>Block with reset`, `Interactive Block`.
        let isBlock = line.findIgnoringCase("block", in: event.action) != nil
        entry.action = isBlock ? .block : isEnd ? .close : .open
        if isBlock { entry.reason = .match }
        entry.direction = .inward
        entry.source = Endpoint(source, event.sourcePort ?? 0)
        entry.destination = Endpoint(destination, event.destinationPort ?? 0)
        if event.sourcePort != nil, event.destinationPort != nil { entry.known.insert(.ports) }
        finish(event, isEnd: isEnd, into: &entry)
        // A collector that stores bare messages keeps the device's own number at least.
        if !hasHost, entry.node.isNone { entry.node = context.names.keep(line, event.device) }
        return .entry
    }

    private func finish(_ event: FirepowerEvent, isEnd: Bool, into entry: inout Entry) {
        let source = Endpoint(event.natSource, event.natSourcePort ?? entry.source.port)
        if !source.address.isNone, source != entry.source { entry.natSource = source }
        let destination = Endpoint(
            event.natDestination, event.natDestinationPort ?? entry.destination.port)
        if !destination.address.isNone, destination != entry.destination {
            entry.natDestination = destination
        }
        if isEnd {
            if let seconds = event.seconds, seconds < 10_000_000_000 {
                entry.durationMicroseconds = Int64(seconds) * 1_000_000
                entry.known.insert(.duration)
            }
            if let bytes = event.bytes {
                entry.bytes = bytes
                entry.known.insert(.bytes)
            }
            if let answers = event.answers {
                entry.known.insert(.knowsAnswered)
                if answers > 0 { entry.known.insert(.answered) }
            }
        }
        if !entry.time.isKnown, event.first.isKnown {
            // The event that ends a connection carries the time of its beginning.
            entry.time = Instant(
                microseconds: event.first.microseconds + entry.durationMicroseconds)
        }
    }

    private func read(
        _ pairs: FirepowerPairs, _ line: borrowing Line, _ context: inout Context,
        _ event: inout FirepowerEvent, into entry: inout Entry
    ) {
        let key = pairs.key
        let value = pairs.value
        switch line[key.start] {
        case 0x53:
            if line.equals(key, "SrcIP") { event.source = address(line, value, &context, &event) }
            if line.equals(key, "SrcPort") { event.sourcePort = port(line, value, &event) }
        case 0x44:
            if line.equals(key, "DstIP") {
                event.destination = address(line, value, &context, &event)
            }
            if line.equals(key, "DstPort") { event.destinationPort = port(line, value, &event) }
            if line.equals(key, "DeviceUUID") { event.device = value }
        case 0x50:
            if line.equals(key, "Protocol") { entry.ipProtocol = ipProtocolNumber(line, value) }
        case 0x49, 0x45, 0x52:
            readTraffic(key, value, line, &context, &event, into: &entry)
        case 0x41:
            if line.equals(key, "AccessControlRuleAction") { event.action = value }
            if line.equals(key, "AccessControlRuleName") {
                entry.rule = context.names.keep(line, value)
            }
            if line.equals(key, "AccessControlRuleReason") {
                entry.reasonText = context.names.keep(line, value)
            }
        case 0x43:
            if line.equals(key, "ConnectionID"), let id = line.decimal64(value) {
                entry.connectionID = id
                entry.known.insert(.connectionID)
            }
            if line.equals(key, "ConnectionDuration") { event.seconds = line.decimal64(value) }
        case 0x46:
            if line.equals(key, "FirstPacketSecond"),
                let (time, _) = context.clock.readStamp(line, value.start)
            {
                event.first = time
            }
        case 0x4E: readNAT(key, value, line, &context, &event)
        default: break
        }
    }

    private func readTraffic(
        _ key: Field, _ value: Field, _ line: borrowing Line, _ context: inout Context,
        _ event: inout FirepowerEvent, into entry: inout Entry
    ) {
        if line.equals(key, "IngressInterface") {
            entry.interface = context.names.keep(line, value)
        } else if line.equals(key, "EgressInterface") {
            entry.otherInterface = context.names.keep(line, value)
        } else if line.equals(key, "InitiatorBytes") || line.equals(key, "ResponderBytes") {
            // Limit: a hostile line can repeat the key; the sum stops at the type's end.
            guard let bytes = line.decimal64(value) else { return }
            let (sum, isOver) = (event.bytes ?? 0).addingReportingOverflow(bytes)
            event.bytes = isOver ? .max : sum
        } else if line.equals(key, "ResponderPackets") {
            event.answers = line.decimal64(value)
        }
    }

    private func readNAT(
        _ key: Field, _ value: Field, _ line: borrowing Line, _ context: inout Context,
        _ event: inout FirepowerEvent
    ) {
        if line.equals(key, "NAT_InitiatorIP") {
            event.natSource = Address(line, value, &context.names) ?? .none
        } else if line.equals(key, "NAT_ResponderIP") {
            event.natDestination = Address(line, value, &context.names) ?? .none
        } else if line.equals(key, "NAT_InitiatorPort") {
            event.natSourcePort = line.decimal16(value)
        } else if line.equals(key, "NAT_ResponderPort") {
            event.natDestinationPort = line.decimal16(value)
        }
    }

    private func address(
        _ line: borrowing Line, _ value: Field, _ context: inout Context,
        _ event: inout FirepowerEvent
    ) -> Address? {
        let address = Address(line, value, &context.names)
        if address == nil { event.damage = value.end >= line.end ? .cutShort : .badAddress }
        return address
    }

    private func port(
        _ line: borrowing Line, _ value: Field, _ event: inout FirepowerEvent
    ) -> UInt16? {
        let port = line.decimal16(value)
        if port == nil { event.damage = value.end >= line.end ? .cutShort : .badNumber }
        return port
    }
}
