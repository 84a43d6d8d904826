// The keys of a Forcepoint record, gathered in one walk, and the entry made from them.
//
// Read first: CommonEvent.swift. CEF and LEEF name the same things differently, and the operator can
// add fields under their export names, so one table takes all of them.

import Bytes
import Facts

struct ForcepointRecord {
    let event: Field
    var message = Field(0, 0)
    private var action = Field(0, 0)
    private var source = Field(0, 0)
    private var destination = Field(0, 0)
    private var sourcePort = Field(0, 0)
    private var destinationPort = Field(0, 0)
    private var ipProtocol = Field(0, 0)
    private var natSource = Field(0, 0)
    private var natDestination = Field(0, 0)
    private var natSourcePort = Field(0, 0)
    private var natDestinationPort = Field(0, 0)
    private var inbound = Field(0, 0)
    private var outbound = Field(0, 0)
    private var node = Field(0, 0)
    private var host = Field(0, 0)
    private var time = Field(0, 0)
    private var bytesIn = Field(0, 0)
    private var bytesOut = Field(0, 0)
    private var elapsed = Field(0, 0)
    private var rule = Field(0, 0)
    /// CEF's numbered strings and which of them its label calls the rule.
    private var strings: [7 of Field] = .init(repeating: Field(0, 0))
    private var ruleString = 0

    init(event: Field) { self.event = event }

    mutating func take(_ key: Field, _ value: Field, _ line: borrowing Line) {
        guard !value.isEmpty else { return }
        switch key.count {
        case 2, 3: takeShort(key, value, line)
        case 4, 5, 6, 7: takeMiddle(key, value, line)
        default: takeLong(key, value, line)
        }
    }

    private mutating func takeShort(_ key: Field, _ value: Field, _ line: borrowing Line) {
        if line.equals(key, "src") || line.equals(key, "SRC") { source = value }
        if line.equals(key, "dst") || line.equals(key, "DST") { destination = value }
        if line.equals(key, "spt") { sourcePort = value }
        if line.equals(key, "dpt") { destinationPort = value }
        if line.equals(key, "act") { action = value }
        if line.equals(key, "msg") { message = value }
        if line.equals(key, "dvc"), host.isEmpty { host = value }
        if line.equals(key, "rt") { time = value }
        if line.equals(key, "in") { bytesIn = value }
        if line.equals(key, "out") { bytesOut = value }
        if line.has("cs", at: key.start), let index = stringIndex(line, key) {
            strings[index] = value
        }
    }

    private mutating func takeMiddle(_ key: Field, _ value: Field, _ line: borrowing Line) {
        if line.equals(key, "proto") { ipProtocol = value }
        if line.equals(key, "action") || line.equals(key, "ACTION") { action = value }
        if line.equals(key, "sender") || line.equals(key, "NODE_ID") { node = value }
        if line.equals(key, "devTime") { time = value }
        if line.equals(key, "srcPort") || line.equals(key, "Sport") { sourcePort = value }
        if line.equals(key, "dstPort") || line.equals(key, "Dport") { destinationPort = value }
        if line.equals(key, "dvchost") { host = value }
        if line.equals(key, "SRC_IF") { inbound = value }
        if line.equals(key, "DST_IF") { outbound = value }
        if line.equals(key, "RULE_ID") || line.equals(key, "RuleID") { rule = value }
    }

    private mutating func takeLong(_ key: Field, _ value: Field, _ line: borrowing Line) {
        switch line[key.start] {
        case 0x63:
            guard key.count == 8, line.has("Label", at: key.start + 3),
                let index = stringIndex(line, Field(key.start, key.start + 3)),
                line.equalsIgnoringCase(value, "RuleID")
            else { return }
            ruleString = index
        case 0x64:
            if line.equals(key, "deviceExternalId") { node = value }
            if line.equals(key, "deviceInboundInterface") { inbound = value }
            if line.equals(key, "deviceOutboundInterface") { outbound = value }
            if line.equals(key, "destinationTranslatedAddress") { natDestination = value }
            if line.equals(key, "destinationTranslatedPort") { natDestinationPort = value }
            if line.equals(key, "dstPostNAT") { natDestination = value }
            if line.equals(key, "dstPostNATPort") { natDestinationPort = value }
            if line.equals(key, "dstBytes") { bytesIn = value }
        case 0x73:
            if line.equals(key, "sourceTranslatedAddress") { natSource = value }
            if line.equals(key, "sourceTranslatedPort") { natSourcePort = value }
            if line.equals(key, "srcPostNAT") { natSource = value }
            if line.equals(key, "srcPostNATPort") { natSourcePort = value }
            if line.equals(key, "srcBytes") { bytesOut = value }
        case 0x41:
            if line.equals(key, "ACC_RX_BYTES") { bytesIn = value }
            if line.equals(key, "ACC_TX_BYTES") { bytesOut = value }
            if line.equals(key, "ACC_ELAPSED") { elapsed = value }
        case 0x49:
            if line.equals(key, "INFO_MSG") { message = value }
        default: break
        }
    }

    /// The N of `csN`.
    private func stringIndex(_ line: borrowing Line, _ key: Field) -> Int? {
        guard key.count == 3, line.has("cs", at: key.start) else { return nil }
        let number = Int(line[key.start + 2] &- 0x30)
        return (1...6).contains(number) ? number : nil
    }
}

extension ForcepointRecord {
    /// What the engine did; nil for a record of no packet and no connection.
    func verdict(_ line: borrowing Line) -> Action? {
        // A passive action is what would have been done.
        let isPassive =
            line.findIgnoringCase("passive", in: action) != nil
            || line.findIgnoringCase("failed", in: action) != nil
        let isAllowed =
            line.findIgnoringCase("allow", in: action) != nil
            || line.findIgnoringCase("permit", in: action) != nil
        if has("discard", line, event) || has("refused", line, event)
            || has("terminate", line, event)
        {
            return isPassive ? .note : .block
        }
        if has("connection_allowed", line, event) || has("new-connection", line, event)
            || has("related-connection", line, event)
        {
            return .open
        }
        if has("connection_closed", line, event) || has("connection-closed", line, event) {
            return .close
        }
        if has("connection_progress", line, event) { return .update }
        if has("tcp_segment-invalid", line, event) {
            return isPassive || isAllowed ? .note : .block
        }
        let isRefused =
            has("discard", line, action) || has("refuse", line, action)
            || has("terminate", line, action)
        guard isRefused, !source.isEmpty, !destination.isEmpty else { return nil }
        return isPassive ? .note : .block
    }

    private func has(_ text: StaticString, _ line: borrowing Line, _ field: Field) -> Bool {
        line.findIgnoringCase(text, in: field) != nil
    }

    /// Fills in everything but the reason.
    func fill(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Damage? {
        guard !source.isEmpty, !destination.isEmpty, !ipProtocol.isEmpty else { return .cutShort }
        let number = ipProtocolNumber(line, ipProtocol)
        guard number != 255 else { return .badNumber }
        guard let from = Address(line, source, &context.names),
            let to = Address(line, destination, &context.names)
        else { return .badAddress }
        entry.ipProtocol = number
        entry.source = Endpoint(from, 0)
        entry.destination = Endpoint(to, 0)
        if (number == 6 || number == 17) && isWithoutPorts(entry.action) {
            entry.known.insert(.laterFragment)
        } else if number == 6 || number == 17 || number == 132 {
            guard !sourcePort.isEmpty, !destinationPort.isEmpty else { return .cutShort }
            guard let first = line.decimal16(sourcePort),
                let second = line.decimal16(destinationPort)
            else { return .badNumber }
            entry.source.port = first
            entry.destination.port = second
            entry.known.insert(.ports)
        }
        fillTranslation(line, &context.names, into: &entry)
        fillNames(line, &context, into: &entry)
        return nil
    }

    /// A later fragment has no ports. A line that was cut before them lacks what stands behind
    /// them: what was done, and when.
    private func isWithoutPorts(_ action: Action) -> Bool {
        sourcePort.isEmpty && destinationPort.isEmpty && (action == .block || action == .note)
            && !self.action.isEmpty && !time.isEmpty
    }

    private func fillTranslation(
        _ line: borrowing Line, _ names: inout Names, into entry: inout Entry
    ) {
        let from = Address(line, natSource, &names) ?? entry.source.address
        let to = Address(line, natDestination, &names) ?? entry.destination.address
        let first = Endpoint(from, line.decimal16(natSourcePort) ?? entry.source.port)
        let second = Endpoint(to, line.decimal16(natDestinationPort) ?? entry.destination.port)
        if first != entry.source { entry.natSource = first }
        if second != entry.destination { entry.natDestination = second }
    }

    private func fillNames(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) {
        entry.interface = context.names.keep(line, inbound)
        entry.otherInterface = context.names.keep(line, outbound)
        if !inbound.isEmpty { entry.direction = .inward }
        entry.rule = context.names.keep(line, ruleString > 0 ? strings[ruleString] : rule)
        entry.node = context.names.keep(line, node.isEmpty ? host : node)
        if !entry.time.isKnown, let found = readTime(line, &context.clock) { entry.time = found }
        let received = line.decimal64(bytesIn)
        let sent = line.decimal64(bytesOut)
        if received != nil || sent != nil {
            // Limit: sums past 2^64 are damage; they stop there.
            let (sum, isOver) = (received ?? 0).addingReportingOverflow(sent ?? 0)
            entry.bytes = isOver ? .max : sum
            entry.known.insert(.bytes)
        }
        if let seconds = line.decimal(elapsed) {
            entry.durationMicroseconds = Int64(seconds) * 1_000_000
            entry.known.insert(.duration)
        }
    }

    /// `Sep 14 2021 14:12:51` in the Log Server's zone, or milliseconds since 1970.
    private func readTime(_ line: borrowing Line, _ clock: inout Clock) -> Instant? {
        guard !time.isEmpty else { return nil }
        if time.count >= 12, time.count <= 14, let number = line.decimal64(time) {
            return Instant(microseconds: Int64(number) * 1000)
        }
        return clock.readStamp(line, time.start)?.0
    }
}
