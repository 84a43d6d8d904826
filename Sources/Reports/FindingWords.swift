// A finding in words: what it is about, what happened, what to do.

import Bytes
import Causes
import Evidence
import Facts
import Remedies

extension Account {
    /// The subject as people write it.
    func subjectText(_ finding: Finding) -> String {
        switch finding.subject {
        case .host(let address): return hostText(address)
        case .service(let address, let port): return "\(endpointText(address, port))"
        case .port(let port, let interface, let node):
            let what = port == 0 ? "various ports" : "TCP \(port)\(serviceName(port))"
            return what + onText(interface, node)
        case .networks(let a, let b, let breadth):
            return "\(networkText(a, breadth)) → \(networkText(b, breadth))"
        case .interface(let interface, let node):
            return interface.isNone
                ? (node.isNone ? "this firewall" : names.text(node))
                : names.text(interface) + atText(node)
        case .reason(let reason, let interface, let node):
            return reason.name.description + onText(interface, node)
        case .others: return "many others"
        }
    }

    private func onText(_ interface: Name, _ node: Name) -> String {
        (interface.isNone ? "" : " on \(names.text(interface))") + atText(node)
    }

    private func atText(_ node: Name) -> String {
        nodes > 1 && !node.isNone ? " (\(names.text(node)))" : ""
    }

    private var nodes: Int {
        Set(diagnosis.findings.flatMap(\.nodes)).count
    }

    func text(_ address: Address) -> String {
        if address.isNone { return "anywhere" }
        var writer = ByteWriter()
        writer.put(address, names)
        return writer.text
    }

    func endpointText(_ address: Address, _ port: UInt16) -> String {
        address.isV6 ? "[\(text(address))]:\(port)" : "\(text(address)):\(port)"
    }

    /// A host; where outside hosts were too many to keep apart, the network it stands for.
    private func hostText(_ address: Address) -> String {
        let isNetwork =
            breadth > .host && !address.isPrivate && address == address.rolled(to: breadth)
        return networkText(address, isNetwork ? breadth : .host)
    }

    func networkText(_ address: Address, _ breadth: Breadth) -> String {
        if address.isNone { return "anywhere" }
        if address.isLabel || breadth == .host { return text(address) }
        return "\(text(address))/\(address.isV4 ? breadth.v4Bits : breadth.v6Bits)"
    }

    /// ` (https)` and its like.
    func serviceName(_ port: UInt16) -> String {
        wellKnownPorts[port].map { " (\($0))" } ?? ""
    }

    /// One sentence: what happened, to how many.
    func summary(_ finding: Finding) -> String {
        let who = subjectText(finding)
        switch finding.cause {
        case .lateClose:
            return "the ends of connections came after the firewall had forgotten them: "
                + "\(portsText(finding)) on \(who)"
        case .idleTimeout:
            return finding.variant == "half-closed"
                ? "one end of \(who) went on after the half-closed timer"
                : "connections to \(who) were idle longer than the firewall remembers"
        case .asymmetricRouting:
            return "the firewall sees only one direction of \(who)"
        case .clusterDelivery: return "a copy of traffic for a cluster: \(who)"
        case .notTCP: return "\(who) is dressed as TCP and keeps no connection"
        case .scan: return "\(who) probes with \(techniqueText(finding.variant)) packets"
        case .overloadedHost: return "\(who) answered after its peers had given up"
        case .spoofedFlags: return "packets that no TCP stack sends, on \(who)"
        case .outOfWindow: return "packets that did not fit their connection's state: \(who)"
        case .portReuse: return "ports were used again while the old state lived: \(who)"
        case .stateLoss: return "the firewall lost its states: \(who)"
        case .backscatter: return "answers to packets that somebody else sent in your name: \(who)"
        case .packetAnomaly:
            return "the packets themselves were refused: \(who)"
        case .policy: return "no rule allows them: \(portsText(finding)) on \(who)"
        case .unexplained: return "the log does not decide: \(who)"
        }
    }

    private func techniqueText(_ variant: Variant?) -> String {
        switch variant {
        case "ack": "ACK"
        case "fin": "FIN"
        case "null": "flagless (NULL)"
        case "xmas": "FIN+PSH+URG (Xmas)"
        case "maimon": "FIN+ACK (Maimon)"
        case "syn-ack": "SYN+ACK"
        default: "impossible"
        }
    }

    /// The ports most concerned: `22/tcp, 23/tcp, 53/udp and 512 more`.
    func portsText(_ finding: Finding, most: Int = 4) -> String {
        guard !finding.ports.isEmpty else { return "packets" }
        let first = finding.ports.prefix(most).map { port in
            switch port.ipProtocol {
            case Entry.tcp: "\(port.port)/tcp"
            case Entry.udp: "\(port.port)/udp"
            case 1, 58: "icmp"
            case 2: "igmp"
            case 112: "carp"
            default: "protocol \(port.ipProtocol)"
            }
        }
        var unique: [String] = []
        for text in first where !unique.contains(text) { unique.append(text) }
        let more = finding.ports.count - first.count
        return unique.joined(separator: ", ") + (more > 0 ? " and \(grouped(more)) more" : "")
    }

    /// The remedies of the platforms concerned, with the finding's own addresses filled in.
    public func remedies(_ finding: Finding) -> [(platform: any Platform, remedy: Remedy)] {
        platforms(finding).flatMap { platform in
            platform.remedies(for: finding.cause, variant: finding.variant).map { remedy in
                (platform, remedy.map { filled($0, finding) })
            }
        }
    }

    /// A step with the finding's addresses; what it does not know stays a word to be filled in.
    public func filled(_ step: String, _ finding: Finding) -> String {
        var text = step
        for (token, value) in tokens(finding) {
            let known = value.flatMap { isTypeable($0) ? $0 : nil }
            text = text.replacing("{\(token)}", with: known ?? "<\(token)>")
        }
        return text
    }

    /// Whether a name may stand in a command that people copy. Names come from the log, and a
    /// hostile one would bring an option or a command of its own.
    private func isTypeable(_ value: String) -> Bool {
        let marks = Array(".:_/@%-".utf8)
        return value.first != "-"
            && value.utf8.allSatisfy { byte in
                isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || marks.contains(byte)
            }
    }

    private func tokens(_ finding: Finding) -> [(String, String?)] {
        var server: String?
        var client: String?
        var port = finding.servicePort.map { "\($0)" }
        switch finding.subject {
        case .service(let address, let number):
            server = text(address)
            port = "\(number)"
            let clients = finding.isServerSending == true ? finding.receivers : finding.senders
            client = clients.count == 1 ? text(clients[0]) : nil
        case .networks(let sender, let receiver, let breadth):
            let sends = finding.isServerSending ?? false
            server = networkText(sends ? sender : receiver, breadth)
            client = networkText(sends ? receiver : sender, breadth)
        case .host(let address):
            client = hostText(address)
        default:
            let servers = finding.isServerSending == true ? finding.senders : finding.receivers
            server = servers.count == 1 ? text(servers[0]) : nil
        }
        let interface = finding.interfaces.count == 1 ? names.text(finding.interfaces[0]) : nil
        let hosts = exampleHosts(finding)
        return [
            ("server", server), ("client", client), ("server-host", hosts.server),
            ("client-host", hosts.client), ("port", port), ("interface", interface),
        ]
    }

    /// One server and one client of a finding: for commands that take an address, where the
    /// finding is about networks.
    private func exampleHosts(_ finding: Finding) -> (server: String?, client: String?) {
        guard let example = finding.shown.first, breadth == .host else { return (nil, nil) }
        var sends = finding.isServerSending
        if case .networks = finding.subject { sends = sends ?? false }
        guard let serverSends = sends else { return (nil, nil) }
        let source = text(example.source.address)
        let destination = text(example.destination.address)
        return serverSends ? (source, destination) : (destination, source)
    }
}

/// Thousands set apart: `1,234,567`.
func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
        if place > 0, place % 3 == 0, digit != "-" { text.append(",") }
        text.append(digit)
    }
    return String(text.reversed())
}

/// `1 stray`, `2 strays`.
func counted(_ number: Int, _ thing: String) -> String {
    "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")"
}

// IANA Service Name and Transport Protocol Port Number Registry, those that logs are full of.
private let wellKnownPorts: [UInt16: String] = [
    21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 53: "dns", 80: "http", 110: "pop3",
    123: "ntp", 139: "netbios", 143: "imap", 179: "bgp", 389: "ldap", 443: "https", 445: "smb",
    465: "smtps", 514: "syslog", 587: "submission", 636: "ldaps", 993: "imaps", 995: "pop3s",
    1433: "mssql", 1521: "oracle", 1883: "mqtt", 3306: "mysql", 3389: "rdp", 5060: "sip",
    5432: "postgresql", 5900: "vnc", 6379: "redis", 8080: "http-alt", 8443: "https-alt",
    8883: "mqtts", 9100: "jetdirect",
]
