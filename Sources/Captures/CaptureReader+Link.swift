// What stands before the IP header, for each kind of link.
//
// Read first: tcpdump.org's link-layer header types, and the views in `Wire` of the same names.

import Bytes
import Dialects
import Facts
import Wire

extension CaptureReader {
    /// Fills in what a packet says; false when it is not of IP.
    mutating func readLink(
        _ window: RawSpan, _ packet: CapturedPacket, into entry: inout Entry
    ) throws(WireFault) -> Bool {
        let octets = Octets(window, from: packet.start, to: packet.end)
        let length = max(packet.wireLength, octets.count)
        switch interfaces[packet.interface].link {
        case .ethernet: return try readEthernet(octets, length, &entry)
        case .cooked:
            let frame = try LinuxCookedFrame(version1: octets)
            return try readCooked(frame, octets, length, &entry)
        case .cooked2:
            let frame = try LinuxCookedFrame(version2: octets)
            return try readCooked(frame, octets, length, &entry)
        case .loopback:
            let frame = try LoopbackFrame(octets)
            let start = frame.payloadOffset
            return try fillIP(octets.from(start), frame.network, length - start, &entry)
        case .raw: return try fillIP(octets, rawProtocol(octets), length, &entry)
        case .pflog: return try readPFLog(window, packet, octets, length, &entry)
        case .nflog: return try readNFLog(window, packet, octets, &entry)
        case .other: return false
        }
    }

    private func readEthernet(
        _ octets: Octets, _ length: Int, _ entry: inout Entry
    ) throws(WireFault) -> Bool {
        let frame = try EthernetFrame(octets)
        entry.macSource = frame.source
        entry.macDestination = frame.destination
        entry.known.insert(.macs)
        let start = frame.payloadOffset
        return try fillIP(octets.from(start), frame.network, length - start, &entry)
    }

    private mutating func readCooked(
        _ frame: LinuxCookedFrame, _ octets: Octets, _ length: Int,
        _ entry: inout Entry
    ) throws(WireFault) -> Bool {
        if entry.direction == .unknown, let isOutgoing = frame.isOutgoing {
            entry.direction = isOutgoing ? .outward : .inward
        }
        if frame.interfaceIndex > 0 {
            entry.interface = rules.interface(frame.interfaceIndex, &names)
        }
        let start = frame.payloadOffset
        return try fillIP(octets.from(start), frame.network, length - start, &entry)
    }

    func rawProtocol(_ octets: Octets) throws(WireFault) -> NetworkProtocol {
        guard octets.count >= 1 else { throw .cutShort }
        switch octets[0] >> 4 {
        case 4: return .ipv4
        case 6: return .ipv6
        default: throw .badVersion
        }
    }

    private mutating func readPFLog(
        _ window: RawSpan, _ packet: CapturedPacket, _ octets: Octets,
        _ length: Int, _ entry: inout Entry
    ) throws(WireFault) -> Bool {
        let header = try PFLogHeader(octets)
        rules.fill(header, window, packet.start, &names, &entry)
        entry.action =
            switch header.action {
            case 0: .pass
            // PF_DROP and PF_SYNPROXY_DROP; the others are no verdicts on a packet.
            case 1, 10: .block
            default: .note
            }
        entry.reason = Reason(pf: header.reason)
        // pf logs the rule's action: `pass` for a packet that a limit dropped behind it.
        if entry.action == .pass, entry.reason != .match, entry.reason != .unknown {
            entry.action = .block
        }
        switch header.direction {
        case 1: entry.direction = .inward
        case 2: entry.direction = .outward
        default: break
        }
        let start = header.payloadOffset
        return try fillIP(octets.from(start), header.network, length - start, &entry)
    }

    private mutating func readNFLog(
        _ window: RawSpan, _ packet: CapturedPacket, _ octets: Octets,
        _ entry: inout Entry
    ) throws(WireFault) -> Bool {
        let message = try NFLogMessage(octets, bigEndian: bigEndian)
        setInterfaces(message, &entry)
        let link = message.linkHeader
        if link.count == 14 || link.count == 18 {
            let frame = try EthernetFrame(octets.from(link.start))
            entry.macSource = frame.source
            entry.macDestination = frame.destination
            entry.known.insert(.macs)
        }
        // Messages of conntrack and of ARP rules have no packet.
        guard !message.payload.isEmpty else { return false }
        // Of a bridge's family the payload begins with the same header.
        let payload = octets.first(message.payload.end).from(message.payload.start)
        let network = NetworkProtocol(family: UInt32(octets[0]))
        let isIP = try fillIP(
            payload, octets[0] == 7 ? rawProtocol(payload) : network, payload.count, &entry)
        guard isIP, !message.prefix.isEmpty else { return isIP }
        entry.action = .note
        let line = Line(window, from: packet.start, to: packet.end)
        let prefix = Field(
            packet.start + message.prefix.start, packet.start + message.prefix.end)
        Netfilter.judge(line, prefix, &names, &entry)
        // A prefix that tells no more than a rule's name: the packet was seen there.
        if entry.action == .note, entry.reason == .match { entry.action = .seen }
        return true
    }

    /// As netfilter's own lines have it: the way in, and the way out only where there is none.
    private mutating func setInterfaces(_ message: NFLogMessage, _ entry: inout Entry) {
        if message.indexIn > 0 {
            entry.direction = .inward
            entry.interface = rules.interface(message.indexIn, &names)
            if message.indexOut > 0 {
                entry.otherInterface = rules.interface(message.indexOut, &names)
            }
        } else if message.indexOut > 0 {
            entry.direction = .outward
            entry.interface = rules.interface(message.indexOut, &names)
        } else if let hook = message.hook {
            entry.direction = hook <= 2 ? .inward : .outward
        }
    }
}

extension Damage {
    init(_ fault: WireFault) {
        self =
            switch fault {
            case .cutShort: .cutShort
            case .badLength: .badLength
            case .badVersion, .tooDeep: .badField
            }
    }
}

extension Reason {
    /// By PFRES_* of FreeBSD sys/netpfil/pf/pf.h and OpenBSD sys/net/pfvar.h: they agree up to 14;
    /// 15 is map-failed and translate, which are the same to us.
    init(pf number: UInt8) {
        self =
            switch number {
            case 0: .match
            case 1: .badOffset
            case 2: .fragment
            case 3: .short
            case 4: .normalize
            case 5: .memory
            case 6: .badTimestamp
            case 7: .congestion
            case 8: .ipOption
            case 9: .badChecksum
            case 10: .stateMismatch
            case 11: .stateInsert
            case 12: .stateLimit
            case 13: .sourceLimit
            case 14: .synproxy
            case 15: .mapFailed
            default: .unknown
            }
    }
}
