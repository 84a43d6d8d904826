// ufw-home-server.log: a day of a small server at home, from its kernel log.

struct UFWHomeServer {
    private var random = SplitMix64(seed: 2209)
    private var log = Timeline()

    static func make() -> [UInt8] {
        var server = UFWHomeServer()
        server.addLatePackets()
        server.addMirrorCloses()
        server.addOutOfWindow()
        server.addScan()
        server.addNoise()
        server.addOtherLines()
        return server.log.bytes
    }

    private mutating func kernel(_ time: Moment, _ line: NetfilterLine) {
        log.add(time, "\(isoStamp(time)) home kernel: \(line.text)")
    }

    private mutating func packet(
        from: String, _ fromPort: Int, toPort: Int, _ flags: String
    ) -> NetfilterLine {
        var line = NetfilterLine(
            prefix: "[UFW BLOCK] ", input: "enp3s0", source: from, destination: "192.168.1.10",
            sourcePort: fromPort, destinationPort: toPort, flags: flags)
        line.id = random.between(1, 65535)
        line.ttl = random.between(44, 58)
        // Only what conntrack itself writes shows them; UFW's rules do not ask for them.
        line.numbers = (random.word(), random.word())
        return line
    }

    /// What conntrack says, then UFW's two rules: one packet, three lines within 60 µs.
    private mutating func invalid(_ time: Moment, _ line: NetfilterLine, _ reason: String) {
        var line = line
        line.id = random.between(1, 65535)
        line.prefix = "nf_ct_proto_6: \(reason) "
        kernel(time, line)
        line.numbers = nil
        line.prefix = "[UFW AUDIT INVALID] "
        kernel(time + 31, line)
        line.prefix = "[UFW BLOCK] "
        kernel(time + 52, line)
    }

    /// Visitors' phones say good-bye long after: nf_conntrack keeps a closed connection 120 s.
    private mutating func addLatePackets() {
        for index in 0..<30 {
            let from = "203.0.113.\(random.between(20, 90))"
            let port = Int(random.clientPort())
            let start = clock(7, 0) + random.below(14 * 3_600_000_000)
            if index % 3 == 0 {
                invalid(start, packet(from: from, port, toPort: 443, "RST"), "invalid new")
                continue
            }
            let fin = packet(from: from, port, toPort: 443, "ACK FIN")
            for time in retransmissions(of: start, count: random.between(1, 4)) {
                invalid(time, fin, "invalid new")
            }
        }
    }

    /// The server fetches its updates; the mirror's FIN comes again when all is closed here.
    private mutating func addMirrorCloses() {
        for _ in 0..<8 {
            let port = random.between(32768, 60999)
            let start = clock(6, 25) + random.below(600_000_000)
            let fin = packet(from: "192.0.2.40", 80, toPort: port, "ACK FIN")
            for time in retransmissions(of: start, count: 3) { invalid(time, fin, "invalid new") }
        }
    }

    /// One download whose packets arrive beyond the window that conntrack knows.
    private mutating func addOutOfWindow() {
        let first = packet(from: "198.51.100.77", 443, toPort: 42_118, "ACK PSH")
        for index in 0..<6 {
            var line = first
            line.id += index
            line.length = 1500
            line.numbers = (3_105_884_201 &+ UInt32(index * 1448), 99_183_201)
            line.prefix = "nf_ct_proto_6: SEQ is over upper bound 3105818666 "
            line.prefix += "(over the window of the receiver) "
            let time = clock(20, 14, 5) + index * 1_900
            kernel(time, line)
            line.numbers = nil
            line.prefix = "[UFW BLOCK] "
            kernel(time + 40, line)
        }
    }

    /// nmap -sX, from port to port: FIN, PSH and URG, window 1024, no answer wanted.
    private mutating func addScan() {
        var time = clock(4, 4, 4)
        let pattern = random.word()
        for _ in 0..<60 {
            let port = random.between(1, 9999)
            var line = packet(from: "192.0.2.211", 61_023, toPort: port, "URG PSH FIN")
            line.window = 1024
            line.numbers = (pattern, 0)
            line.ttl = random.between(30, 50)
            invalid(time, line, "invalid tcp flag combination")
            time += random.between(30_000, 300_000)
        }
    }

    private mutating func addNoise() {
        for _ in 0..<240 {
            var line = packet(
                from: "203.0.113.\(random.between(100, 250))", Int(random.clientPort()),
                toPort: random.pick([23, 445, 3306, 5555, 8080, 8443, 2375]), "SYN")
            line.numbers = nil
            line.window = random.pick([1024, 65535, 14600])
            line.length = 44
            kernel(clock(0, 10) + random.below(23 * 3_600_000_000), line)
        }
    }

    private mutating func addOtherLines() {
        for hour in 0..<24 {
            let time = clock(hour, 17, 1)
            log.add(
                time,
                "\(isoStamp(time)) home CRON[\(2100 + hour)]: (root) CMD (   cd / && run-parts "
                    + "--report /etc/cron.hourly)")
            // A media player looks for its friends.
            log.add(
                time + 900,
                "\(isoStamp(time + 900)) home kernel: [UFW BLOCK] IN=enp3s0 OUT= "
                    + "MAC=01:00:5e:7f:ff:fa:00:00:5e:00:53:09:08:00 SRC=192.168.1.31 "
                    + "DST=239.255.255.250 LEN=129 TOS=0x00 PREC=0x00 TTL=1 ID=\(hour + 7) DF "
                    + "PROTO=UDP SPT=41310 DPT=1900 LEN=109 ")
        }
    }
}
