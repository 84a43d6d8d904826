// What else stands in the office's log: the noise of the Internet, other protocols, other programs.

extension OfficeDay {
    /// SYNs from everywhere, all day, and a worker's mail program that may not send past the
    /// office's own server.
    mutating func addNoise() {
        for _ in 0..<330 {
            let network = random.chance(60) ? address(203, 0, 113, 0) : address(192, 0, 2, 0)
            let source = network + UInt32(random.between(100, 250))
            var packet = Packet(
                source: source, destination: Self.publicAddress,
                sourcePort: UInt16(random.between(40000, 59999)),
                destinationPort: random.pick([22, 23, 445, 1433, 3389, 5060, 5555, 8080, 8728]),
                flags: Flags.syn, sequence: random.word(), window: 1024,
                ttl: UInt8(random.between(232, 249)), dontFragment: false, options: .mssOnly)
            if random.chance(30) {
                packet.window = 65535
                packet.options = .windowsSYN
                packet.ttl = UInt8(random.between(44, 58))
            }
            add(clock(17, 0, day: 0) + random.below(25 * 3_600_000_000), packet)
        }
        for turn in 0..<10 {
            var packet = open(client(7), address(203, 0, 113, 30), 25)
            packet.verdict = .blockMail
            add(clock(9, 0) + turn * seconds(1800), packet)
        }
    }

    mutating func addOtherProtocols() {
        let deny = "4,,,1000000103"
        for turn in 0..<16 {
            let time = clock(17, 0, day: 0) + turn * seconds(5600) + random.below(9_000_000)
            let id = random.between(1, 65535)
            let host = 100 + random.below(40)
            add(
                time,
                csv: "\(deny),igb1,match,block,in,4,0x0,,128,\(id),0,none,17,udp,78,"
                    + "10.10.0.\(host),10.10.0.255,137,137,58")
            add(
                time + 1_500_000,
                csv: "\(deny),igb1,match,block,in,4,0x10,,255,0,0,DF,112,carp,56,"
                    + "10.10.0.252,224.0.0.18,advertise,255,7,2,0,1")
            add(
                time + 3_000_000,
                csv: "\(deny),igb0,match,block,in,4,0x0,,241,\(id),0,none,1,icmp,84,"
                    + "203.0.113.\(host),198.51.100.2,request,\(id),1")
            add(
                time + 4_200_000,
                csv: "6,,,1000000105,igb0,match,block,in,6,0x00,0x00000,255,ICMPv6,58,32,"
                    + "2001:db8:5::\(host),ff02::1,")
        }
        // A late FIN of IPv6, and its repeats.
        for time in retransmissions(of: clock(10, 44, 17), count: 3) {
            add(
                time,
                csv: "6,,,1000000105,igb0,match,block,in,6,0x00,0x6cfd7,57,TCP,6,32,"
                    + "2001:db8:80::10,2001:db8:1::131,443,50544,0,FA,901234567,771204418,501,,"
                    + "nop;nop;TS")
        }
    }

    mutating func addOtherPrograms() {
        let host = "fw1.office.example"
        for index in 0..<40 {
            let mac = "00:00:5e:00:53:" + ["0", "1", "2", "3"][index / 10] + "\(index % 10)"
            let time = clock(7, 40) + random.below(5_400_000_000)
            log.add(
                time,
                "<30>1 \(isoStamp(time)) \(host) dhcpd 41127 - - DHCPACK on 10.10.0.\(100 + index)"
                    + " to \(mac) via igb1")
        }
        for (time, text) in [
            (clock(17, 0, 1, day: 0), "sshguard 8101 - - Now monitoring attacks."),
            (clock(2, 0), "ntpd 30418 - - Soliciting pool server 192.0.2.123"),
            (clock(6, 30), "unbound 5120 - - [5120:0] info: generate keytag query _ta-4f66."),
            (clock(8, 58), "php-fpm 399 - - /index.php: Successful login for user 'admin'"),
            (clock(18, 31), "check_reload_status 431 - - Syncing firewall"),
        ] {
            log.add(time, "<46>1 \(isoStamp(time)) \(host) \(text)")
        }
    }
}
