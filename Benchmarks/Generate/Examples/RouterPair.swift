// conntrack-events.log and router-kern.log: one router's two accounts of the same two hours.
//
// The router picks nothing up in mid-stream (nf_conntrack_tcp_loose=0), keeps an established
// connection for 1800 s, and its forward chain drops and logs what conntrack calls invalid.

struct RouterPair {
    private var random = SplitMix64(seed: 1721)
    private var events = Timeline()
    private var kernel = Timeline()

    static func makeEvents() -> [UInt8] { make().events.bytes }
    static func makeKernel() -> [UInt8] { make().kernel.bytes }

    private static func make() -> RouterPair {
        var router = RouterPair()
        router.addOrderly()
        router.addIdleSensors()
        router.addFlush()
        router.addUnanswered()
        return router
    }

    private struct Flow {
        var client: String
        var port: Int
        var server: String
        var service: Int
        /// The router's own address: it translates the source and keeps the port.
        static let router = "203.0.113.2"

        var original: String { "src=\(client) dst=\(server) sport=\(port) dport=\(service)" }
        var reply: String { "src=\(server) dst=\(Flow.router) sport=\(service) dport=\(port)" }
    }

    private enum End: String {
        case fins = "TIME_WAIT"
        case idle = "ESTABLISHED"
        case unanswered = "SYN_SENT"
    }

    private mutating func event(_ time: Moment, _ text: String) {
        // The epoch of midnight, 18 November 2026, at an hour before UTC.
        let epoch = 1_794_956_400 + time / 1_000_000
        let micro = String(time % 1_000_000 + 1_000_000).dropFirst()
        events.add(time, "[\(epoch).\(micro)]\t\(text)")
    }

    private mutating func open(_ time: Moment, _ flow: Flow, answered: Bool = true) {
        event(time, "    [NEW] tcp      6 120 SYN_SENT \(flow.original) [UNREPLIED] \(flow.reply)")
        guard answered else { return }
        event(time + 11_200, " [UPDATE] tcp      6 60 SYN_RECV \(flow.original) \(flow.reply)")
        event(
            time + 11_900,
            " [UPDATE] tcp      6 1800 ESTABLISHED \(flow.original) \(flow.reply) [ASSURED]")
    }

    private mutating func fin(_ time: Moment, _ flow: Flow) {
        let steps = [(0, 120, "FIN_WAIT"), (9_000, 30, "LAST_ACK"), (9_400, 120, "TIME_WAIT")]
        for (offset, timeout, state) in steps {
            event(
                time + offset,
                " [UPDATE] tcp      6 \(timeout) \(state) \(flow.original) \(flow.reply) [ASSURED]")
        }
    }

    private mutating func destroy(_ time: Moment, _ flow: Flow, _ end: End, flushed: Bool = false) {
        let mark = end == .unanswered ? " [UNREPLIED]" : ""
        let sure = end == .unanswered ? "" : " [ASSURED]"
        let by = flushed ? " [USERSPACE] portid=4711 progname=conntrack" : ""
        event(
            time,
            "[DESTROY] tcp      6 \(flushed ? 1204 : 0) \(end.rawValue) \(flow.original)\(mark) "
                + "\(flow.reply)\(sure)\(by)")
    }

    /// A packet that conntrack calls invalid and a chain drops, two lines each time it is sent.
    private mutating func drop(
        _ times: [Moment], _ flow: Flow, _ flags: String, fromServer: Bool
    ) {
        let numbers = (random.word(), random.word())
        for time in times { dropOnce(time, flow, flags, numbers, fromServer: fromServer) }
    }

    private mutating func dropOnce(
        _ time: Moment, _ flow: Flow, _ flags: String, _ numbers: (UInt32, UInt32),
        fromServer: Bool
    ) {
        var line = NetfilterLine(
            prefix: "nf_ct_proto_6: invalid new ", input: fromServer ? "wan0" : "lan0",
            source: fromServer ? flow.server : flow.client,
            destination: fromServer ? Flow.router : flow.server,
            sourcePort: fromServer ? flow.service : flow.port,
            destinationPort: fromServer ? flow.port : flow.service, flags: flags)
        line.id = random.between(1, 65535)
        line.ttl = fromServer ? 54 : 64
        line.length = flags.contains("PSH") ? 131 : 52
        line.numbers = numbers
        kernel.add(time, "\(isoStamp(time)) gw1 kernel: \(line.text)")
        // What comes from outside is for the router itself, once no state translates it back.
        line.prefix = fromServer ? "input invalid drop: " : "forward invalid drop: "
        line.output = fromServer ? "" : "wan0"
        if !fromServer { line.ttl -= 1 }
        line.numbers = nil
        kernel.add(time + 38, "\(isoStamp(time + 38)) gw1 kernel: \(line.text)")
    }

    private mutating func web() -> Flow {
        Flow(
            client: "10.0.0.\(random.between(5, 40))", port: Int(random.clientPort()),
            server: "198.51.100.\(random.between(5, 14))", service: 443)
    }

    /// Connections that begin and end, some with a FIN that comes again after the memory of 120 s.
    private mutating func addOrderly() {
        for index in 0..<120 {
            let flow = web()
            let start = clock(10, 0) + random.below(6_600_000_000)
            let end = start + seconds(Double(random.between(1, 300)))
            open(start, flow)
            fin(end, flow)
            destroy(end + seconds(120.4), flow, .fins)
            guard index % 5 == 0 else { continue }
            let late = end + seconds(Double(random.between(124, 170)))
            let times = retransmissions(of: late, count: random.between(1, 4))
            drop(times, flow, "ACK FIN", fromServer: index % 10 == 0)
        }
    }

    /// Six sensors report every 45 minutes over a connection that the router keeps for 30.
    private mutating func addIdleSensors() {
        for index in 0..<6 {
            var flow = Flow(
                client: "10.0.0.\(60 + index)", port: 49_800 + index, server: "192.0.2.18",
                service: 8883)
            let first = clock(10, 2 + index * 3, 17)
            open(first, flow)
            for report in 1...2 {
                let time = first + report * seconds(2700)
                destroy(time - seconds(880), flow, .idle)
                let times = retransmissions(of: time, count: 5)
                drop(times, flow, "ACK PSH", fromServer: false)
                drop([time + seconds(12)], flow, "ACK RST", fromServer: false)
                flow.port += 10
                open(time + seconds(13), flow)
            }
        }
    }

    /// At 11:20 somebody runs `conntrack -F`: eighteen living connections stray at once.
    private mutating func addFlush() {
        let moment = clock(11, 20, 4)
        for index in 0..<18 {
            var flow = web()
            flow.service = [443, 22, 993, 5222][index % 4]
            open(clock(11, 0) + random.below(900_000_000), flow)
            destroy(moment + index * 9, flow, .idle, flushed: true)
            let start = moment + 200_000 + random.below(20_000_000)
            let flags = ["ACK PSH", "ACK", "ACK FIN"][index % 3]
            let times = retransmissions(of: start, count: flags == "ACK" ? 0 : 4)
            drop(times, flow, flags, fromServer: index % 2 == 0)
        }
    }

    /// A camera calls a server that is no more. Nothing strays: the SYN passes, nobody answers.
    private mutating func addUnanswered() {
        for call in 0..<12 {
            let flow = Flow(
                client: "10.0.0.77", port: 40_000 + call, server: "192.0.2.99", service: 554)
            let start = clock(10, 0) + call * seconds(570)
            open(start, flow, answered: false)
            destroy(start + seconds(120.7), flow, .unanswered)
        }
    }
}
