// The words of a netfilter line from `IN=` on: found in one walk, made into numbers afterwards.
//
// Read `Netfilter` first. The walk keeps only where each value stands, so that the values that
// nobody asks for are never read.

import Bytes
import Facts

struct NetfilterFields {
    // Each is empty when its key was not there.
    var inward = Field(0, 0)
    var outward = Field(0, 0)
    var mac = Field(0, 0)
    var macSource = Field(0, 0)
    var macDestination = Field(0, 0)
    var source = Field(0, 0)
    var destination = Field(0, 0)
    var totalLength = Field(0, 0)
    var ttl = Field(0, 0)
    var identification = Field(0, 0)
    var ipProtocol = Field(0, 0)
    var sourcePort = Field(0, 0)
    var destinationPort = Field(0, 0)
    var udpLength = Field(0, 0)
    var sequence = Field(0, 0)
    var acknowledgement = Field(0, 0)
    var window = Field(0, 0)
    var tcpOptions = Field(0, 0)
    var icmpType = Field(0, 0)
    var ipOptionBytes = 0
    var flags: TCPFlags = []
    var isV6 = false
    var isNotIP = false
    var isLaterFragment = false
    /// More fragments follow: the line's lengths are of the fragment, or of the whole.
    var hasMoreFragments = false
    var isIncomplete = false
    /// The packet's words came to their end; otherwise the last number may be half of one.
    var isWhole = false
    /// Whether options would stand there if the packet had any.
    var logsOptions = false
    private var inFlags = false
    private var hasOptions = false
    private var hasExtensions = false

    /// Walks the words from `IN=` to the end of the line.
    mutating func collect(_ line: borrowing Line, _ start: Int) {
        var walk = KeyValueWalk(from: start)
        inward = Field(start + 3, line.endOfWord(start + 3))
        walk.at = inward.end
        if let out = walk.next(line) { outward = out.value }
        while let word = walk.next(line) {
            if line[word.start] == 0x5B {
                // The packet an ICMP error quotes has words of its own.
                walk.at = word.start
                walk.skip(past: 0x5D, line)
            } else if word.isLone {
                takeLone(line, word, &walk)
            } else if ipProtocol.isEmpty {
                takeIP(line, word)
                if word.key == Key.dst { takeUsual(line, &walk) }
            } else {
                takeTransport(word)
            }
        }
    }

    /// Takes what follows the addresses as far as it is as in nearly all lines.
    @inline(__always)
    private mutating func takeUsual(_ line: borrowing Line, _ walk: inout KeyValueWalk) {
        guard let length = walk.take(" LEN=", line) else { return }
        if totalLength.isEmpty { totalLength = length }
        guard walk.take(" TOS=", line) != nil, walk.take(" PREC=", line) != nil,
            let hops = walk.take(" TTL=", line)
        else { return }
        if ttl.isEmpty { ttl = hops }
        guard let number = walk.take(" ID=", line) else { return }
        if identification.isEmpty { identification = number }
        // Not to fragment, which nothing is asked of.
        if line.has(" DF ", at: walk.at) { walk.at += 3 }
        guard let told = walk.take(" PROTO=", line) else { return }
        ipProtocol = told
        guard !told.isEmpty, let from = walk.take(" SPT=", line) else { return }
        if sourcePort.isEmpty { sourcePort = from }
        if let to = walk.take(" DPT=", line), destinationPort.isEmpty { destinationPort = to }
    }

    private mutating func takeIP(_ line: borrowing Line, _ word: KeyValue) {
        switch word.key {
        case Key.mac: mac = word.value
        case Key.macSource: macSource = word.value
        case Key.macDestination: macDestination = word.value
        case Key.src: keep(word, &source)
        case Key.dst: keep(word, &destination)
        case Key.len: keep(word, &totalLength)
        case Key.ttl: keep(word, &ttl)
        case Key.hopLimit:
            ttl = word.value
            isV6 = true
        case Key.id: keep(word, &identification)
        case Key.proto: ipProtocol = word.value
        default: break
        }
    }

    private mutating func takeTransport(_ word: KeyValue) {
        switch word.key {
        case Key.spt: keep(word, &sourcePort)
        case Key.dpt: keep(word, &destinationPort)
        case Key.seq: keep(word, &sequence)
        case Key.ack: keep(word, &acknowledgement)
        case Key.window:
            keep(word, &window)
            // UniFi's lines have no RES=; the flags follow the window at once.
            inFlags = true
        case Key.len:
            keep(word, &udpLength)
            isWhole = true
        case Key.res: inFlags = true
        case Key.type: keep(word, &icmpType)
        case Key.urgp:
            if inFlags { isWhole = true }
            inFlags = false
        default: break
        }
    }

    /// The first counts: what follows the packet's own words is not of the packet.
    private func keep(_ word: KeyValue, _ field: inout Field) {
        if field.isEmpty { field = word.value }
    }

    private mutating func takeLone(
        _ line: borrowing Line, _ word: KeyValue, _ walk: inout KeyValueWalk
    ) {
        if inFlags {
            switch word.key {
            case Key.fin: flags.insert(.fin)
            case Key.syn: flags.insert(.syn)
            case Key.rst: flags.insert(.rst)
            case Key.psh: flags.insert(.psh)
            case Key.ack: flags.insert(.ack)
            case Key.urg: flags.insert(.urg)
            case Key.ece: flags.insert(.ece)
            case Key.cwr: flags.insert(.cwr)
            default: break
            }
            return
        }
        switch word.key {
        case Key.opt: takeOptions(line, &walk)
        case Key.incomplete:
            // In IPv6's fragment header it only says that more follow.
            if ipProtocol.isEmpty { hasMoreFragments = true } else { isIncomplete = true }
        case Key.moreFragments: hasMoreFragments = hasMoreFragments || ipProtocol.isEmpty
        case Key.arp: isNotIP = true
        default:
            if line.has("FRAG:", at: word.start), ipProtocol.isEmpty {
                let digits = Field(word.start + 5, line.endOfDigits(word.start + 5))
                isLaterFragment = line.decimal(digits) ?? 0 > 0
            }
        }
    }

    /// `OPT (0204...)`. IPv6's is another thing: `OPT ( FRAG:8 ID:0000002a )`.
    private mutating func takeOptions(_ line: borrowing Line, _ walk: inout KeyValueWalk) {
        let open = line.skipBlanks(walk.at)
        guard line[open] == 0x28, open < line.end else { return }
        if line[open + 1] == 0x20 {
            hasExtensions = true
            return
        }
        hasOptions = hasOptions || !ipProtocol.isEmpty
        guard let close = line.find(0x29, from: open) else {
            walk.at = line.end
            return
        }
        walk.at = close + 1
        let hex = Field(open + 1, close)
        if ipProtocol.isEmpty {
            ipOptionBytes = hex.count / 2
        } else {
            tcpOptions = hex
        }
    }
}

// MARK: - Values

extension NetfilterFields {
    /// Whether the value that ends at the line's end may be half of one.
    private func isCut(_ line: borrowing Line, _ field: Field) -> Bool {
        field.end == line.end && !isWhole
    }

    /// Fills in what every judgement rests on: interfaces, addresses, ports and flags.
    mutating func fill(
        _ line: borrowing Line, _ context: inout Context, _ entry: inout Entry
    ) -> Damage? {
        setInterfaces(line, &context, &entry)
        if source.isEmpty || destination.isEmpty || isCut(line, destination) { return .cutShort }
        guard let from = Address(line, source, &context.names),
            let to = Address(line, destination, &context.names)
        else { return .badAddress }
        entry.source.address = from
        entry.destination.address = to
        if ipProtocol.isEmpty { return .cutShort }
        guard let number = protocolNumber(line, ipProtocol) else {
            return isCut(line, ipProtocol) ? .cutShort : .badField
        }
        entry.ipProtocol = number
        if isLaterFragment {
            entry.known.insert(.laterFragment)
            return nil
        }
        // The kernel had no more of the packet: `INCOMPLETE [8 bytes]`.
        if isIncomplete { entry.reason = .truncated }
        if number == Entry.tcp || number == Entry.udp || number == 132 || number == 136 {
            if let damage = setPorts(line, &entry) { return damage }
        }
        if !icmpType.isEmpty, !isCut(line, icmpType), let type = line.decimal8(icmpType) {
            entry.noteICMP(type: type)
        }
        if number == Entry.tcp, isWhole, entry.known.contains(.ports) {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        return nil
    }

    /// Calls a blocked packet a fragment, or one with IP options, where its rule says no more than
    /// that it matched: conntrack reassembles before it, and options are no matter of a state.
    func judgeForm(_ entry: inout Entry) {
        guard entry.action == .block, entry.reason == .match else { return }
        if isLaterFragment || hasMoreFragments {
            entry.reason = .fragment
        } else if ipOptionBytes > 0 {
            entry.reason = .ipOption
        }
    }

    private func setInterfaces(
        _ line: borrowing Line, _ context: inout Context, _ entry: inout Entry
    ) {
        if inward.isEmpty {
            entry.direction = outward.isEmpty ? .unknown : .outward
            entry.interface = context.names.keep(line, outward)
        } else {
            entry.direction = .inward
            entry.interface = context.names.keep(line, inward)
            entry.otherInterface = context.names.keep(line, outward)
        }
    }

    private func setPorts(_ line: borrowing Line, _ entry: inout Entry) -> Damage? {
        if sourcePort.isEmpty || destinationPort.isEmpty {
            // SCTP has no ports here.
            return isIncomplete || entry.ipProtocol == 132 ? nil : .cutShort
        }
        if isCut(line, destinationPort) { return .cutShort }
        guard let from = line.decimal16(sourcePort), let to = line.decimal16(destinationPort)
        else { return .badNumber }
        entry.source.port = from
        entry.destination.port = to
        entry.known.insert(.ports)
        return nil
    }

    private func protocolNumber(_ line: borrowing Line, _ field: Field) -> UInt8? {
        if line.equals(field, "TCP") { return Entry.tcp }
        if line.equals(field, "UDP") { return Entry.udp }
        if isDigit(line[field.start]) { return line.decimal8(field) }
        for (name, number) in NetfilterFields.protocols where line.equals(field, name) {
            return number
        }
        return nil
    }

    private static let protocols: [(StaticString, UInt8)] = [
        ("ICMP", 1), ("ICMPv6", 58), ("ESP", 50), ("AH", 51),
        ("UDPLITE", 136), ("SCTP", 132), ("IGMP", 2), ("GRE", 47), ("IPv6", 41), ("OSPF", 89),
    ]

    /// Fills in what only some judgements need.
    func fillRest(_ line: borrowing Line, _ entry: inout Entry) {
        setMACs(line, &entry)
        if !isCut(line, ttl), let hops = line.decimal8(ttl) {
            entry.ttl = hops
            entry.known.insert(.ttl)
        }
        if !isCut(line, identification), let number = line.decimal16(identification) {
            entry.ipID = number
            entry.known.insert(.ipID)
        }
        if entry.ipProtocol == Entry.tcp, entry.known.contains(.ports) {
            fillTCP(line, &entry)
        } else if entry.ipProtocol == Entry.udp {
            setDatagramLength(line, &entry)
        }
    }

    private func setDatagramLength(_ line: borrowing Line, _ entry: inout Entry) {
        guard let length = line.decimal(udpLength), length >= 8, !hasMoreFragments else { return }
        // It is the line's last word: at the line's end the packet's length must bear it out.
        if udpLength.end == line.end {
            let header = UInt32(isV6 ? 40 : 20 + ipOptionBytes)
            guard line.decimal(totalLength) == length + header else { return }
        }
        entry.length = length - 8
        entry.known.insert(.length)
    }

    private func fillTCP(_ line: borrowing Line, _ entry: inout Entry) {
        if !isCut(line, sequence), let number = line.decimal(sequence) {
            entry.sequence = number
            entry.known.insert(.sequence)
        }
        if !isCut(line, acknowledgement), let number = line.decimal(acknowledgement) {
            entry.acknowledgement = number
            entry.known.insert(.acknowledgement)
        }
        if !isCut(line, window), let number = line.decimal16(window) {
            entry.window = UInt32(number)
            entry.known.insert(.window)
        }
        if let options = readOptions(line) {
            entry.options = options
            entry.known.insert(.options)
        }
        setLength(line, &entry)
    }

    /// The payload's length, where the line proves it: the IP header's length is known, the TCP
    /// header's only from its options, or where nothing is left for either.
    private func setLength(_ line: borrowing Line, _ entry: inout Entry) {
        guard isWhole, !hasMoreFragments, !hasExtensions, entry.reason != .truncated,
            let total = line.decimal(totalLength)
        else { return }
        let headers = UInt32((isV6 ? 40 : 20 + ipOptionBytes) + 20)
        guard total == headers || entry.known.contains(.options) else { return }
        let options = UInt32(tcpOptions.count / 2)
        guard total >= headers + options else { return }
        entry.length = total - headers - options
        entry.known.insert(.length)
    }

    /// The kinds of the options; nil when they are not known.
    private func readOptions(_ line: borrowing Line) -> TCPOptions? {
        guard hasOptions else { return logsOptions && isWhole ? [] : nil }
        guard tcpOptions.count > 0, tcpOptions.count % 2 == 0 else { return nil }
        for at in tcpOptions.start..<tcpOptions.end where hexDigit(line[at]) == nil { return nil }
        var all: TCPOptions = []
        var at = tcpOptions.start
        while at < tcpOptions.end {
            let kind = hexByte(line, at)
            var bytes = 1
            all.formUnion(TCPOptions(kind: kind))
            // Behind the end-of-list option stands padding only.
            if kind == 0 { break }
            if kind > 1 {
                guard at + 4 <= tcpOptions.end else { break }
                bytes = max(2, Int(hexByte(line, at + 2)))
            }
            at += 2 * bytes
        }
        return all
    }

    private func hexByte(_ line: borrowing Line, _ at: Int) -> UInt8 {
        (hexDigit(line[at]) ?? 0) << 4 | (hexDigit(line[at + 1]) ?? 0)
    }

    private func setMACs(_ line: borrowing Line, _ entry: inout Entry) {
        if let to = Netfilter.mac(line, macDestination), let from = Netfilter.mac(line, macSource) {
            entry.macDestination = to
            entry.macSource = from
            entry.known.insert(.macs)
            return
        }
        // On a tunnel this is the start of the IP header; only an Ethernet type tells the two apart.
        guard mac.count >= 41, !isCut(line, mac) else { return }
        let type = mac.start + 36
        guard
            line.has("08:00", at: type) || line.has("86:dd", at: type)
                || line.has("81:00", at: type),
            let to = Netfilter.mac(line, Field(mac.start, mac.start + 17)),
            let from = Netfilter.mac(line, Field(mac.start + 18, mac.start + 35))
        else { return }
        entry.macDestination = to
        entry.macSource = from
        entry.known.insert(.macs)
    }
}
