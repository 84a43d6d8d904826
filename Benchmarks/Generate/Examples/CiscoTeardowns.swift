// cisco-teardowns.log: half a day of an ASA whose log tells how every connection began and ended.

struct CiscoTeardowns {
    private var random = SplitMix64(seed: 302_014)
    private var log = Timeline()
    private var connection = 476_080

    static func make() -> [UInt8] {
        var asa = CiscoTeardowns()
        asa.addOrderly()
        asa.addIdleDatabase()
        asa.addLateCloses()
        asa.addOverloadedServer()
        asa.addAsymmetry()
        asa.addNoise()
        return asa.log.bytes
    }

    private mutating func say(_ time: Moment, _ severity: Int, _ id: Int, _ text: String) {
        // local4 (20) and the severity. The clock is set to UTC and says so.
        log.add(
            time,
            "<\(160 + severity)>\(bsdStamp(time)) UTC asa1 : %ASA-\(severity)-\(id): \(text)")
    }

    /// A connection, as 302013 and 302014 name it.
    private struct Connection {
        var id: Int
        var start: Moment
        /// `outside:198.51.100.35/443` and `inside:10.1.1.24/51568`, the outside first.
        var outside: String
        var inside: String
    }

    private mutating func build(_ start: Moment, inside: String, outside: String) -> Connection {
        connection += random.between(1, 9)
        let port = inside.split(separator: "/")[1]
        say(
            start, 6, 302013,
            "Built outbound TCP connection \(connection) for outside:\(outside) (\(outside)) "
                + "to inside:\(inside) (203.0.113.7/\(port))")
        return Connection(
            id: connection, start: start, outside: "outside:\(outside)", inside: "inside:\(inside)")
    }

    private mutating func teardown(_ ended: Connection, after: Moment, _ reason: String) {
        let total = after / 1_000_000
        let minutes = (total / 60 % 60 < 10 ? "0" : "") + "\(total / 60 % 60)"
        let rest = (total % 60 < 10 ? "0" : "") + "\(total % 60)"
        say(
            ended.start + after, 6, 302014,
            "Teardown TCP connection \(ended.id) for \(ended.outside) to \(ended.inside) "
                + "duration \(total / 3600):\(minutes):\(rest) "
                + "bytes \(random.between(900, 90_000)) \(reason)"
        )
    }

    private mutating func deny(
        _ time: Moment, _ from: String, _ to: String, _ flags: String, _ interface: String
    ) {
        // ASA writes a blank behind the last flag, and one more before `on`.
        say(
            time, 6, 106015,
            "Deny TCP (no connection) from \(from) to \(to) flags \(flags)  "
                + "on interface \(interface)")
    }

    private mutating func someInside() -> String {
        "10.1.1.\(random.between(20, 59))/\(random.clientPort())"
    }

    private mutating func someOutside() -> String { "198.51.100.\(random.between(30, 45))/443" }

    private mutating func someTime() -> Moment {
        clock(8, 0) + random.below(4 * 3_600_000_000)
    }

    private mutating func addOrderly() {
        for _ in 0..<160 {
            let made = build(someTime(), inside: someInside(), outside: someOutside())
            let reason = random.pick(["TCP FINs", "TCP FINs", "TCP FINs", "TCP Reset-I"])
            teardown(made, after: seconds(Double(random.between(2, 400))), reason)
        }
    }

    /// The idle limit of an hour ends four connections; five minutes later the client asks again.
    private mutating func addIdleDatabase() {
        for index in 0..<4 {
            let inside = "10.1.1.24/\(51_568 + index)"
            let outside = "198.51.100.60/1521"
            let made = build(clock(8, 5, index * 4), inside: inside, outside: outside)
            let used = seconds(Double(30 + index * 7))
            teardown(made, after: used + seconds(3600), "Conn-timeout")
            let again = made.start + used + seconds(3600 + 312)
            for time in retransmissions(of: again, count: 6) {
                deny(time, inside, outside, "PSH ACK", "inside")
            }
            deny(again + seconds(31), inside, outside, "RST ACK", "inside")
        }
    }

    /// Packets that cross the close: ASA forgets a connection with its last FIN or first RST.
    private mutating func addLateCloses() {
        for index in 0..<24 {
            let inside = someInside()
            let outside = someOutside()
            let made = build(someTime(), inside: inside, outside: outside)
            let life = seconds(Double(random.between(5, 240)))
            let port = inside.split(separator: "/")[1]
            if index % 3 == 0 {
                teardown(made, after: life, "TCP Reset-I")
                for time in retransmissions(of: made.start + life + 60_000, count: 2) {
                    deny(time, outside, "203.0.113.7/\(port)", "FIN ACK", "outside")
                }
            } else {
                teardown(made, after: life, "TCP FINs")
                let flags = index % 3 == 1 ? "RST" : "ACK"
                deny(made.start + life + 45_000, inside, outside, flags, "inside")
            }
        }
    }

    /// 10.2.0.20 in the DMZ answers after half a minute or not at all, from 9:30 to 9:40: the
    /// handshake timer (30 s) ends each connection, and the SYN ACK comes to nothing.
    private mutating func addOverloadedServer() {
        for _ in 0..<12 {
            connection += 3
            let client = "192.0.2.\(random.between(10, 200))/\(random.clientPort())"
            let start = clock(9, 30) + random.below(600_000_000)
            say(
                start, 6, 302013,
                "Built inbound TCP connection \(connection) for outside:\(client) (\(client)) "
                    + "to dmz:10.2.0.20/443 (203.0.113.20/443)")
            say(
                start + seconds(30), 6, 302014,
                "Teardown TCP connection \(connection) for outside:\(client) to dmz:10.2.0.20/443 "
                    + "duration 0:00:30 bytes 0 SYN Timeout")
            for time in handshakeRepeats(of: start + seconds(34)).prefix(4) {
                deny(time, "10.2.0.20/443", client, "SYN ACK", "dmz")
            }
        }
    }

    /// The warehouse, 10.3.0.0/24, reaches the servers by a router of its own; the servers'
    /// answers come here. No 302013 was ever written for them.
    private mutating func addAsymmetry() {
        for _ in 0..<16 {
            let client = "10.3.0.\(random.between(10, 40))/\(random.clientPort())"
            for time in handshakeRepeats(of: someTime()).prefix(5) {
                deny(time, "10.1.1.10/8443", client, "SYN ACK", "inside")
            }
        }
    }

    private mutating func addNoise() {
        for _ in 0..<120 {
            let port = random.pick([22, 23, 445, 3389, 5900, 8080])
            say(
                someTime(), 4, 106023,
                "Deny tcp src outside:192.0.2.\(random.between(2, 250))/\(random.clientPort()) "
                    + "dst inside:203.0.113.7/\(port) by access-group \"outside_in\" "
                    + "[0x8ed66b60, 0xf8852875]")
        }
        for _ in 0..<20 {
            connection += 2
            let time = someTime()
            say(
                time, 6, 302015,
                "Built outbound UDP connection \(connection) for outside:192.0.2.53/53 "
                    + "(192.0.2.53/53) to inside:10.1.1.5/53 (203.0.113.7/53)")
            say(
                time + seconds(121), 6, 302016,
                "Teardown UDP connection \(connection) for outside:192.0.2.53/53 "
                    + "to inside:10.1.1.5/53 duration 0:02:01 bytes \(random.between(80, 600))")
        }
        say(clock(8, 58), 5, 111008, "User 'admin' executed the 'show conn' command.")
    }
}
