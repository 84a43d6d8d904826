// The strays of the benchmark log: packets of connections that the firewall no longer knows, or
// never knew, each kind with the flags, numbers and clocks that its cause has in the field.

extension BenchmarkLog {
    /// Puts one story of some strays into the queue.
    mutating func addStrays() {
        switch random.below(100) {
        case 0..<40: addLateServer()
        case 40..<55: addBackscatter()
        case 55..<65: addIdleClient()
        case 65..<75: addWokenClient()
        case 75..<82: addScan()
        case 82..<90: addOneSided()
        default: addResets()
        }
    }

    private mutating func schedule(_ packet: Packet, at time: UInt64, repeats: Int, gap: UInt64) {
        var event = Event(packet: packet)
        event.packet.ipID = UInt16(truncatingIfNeeded: random.word())
        event.repeats = UInt8(repeats)
        event.gapMicroseconds = gap
        queue.push(event, at: time)
        straysMade += 1 + repeats
    }

    private mutating func soon() -> UInt64 { now + UInt64(random.below(2_000_000)) }

    /// The first gap of a retransmission: the round trip and the 200 ms Linux adds to it.
    private mutating func firstGap() -> UInt64 { UInt64(random.between(210_000, 320_000)) }

    /// The client of a passed connection sends its last FIN, or aborts, after the firewall has
    /// forgotten the connection: pf does so 90 to 100 seconds after the close.
    mutating func addLateClose(of syn: Packet) {
        var packet = syn
        packet.verdict = .defaultDeny
        packet.sequence = syn.sequence &+ UInt32(random.between(400, 90_000))
        packet.acknowledgement = random.word()
        packet.window = UInt16(random.between(300, 1026))
        packet.options = .timestamps
        let life = UInt64(random.between(2, 120)) * 1_000_000
        let memory = UInt64(random.between(100, 180)) * 1_000_000
        if random.chance(70) {
            packet.flags = Flags.fin | Flags.ack
            let time = now + life + memory
            schedule(packet, at: time, repeats: random.between(0, 6), gap: firstGap())
        } else {
            packet.flags = Flags.rst | Flags.ack
            schedule(packet, at: now + life + memory, repeats: 0, gap: 0)
        }
    }

    /// A web server repeats its FIN to a client that is gone.
    private mutating func addLateServer() {
        var packet = Packet(
            source: internetAddress(&random), destination: ownAddress(),
            sourcePort: random.pick([443, 443, 443, 80]), destinationPort: random.clientPort(),
            flags: Flags.fin | Flags.ack, sequence: random.word(),
            acknowledgement: random.word(), window: UInt16(random.between(220, 1026)),
            ttl: UInt8(random.between(42, 60)))
        packet.options = .timestamps
        if random.chance(20) {
            packet.flags |= Flags.psh
            packet.length = UInt16(random.pick([24, 31, 39]))
        }
        schedule(packet, at: soon(), repeats: random.between(0, 7), gap: firstGap())
    }

    /// A client speaks again after longer than its state lived, then gives up.
    private mutating func addIdleClient() {
        var packet = Packet(
            source: client(), destination: address(10, 30, 0, random.between(5, 60)),
            sourcePort: random.clientPort(), destinationPort: random.pick([5432, 3306, 1433, 22]),
            flags: Flags.psh | Flags.ack, length: UInt16(random.between(20, 400)),
            sequence: random.word(), acknowledgement: random.word(), window: 501, ttl: 64,
            options: .timestamps, interface: Self.lan)
        let start = soon()
        schedule(packet, at: start, repeats: 6, gap: firstGap())
        packet.sequence &+= UInt32(packet.length)
        packet.length = 0
        packet.flags = Flags.rst | Flags.ack
        schedule(packet, at: start + 60_000_000, repeats: 0, gap: 0)
    }

    /// A laptop wakes and closes, within a second, all that it had open when it fell asleep.
    private mutating func addWokenClient() {
        let source = client()
        let start = soon()
        for _ in 0..<random.between(2, 8) {
            let packet = Packet(
                source: source, destination: internetAddress(&random),
                sourcePort: random.clientPort(), destinationPort: 443,
                flags: Flags.fin | Flags.ack, sequence: random.word(),
                acknowledgement: random.word(), window: 2048, ttl: 64, options: .timestamps,
                interface: Self.lan)
            let time = start + UInt64(random.below(900_000))
            schedule(packet, at: time, repeats: random.between(1, 4), gap: firstGap())
        }
    }

    /// nmap -sA: one ACK to each of many ports, all with one acknowledgement number.
    private mutating func addScan() {
        let source = internetAddress(&random)
        let target = ownAddress()
        let port = random.clientPort()
        let pattern = random.word()
        var time = soon()
        for _ in 0..<random.between(12, 60) {
            let packet = Packet(
                source: source, destination: target, sourcePort: port,
                destinationPort: UInt16(random.between(1, 9999)), flags: Flags.ack, sequence: 0,
                acknowledgement: pattern, window: 1024, ttl: UInt8(random.between(30, 50)),
                dontFragment: false)
            schedule(packet, at: time, repeats: 0, gap: 0)
            time += UInt64(random.between(2_000, 400_000))
        }
    }

    /// SYN/ACKs of a flooded server whose attacker forged our addresses.
    private mutating func addBackscatter() {
        let victim = internetAddress(&random)
        let port: UInt16 = random.pick([80, 443, 25565, 22])
        let ttl = UInt8(random.between(40, 58))
        for _ in 0..<random.between(1, 6) {
            let packet = Packet(
                source: victim, destination: ownAddress(), sourcePort: port,
                destinationPort: UInt16(random.between(1024, 65535)),
                flags: Flags.syn | Flags.ack, sequence: random.word(),
                acknowledgement: random.word(), window: 64240, ttl: ttl, options: .mssOnly)
            schedule(packet, at: soon(), repeats: 5, gap: 1_000_000)
        }
    }

    /// Two networks whose way back avoids the firewall: only the clients' half is seen.
    private mutating func addOneSided() {
        let source = client()
        let start = soon()
        var packet = Packet(
            source: source, destination: address(10, 40, 0, random.between(2, 90)),
            sourcePort: random.clientPort(), destinationPort: random.pick([445, 3389, 9100, 443]),
            flags: Flags.ack, sequence: random.word(), acknowledgement: random.word(),
            window: 1026, ttl: 128, interface: Self.lan)
        schedule(packet, at: start, repeats: 0, gap: 0)
        packet.flags |= Flags.psh
        packet.length = UInt16(random.between(60, 500))
        schedule(packet, at: start + 40_000, repeats: 5, gap: 300_000)
    }

    /// Hosts without a socket for what reached them, and aborts.
    private mutating func addResets() {
        let answers = random.chance(50)
        let packet = Packet(
            source: internetAddress(&random), destination: ownAddress(),
            sourcePort: random.pick([443, 80, 22, 6881]), destinationPort: random.clientPort(),
            flags: answers ? Flags.rst : Flags.rst | Flags.ack, sequence: random.word(),
            acknowledgement: answers ? 0 : random.word(),
            window: answers ? 0 : UInt16(random.between(200, 1026)),
            ttl: UInt8(random.between(42, 60)))
        schedule(packet, at: soon(), repeats: 0, gap: 0)
    }
}
