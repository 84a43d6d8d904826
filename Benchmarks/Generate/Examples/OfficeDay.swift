// office-day.log: from one evening to the next at an office behind pfSense. What happens in it is
// told, with the truth of each story, in Examples/README.md; the stories are in `OfficeDay+…`.

import Bytes

struct OfficeDay {
    var random = SplitMix64(seed: 20_261_119)
    var log = Timeline()

    static let wan: UInt8 = 0
    static let lan: UInt8 = 1
    static let site = FilterlogSite(
        program: " fw1.office.example filterlog 72237 - - ", interfaces: ["igb0", "igb1"])
    static let publicAddress = address(198, 51, 100, 2)
    /// Where the office's people go.
    static let webServers = (10...25).map { address(203, 0, 113, $0) }

    static func make() -> [UInt8] {
        var day = OfficeDay()
        day.addBrowsing()
        day.addDatabasePool()
        day.addBranchAsymmetry()
        day.addScan()
        day.addBackscatter()
        day.addSpoofed()
        day.addNoise()
        day.addOtherProtocols()
        day.addOtherPrograms()
        return day.log.bytes
    }

    mutating func add(_ time: Moment, _ packet: Packet) {
        var packet = packet
        packet.ipID = UInt16(truncatingIfNeeded: random.word())
        var writer = ByteWriter(capacity: 256)
        writer.put("<134>1 ")
        writer.put(isoStamp(time))
        writer.put(Self.site.program)
        writer.putFilterlog(packet, Self.site)
        log.add(time, String(writer.text.dropLast()))
    }

    /// A line whose CSV is written out.
    mutating func add(_ time: Moment, csv: String) {
        log.add(time, "<134>1 \(isoStamp(time))\(Self.site.program)\(csv)")
    }

    /// A moment of the working day, most of them before noon and after lunch.
    mutating func officeHour() -> Moment {
        clock(random.pick([8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16]), random.below(60))
            + random.below(60_000_000)
    }

    func client(_ index: Int) -> UInt32 { address(10, 10, 0, 100 + index) }

    /// The SYN that opens a connection from the LAN; its rule logs.
    mutating func open(_ client: UInt32, _ server: UInt32, _ port: UInt16) -> Packet {
        var packet = Packet(
            source: client, destination: server, sourcePort: random.clientPort(),
            destinationPort: port, flags: Flags.syn, sequence: random.word(), window: 64240,
            ttl: 64)
        packet.options = .linuxSYN
        packet.verdict = .passLAN
        packet.interface = Self.lan
        return packet
    }

    /// A later packet of the connection that `syn` opened, refused.
    mutating func later(_ syn: Packet, flags: UInt8, sent: UInt32) -> Packet {
        var packet = syn
        packet.verdict = .defaultDeny
        packet.flags = flags
        packet.sequence = syn.sequence &+ 1 &+ sent
        packet.acknowledgement = random.word()
        packet.window = 501
        packet.options = .timestamps
        return packet
    }
}
