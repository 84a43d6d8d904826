// Sums cases up into a finding.

import Evidence
import Facts

struct FindingBuilder {
    private var finding: Finding
    /// How many cases were added.
    private(set) var cases = 0
    private var weighted = 0.0
    private var weight = 0.0
    private var explained = 0.0
    private var statements: [String: (statement: Statement, weighted: Double, weight: Double)] = [:]
    private var rivals:
        [CauseID: (confidence: Double, weight: Double, because: String, best: Double)] = [:]
    private var ports: [UInt32: Int] = [:]
    private var portTables: Set<PortKey> = []
    private var senders: Set<Address> = []
    private var receivers: Set<Address> = []
    private var serverSends: Set<Bool> = []
    private var servicePorts: Set<UInt16> = []
    private var services: Set<ServiceKey> = []

    // Limits: what is kept for showing, not for judging.
    private static let shownMax = 3
    private static let examplesMax = 10
    private static let addressesMax = 4096
    private static let namesMax = 64

    init(_ finding: Finding) { self.finding = finding }

    mutating func add(
        _ key: CaseKey, _ facts: CaseFacts, _ confidence: Double, in world: World
    ) {
        cases += 1
        weighted += confidence * Double(facts.counted)
        weight += Double(facts.counted)
        finding.count += facts.counted
        finding.lines += facts.lines
        finding.connections += facts.connections
        finding.events += facts.events
        finding.from = earlierOf(finding.from, facts.from)
        finding.to = laterOf(finding.to, facts.to)
        insert(key.interface, into: &finding.interfaces)
        insert(key.node, into: &finding.nodes)
        if !finding.dialects.contains(key.dialect) { finding.dialects.append(key.dialect) }
        // Cases come by their first entry, so the first ones hold the earliest.
        if finding.examples.count < FindingBuilder.examplesMax {
            finding.examples.append(contentsOf: facts.mentions)
        }
        if let first = facts.first, finding.shown.count < FindingBuilder.shownMax {
            finding.shown.append(first)
        }
        if key.kind == .stray {
            if key.port > 0 { count(key.port, Entry.tcp, facts.counted) }
        } else if key.kind != .anomaly {
            let portKey = PortKey(key.node, key.interface, key.ipProtocol)
            if !portTables.contains(portKey) {
                portTables.insert(portKey)
                for (port, times) in world.blockedPorts(portKey) {
                    count(port, key.ipProtocol, times)
                }
            }
            if key.ipProtocol != Entry.tcp, key.ipProtocol != Entry.udp {
                count(0, key.ipProtocol, facts.counted)
            }
        }
        addEnds(key)
        addService(key, world)
    }

    /// Counts the connections of a case's service, once for each service.
    private mutating func addService(_ key: CaseKey, _ world: World) {
        guard world.recordsOpenings, key.kind == .stray, key.port > 0,
            services.count < FindingBuilder.addressesMax
        else { return }
        let sends = key.traits.contains(.senderServes)
        guard sends || key.traits.contains(.receiverServes) else { return }
        let host = HostKey(
            sends ? key.sender : key.receiver,
            inside: key.traits.contains(sends ? .senderInside : .receiverInside))
        let service = ServiceKey(host, key.port)
        guard let fortune = world.fortune(service), services.insert(service).inserted else {
            return
        }
        finding.ofConnections = (finding.ofConnections ?? 0) + fortune.lives
    }

    private mutating func count(_ port: UInt16, _ ipProtocol: UInt8, _ times: Int) {
        ports[UInt32(port) << 8 | UInt32(ipProtocol), default: 0] += times
    }

    private mutating func addEnds(_ key: CaseKey) {
        if !key.sender.isNone, senders.count < FindingBuilder.addressesMax {
            senders.insert(key.sender)
        }
        if !key.receiver.isNone, receivers.count < FindingBuilder.addressesMax {
            receivers.insert(key.receiver)
        }
        if key.traits.contains(.senderServes) { serverSends.insert(true) }
        if key.traits.contains(.receiverServes) { serverSends.insert(false) }
        if key.port > 0 { servicePorts.insert(key.port) }
    }

    /// Adds the statements of a case that was added.
    mutating func explain(_ verdict: Verdict, _ size: Double) {
        explained += size
        for statement in verdict.statements {
            var known = statements[statement.text] ?? (statement, 0, 0)
            if known.weight > 0 {
                for entry in statement.entries where known.statement.entries.count < 6 {
                    if !known.statement.entries.contains(entry) {
                        known.statement.entries.append(entry)
                    }
                }
            }
            known.weighted += statement.weight * size
            known.weight += size
            statements[statement.text] = known
        }
        for rival in verdict.alternatives {
            var known = rivals[rival.cause] ?? (0, 0, rival.because, 0)
            known.confidence += rival.confidence * size
            known.weight += size
            if rival.confidence > known.best {
                known.best = rival.confidence
                known.because = rival.because
            }
            rivals[rival.cause] = known
        }
    }

    /// Names for showing; past the limit a log makes them up.
    private func insert(_ name: Name, into names: inout [Name]) {
        guard !name.isNone, names.count < FindingBuilder.namesMax, !names.contains(name) else {
            return
        }
        names.append(name)
    }

    func build(in world: World) -> Finding {
        var done = finding
        done.examples.sort()
        if done.examples.count > FindingBuilder.examplesMax {
            done.examples.removeLast(done.examples.count - FindingBuilder.examplesMax)
        }
        done.confidence = weight > 0 ? weighted / weight : 0
        // A fact's weight in the finding is its mean over the strays it holds for.
        done.ledger = statements.values
            .map { known in
                var statement = known.statement
                statement.weight = known.weighted / known.weight
                statement.entries.sort()
                return (statement: statement, share: known.weight)
            }
            .sorted {
                let a = abs($0.statement.weight * $0.share)
                let b = abs($1.statement.weight * $1.share)
                return a != b ? a > b : $0.statement.text < $1.statement.text
            }
            .map(\.statement)
        done.alternatives =
            rivals
            .map { cause, known in
                Alternative(
                    cause: cause, confidence: known.confidence / max(explained, 1),
                    because: known.because)
            }
            .sorted {
                $0.confidence != $1.confidence ? $0.confidence > $1.confidence : $0.cause < $1.cause
            }
        done.ports =
            ports
            .map { (port: UInt16($0.key >> 8), ipProtocol: UInt8($0.key & 0xFF), count: $0.value) }
            .sorted {
                $0.count != $1.count
                    ? $0.count > $1.count : ($0.port, $0.ipProtocol) < ($1.port, $1.ipProtocol)
            }
        done.senders = senders.sorted(by: <)
        done.receivers = receivers.sorted(by: <)
        done.isServerSending = serverSends.count == 1 ? serverSends.first : nil
        done.servicePort = servicePorts.count == 1 ? servicePorts.first : nil
        if done.cause == .asymmetricRouting, case .networks(let a, let b, .network) = done.subject {
            done.paths = Path.both(a, b, serverSends: done.isServerSending, in: world)
        }
        return done
    }
}

private func earlierOf(_ a: Instant, _ b: Instant) -> Instant {
    !a.isKnown ? b : b.isKnown && b < a ? b : a
}

private func laterOf(_ a: Instant, _ b: Instant) -> Instant {
    !a.isKnown ? b : b.isKnown && a < b ? b : a
}
