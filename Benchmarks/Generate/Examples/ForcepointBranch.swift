// forcepoint-branch.log: a morning of a branch's Forcepoint firewall, as its Log Server forwards
// it.

struct ForcepointBranch {
    private var random = SplitMix64(seed: 70_019)
    private var log = Timeline()

    static func make() -> [UInt8] {
        var branch = ForcepointBranch()
        branch.addConnections()
        branch.addIdleTerminals()
        branch.addAsymmetry()
        branch.addScan()
        branch.addPolicy()
        return branch.log.bytes
    }

    private struct Flow {
        var source: String
        var sourcePort: Int
        var destination: String
        var destinationPort: Int
        var inward = 0
        var outward = 1

        var answer: Flow {
            Flow(
                source: destination, sourcePort: destinationPort, destination: source,
                destinationPort: sourcePort, inward: outward, outward: inward)
        }
    }

    private mutating func say(
        _ time: Moment, _ id: Int, _ event: String, _ flow: Flow, _ rest: String
    ) {
        log.add(
            time,
            "<6>\(bsdStamp(time, year: "")) 192.0.2.143 CEF:0|FORCEPOINT|Firewall|6.10.6|\(id)|"
                + "\(event)|0|deviceExternalId=Branch7 node 1 dvchost=192.0.2.143 dvc=192.0.2.143 "
                + "src=\(flow.source) dst=\(flow.destination) spt=\(flow.sourcePort) "
                + "dpt=\(flow.destinationPort) proto=6 "
                + "deviceInboundInterface=\(flow.inward) \(rest)"
                + " deviceFacility=Packet Filtering rt=\(bsdStamp(time))")
    }

    private mutating func allow(_ time: Moment, _ flow: Flow) {
        let rest = "deviceOutboundInterface=\(flow.outward) act=Allow cs1Label=RuleID cs1=2100123.2"
        say(time, 70018, "Connection_Allowed", flow, rest)
    }

    private mutating func close(_ time: Moment, _ flow: Flow) {
        let rest =
            "deviceOutboundInterface=\(flow.outward) act=Allow "
            + "in=\(random.between(900, 90_000)) out=\(random.between(400, 9_000))"
        say(time, 70021, "Connection_Closed", flow, rest)
    }

    private mutating func stray(_ time: Moment, _ flow: Flow, _ flags: String) {
        let rest = "act=Discard msg=Not a Valid SYN Packet [\(flags)]"
        say(time, 70019, "Connection_Discarded", flow, rest)
    }

    private mutating func web() -> Flow {
        Flow(
            source: "10.7.0.\(random.between(20, 60))", sourcePort: Int(random.clientPort()),
            destination: "198.51.100.\(random.between(5, 14))", destinationPort: 443)
    }

    private mutating func someTime() -> Moment { clock(7, 30) + random.below(5 * 3_600_000_000) }

    /// Connections that begin and end; after some of them a last packet comes late.
    private mutating func addConnections() {
        for index in 0..<150 {
            let flow = web()
            let start = someTime()
            let end = start + seconds(Double(random.between(2, 500)))
            allow(start, flow)
            close(end, flow)
            if index % 6 == 0 {
                let late = end + seconds(Double(random.between(2, 30)))
                for time in retransmissions(of: late, count: random.between(0, 4)) {
                    stray(time, flow.answer, "FA")
                }
            } else if index % 6 == 3 {
                let late = end + seconds(Double(random.between(1, 20)))
                stray(late, flow, random.pick(["R", "RA", "A"]))
            }
        }
    }

    /// Terminals of the goods system that nobody touches for longer than the idle timeout, 1800 s.
    private mutating func addIdleTerminals() {
        for index in 0..<7 {
            let flow = Flow(
                source: "10.7.0.\(70 + index)", sourcePort: 50_100 + index * 3,
                destination: "10.1.0.40", destinationPort: 23, outward: 2)
            allow(clock(7, 2, index * 9), flow)
            let again = clock(8, 10 + index * 11, 3)
            for time in retransmissions(of: again, count: 6) { stray(time, flow, "PA") }
            stray(again + seconds(33), flow, "RA")
            var next = flow
            next.sourcePort += 1
            allow(again + seconds(35), next)
        }
    }

    /// Headquarters reach the branch's printers by the leased line; the answers come here.
    private mutating func addAsymmetry() {
        for _ in 0..<15 {
            let flow = Flow(
                source: "10.7.0.\(random.between(200, 204))", sourcePort: 9100,
                destination: "10.1.0.\(random.between(100, 120))",
                destinationPort: Int(random.clientPort()))
            for time in handshakeRepeats(of: someTime()) { stray(time, flow, "SA") }
        }
    }

    private mutating func addScan() {
        var time = clock(9, 51, 13)
        for _ in 0..<45 {
            let flow = Flow(
                source: "203.0.113.99", sourcePort: 48_212, destination: "192.0.2.143",
                destinationPort: random.between(1, 9999), inward: 1, outward: 0)
            stray(time, flow, "A")
            time += random.between(20_000, 300_000)
        }
    }

    private mutating func addPolicy() {
        for _ in 0..<60 {
            let flow = Flow(
                source: "203.0.113.\(random.between(100, 250))",
                sourcePort: Int(random.clientPort()), destination: "192.0.2.143",
                destinationPort: random.pick([22, 23, 445, 3389]), inward: 1, outward: 0)
            let rest = "act=Discard cs1Label=RuleID cs1=2100999.0"
            say(someTime(), 70019, "Connection_Discarded", flow, rest)
        }
    }
}
