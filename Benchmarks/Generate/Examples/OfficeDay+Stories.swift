// What happens to connections at the office.

extension OfficeDay {
    /// Forty people browse. Of some connections an end says good-bye after pf forgot them: 90 to
    /// 100 seconds after the close that pf did see.
    mutating func addBrowsing() {
        for index in 0..<40 {
            for turn in 0..<12 {
                let server = random.pick(Self.webServers)
                let syn = open(client(index), server, random.pick([443, 443, 443, 80, 993]))
                let start = officeHour()
                add(start, syn)
                if turn == 0 { addClientLateClose(syn, start) }
                if turn == 1, index % 2 == 0 { addServerLateClose(syn, start) }
            }
        }
    }

    /// The server's reset never reached the client, which closes minutes later.
    private mutating func addClientLateClose(_ syn: Packet, _ start: Moment) {
        let first = start + seconds(Double(random.between(130, 420)))
        let sent = UInt32(random.between(600, 9_000))
        if random.chance(30) {
            add(first, later(syn, flags: Flags.rst | Flags.ack, sent: sent))
            return
        }
        let packet = later(syn, flags: Flags.fin | Flags.ack, sent: sent)
        for time in retransmissions(of: first, count: random.between(1, 5)) { add(time, packet) }
    }

    /// The client's reset never reached the server, whose keep-alive ends after two minutes: the
    /// farewell of TLS, the FIN, then both in one segment again and again (RFC 8446 §6.1).
    private mutating func addServerLateClose(_ syn: Packet, _ start: Moment) {
        let first = start + seconds(Double(random.between(125, 190)))
        var packet = Packet(
            source: syn.destination, destination: Self.publicAddress,
            sourcePort: syn.destinationPort,
            // NAT gives a port of its own.
            destinationPort: UInt16(random.between(1024, 65535)), flags: Flags.psh | Flags.ack,
            length: 24, sequence: random.word(), acknowledgement: random.word(), window: 501,
            ttl: UInt8(random.between(48, 57)), options: .timestamps)
        add(first, packet)
        var fin = packet
        fin.flags = Flags.fin | Flags.ack
        fin.sequence = packet.sequence &+ 24
        fin.length = 0
        add(first + 90, fin)
        packet.flags |= Flags.fin
        for time in retransmissions(of: first, count: 5).dropFirst() { add(time, packet) }
    }

    /// The application server's six connections to the database across the firewall are last
    /// used at 17:25 and again at 18:02 the day after; pf keeps an idle state for 24 hours.
    mutating func addDatabasePool() {
        for index in 0..<6 {
            var syn = open(address(10, 10, 0, 20), address(10, 20, 0, 5), 5432)
            syn.sourcePort = UInt16(41_000 + index * 17)
            add(clock(17, 5 + index, 11, day: 0), syn)
            let first = clock(18, 2, 3) + index * 700_000
            var packet = later(syn, flags: Flags.psh | Flags.ack, sent: 48_210)
            packet.length = 96
            for time in retransmissions(of: first, count: 7) { add(time, packet) }
            packet.flags = Flags.rst | Flags.ack
            packet.sequence &+= 96
            packet.length = 0
            add(first + seconds(60), packet)
            // The pool connects anew, and all is well.
            add(first + seconds(60.2), open(syn.source, syn.destination, 5432))
        }
    }

    /// The branch, 10.50.0.0/24, lies behind a second router on the LAN, 10.10.0.2, by a static
    /// route of the firewall. That router delivers to the LAN directly.
    mutating func addBranchAsymmetry() {
        // The branch calls the office: the SYN comes by the router, the answer goes to the
        // firewall, which never saw the SYN. Not one of these connections ever works.
        for call in 0..<14 {
            let server = call % 3 == 0 ? address(10, 10, 0, 11) : address(10, 10, 0, 10)
            var packet = Packet(
                source: server, destination: address(10, 50, 0, random.between(20, 39)),
                sourcePort: call % 3 == 0 ? 9100 : 445, destinationPort: random.clientPort(),
                flags: Flags.syn | Flags.ack, sequence: random.word(),
                acknowledgement: random.word(), window: 65160, ttl: 64, options: .linuxSYN,
                interface: Self.lan)
            packet.window = 65160
            for time in handshakeRepeats(of: officeHour()) { add(time, packet) }
        }
        // The office calls the branch: the firewall sees the SYN and no answer, and removes the
        // half-open state after 30 seconds. Until then it works.
        for _ in 0..<8 {
            let syn = open(client(random.below(40)), address(10, 50, 0, 8), 443)
            let start = officeHour()
            add(start, syn)
            let first = start + seconds(Double(random.between(41, 75)))
            var packet = later(syn, flags: Flags.psh | Flags.ack, sent: 1_840)
            packet.length = 217
            for time in retransmissions(of: first, count: 6) { add(time, packet) }
            // The program gives up with data unacknowledged: an abort, no FIN.
            add(first + seconds(21), later(syn, flags: Flags.rst | Flags.ack, sent: 2_057))
        }
    }

    /// nmap -sA from one host at lunch time: 70 ports, one acknowledgement number.
    mutating func addScan() {
        let pattern = random.word()
        var time = clock(12, 14, 9)
        for _ in 0..<70 {
            let packet = Packet(
                source: address(192, 0, 2, 66), destination: Self.publicAddress,
                sourcePort: 54871, destinationPort: UInt16(random.between(1, 9999)),
                flags: Flags.ack, sequence: 0, acknowledgement: pattern, window: 1024,
                ttl: UInt8(random.between(30, 51)), dontFragment: false)
            add(time, packet)
            time += random.between(20_000, 400_000)
        }
    }

    /// Two hosts under attack answer SYNs that were sent in our name.
    mutating func addBackscatter() {
        let victims: [(UInt32, UInt16, Moment)] = [
            (address(192, 0, 2, 80), 80, clock(3, 41)),
            (address(192, 0, 2, 25), 25565, clock(15, 7)),
        ]
        for (victim, port, start) in victims {
            for _ in 0..<6 {
                let packet = Packet(
                    source: victim, destination: Self.publicAddress, sourcePort: port,
                    destinationPort: UInt16(random.between(1024, 65535)),
                    flags: Flags.syn | Flags.ack, sequence: random.word(),
                    acknowledgement: random.word(), window: 64240, ttl: 52, options: .mssOnly)
                let first = start + random.below(200_000_000)
                for time in handshakeRepeats(of: first) { add(time, packet) }
            }
        }
    }

    /// Two packets that no stack sends. They are logged because scrubbing is switched off here;
    /// pf otherwise drops them without a line.
    mutating func addSpoofed() {
        var packet = Packet(
            source: address(10, 99, 7, 1), destination: Self.publicAddress, sourcePort: 0,
            destinationPort: 0, flags: Flags.syn | Flags.fin | Flags.psh | Flags.urg,
            sequence: 0, window: 0, ttl: 243, dontFragment: false)
        add(clock(5, 12, 44), packet)
        packet.source = address(192, 0, 2, 199)
        packet.sourcePort = 31337
        packet.destinationPort = 53
        packet.flags = Flags.syn | Flags.rst
        packet.ttl = 3
        add(clock(14, 33, 2), packet)
    }
}
