// Documents in the Open Cybersecurity Schema Framework: an entry is a Network Activity (4001), a
// finding a Detection Finding (2004).
//
// Read first: https://schema.ocsf.io/1.5.0/classes/network_activity and
// …/classes/detection_finding, with the profiles host and security_control. What they have no
// attribute for stands under `unmapped`.

import Bytes
import Causes
import Evidence
import Facts
import Remedies

/// The release whose attributes are used.
private let ocsfVersion = "1.5.0"

private enum Activity: Int {
    case open = 1
    case close = 2
    case reset = 3
    case refuse = 5
    case traffic = 6

    var name: String {
        switch self {
        case .open: "Open"
        case .close: "Close"
        case .reset: "Reset"
        case .refuse: "Refuse"
        case .traffic: "Traffic"
        }
    }
}

private let severities = [1: "Informational", 2: "Low", 3: "Medium", 4: "High"]

extension JSONMembers {
    mutating func putOCSF(
        _ entry: Entry, at place: Place, _ names: Names, _ printer: EntryPrinter,
        _ judgement: EntryJudgement?
    ) {
        let activity = entry.activity
        putClass(4, "Network Activity", 4001, "Network Activity", activity.rawValue, activity.name)
        putSeverity(judgement?.verdict.map { $0.isAlwaysPrevented ? 4 : $0.harm.severity } ?? 1)
        milliseconds("time", entry.time)
        if entry.time.isKnown {
            number("timezone_offset", local(entry.time, printer.zone).offset / 60)
        }
        number("count", Int(entry.count))
        putDisposition(entry)
        let words = names.bytes(entry.reasonText)
        if !words.isEmpty {
            bytes("status_detail", words)
        } else if entry.reason != .unknown {
            text("status_detail", entry.reason.name.description)
        }
        putMetadata(printer.version) { out in
            out.text("log_name", entry.dialect.name.description)
            out.number("sequence", place.number)
        }
        object("src_endpoint") { out in
            out.putEnd(entry.source, entry, names, entry.macSource)
        }
        object("dst_endpoint") { out in
            out.putEnd(entry.destination, entry, names, entry.macDestination)
        }
        object("connection_info") { $0.putConnection(entry) }
        if entry.known.contains(.bytes) {
            object("traffic") { $0.number("bytes", Int(clamping: entry.bytes)) }
        }
        putDevice(entry.node, entry.interface, names)
        object("firewall_rule") { $0.bytes("uid", names.bytes(entry.rule)) }
        if let verdict = judgement?.verdict {
            number("confidence_score", Int((verdict.confidence * 100).rounded()))
        }
        object("unmapped") { out in
            out.object("stray") { $0.putUnmapped(entry, place, judgement) }
        }
    }

    fileprivate mutating func putClass(
        _ category: Int, _ categoryName: String, _ uid: Int, _ name: String, _ activity: Int,
        _ activityName: String
    ) {
        number("category_uid", category)
        text("category_name", categoryName)
        number("class_uid", uid)
        text("class_name", name)
        number("activity_id", activity)
        text("activity_name", activityName)
        number("type_uid", uid * 100 + activity)
        text("type_name", "\(name): \(activityName)")
    }

    fileprivate mutating func putSeverity(_ severity: Int) {
        number("severity_id", severity)
        text("severity", severities[severity])
    }

    fileprivate mutating func putMetadata(
        _ version: String, _ more: (inout JSONMembers) -> Void
    ) {
        object("metadata") { out in
            out.text("version", ocsfVersion)
            out.texts("profiles", ["host", "security_control"])
            out.object("product") { out in
                out.text("name", "Stray")
                out.text("vendor_name", "Stray")
                out.text("version", version)
            }
            more(&out)
        }
    }

    /// The firewall; not there where nothing names it.
    fileprivate mutating func putDevice(_ node: Name, _ interface: Name, _ names: Names) {
        guard !node.isNone || !interface.isNone else { return }
        object("device") { out in
            out.bytes("name", names.bytes(node))
            out.number("type_id", 9)
            out.text("type", "Firewall")
            out.bytes("interface_name", names.bytes(interface))
        }
    }

    private mutating func putDisposition(_ entry: Entry) {
        let (action, actionName, disposition, dispositionName) =
            switch entry.action {
            case _ where entry.isBlocked: (2, "Denied", 2, "Blocked")
            case .pass, .open: (1, "Allowed", 1, "Allowed")
            default: (3, "Observed", 17, "Logged")
            }
        number("action_id", action)
        text("action", actionName)
        number("disposition_id", disposition)
        text("disposition", dispositionName)
    }

    fileprivate mutating func putEnd(
        _ end: Endpoint, _ entry: Entry, _ names: Names, _ mac: UInt64
    ) {
        if let label = end.address.label {
            bytes("name", names.bytes(label))
        } else {
            address("ip", end.address)
        }
        if entry.known.contains(.ports) { number("port", Int(end.port)) }
        if entry.known.contains(.macs) { text("mac", textOfMAC(mac).uppercased()) }
    }

    private mutating func putConnection(_ entry: Entry) {
        // `Inbound` would be from outside to inside; a line tells only by which interface.
        switch entry.direction {
        case .unknown: number("direction_id", 0)
        case .inward, .outward:
            number("direction_id", 99)
            text("direction", entry.direction == .inward ? "in" : "out")
        }
        if entry.ipProtocol != 255 {
            number("protocol_num", Int(entry.ipProtocol))
            text("protocol_name", protocolName(entry.ipProtocol))
        }
        if entry.source.address.isV4 || entry.destination.address.isV4 {
            number("protocol_ver_id", 4)
        } else if entry.source.address.isV6 || entry.destination.address.isV6 {
            number("protocol_ver_id", 6)
        }
        if entry.hasTCPFlags { number("tcp_flags", Int(entry.flags.rawValue)) }
        if entry.known.contains(.connectionID) { text("uid", "\(entry.connectionID)") }
    }

    private mutating func putUnmapped(
        _ entry: Entry, _ place: Place, _ judgement: EntryJudgement?
    ) {
        text("input", place.input)
        number("line", place.line)
        text("action", entry.action.name.description)
        if !entry.mayBeStray { flag("stray", entry.isStray) }
        if entry.hasTCPFlags { text("flags", entry.flags.text) }
        guard let verdict = judgement?.verdict else { return }
        text("cause", verdict.cause.name)
        text("variant", verdict.variant)
        text("harm", verdict.harm.name)
        hundredths("confidence", verdict.confidence)
        number("finding", judgement?.finding)
    }
}

extension Entry {
    fileprivate var activity: Activity {
        // A stray is of a connection that was; a refused SYN is one that was never to be.
        if isBlocked { return hasTCPFlags && !flags.opens ? .traffic : .refuse }
        switch action {
        case .open: return .open
        case .pass: return hasTCPFlags && flags.opens ? .open : .traffic
        case .close: return reason == .closedByReset ? .reset : .close
        case .block, .note, .update, .seen, .state: return .traffic
        }
    }
}

extension Harm {
    /// From 1, informational, to 4, high: the steps of OCSF; ECS leaves them to the source.
    var severity: Int {
        switch self {
        case .harmless, .blockedByPolicy: 1
        case .unknown, .tune: 2
        case .misconfigured, .attack: 3
        }
    }
}

// MARK: - Findings

extension Account {
    // Limit: steps of remedies that a document tells; `--format json` tells all.
    private static let stepsMax = 12

    /// A document for each finding.
    public func ocsf() -> [UInt8] {
        var out = ByteWriter()
        for finding in shown.findings {
            var document = JSONMembers(ByteWriter(capacity: 2048))
            putOCSF(finding, &document)
            document.end()
            out.put(document.out.bytes)
            out.put("\n")
        }
        return out.bytes
    }

    private func putOCSF(_ finding: Finding, _ out: inout JSONMembers) {
        out.putClass(2, "Findings", 2004, "Detection Finding", 1, "Create")
        out.putSeverity(finding.severity)
        out.milliseconds("time", finding.to)
        out.milliseconds("start_time", finding.from)
        out.milliseconds("end_time", finding.to)
        out.number("status_id", 1)
        out.text("status", "New")
        out.number("count", finding.count)
        out.text("message", summary(finding))
        let share = Int((finding.confidence * 100).rounded())
        out.number("confidence_score", share)
        // Below a third low, below two thirds medium.
        out.number("confidence_id", share < 34 ? 1 : share < 67 ? 2 : 3)
        out.text("confidence", share < 34 ? "Low" : share < 67 ? "Medium" : "High")
        out.flag("is_alert", finding.severity > 2)
        out.number("action_id", 2)
        out.text("action", "Denied")
        out.number("disposition_id", 2)
        out.text("disposition", "Blocked")
        out.putMetadata(version) { $0.text("log_name", finding.dialects.first?.name.description) }
        out.object("finding_info") { putInfo(finding, &$0) }
        if finding.nodes.count == 1 {
            let only = finding.interfaces.count == 1 ? finding.interfaces[0] : .none
            out.putDevice(finding.nodes[0], only, names)
        }
        out.objects("evidences", finding.shown) { putEvidence($1, &$0) }
        let steps = remedies(finding).prefix(2).flatMap { [$0.remedy.title] + $0.remedy.steps }
        if !steps.isEmpty {
            let text = steps.prefix(Account.stepsMax).joined(separator: "\n")
            out.object("remediation") { $0.text("desc", text) }
        }
        out.object("unmapped") { out in out.object("stray") { putOwn(finding, &$0) } }
    }

    private func putInfo(_ finding: Finding, _ out: inout JSONMembers) {
        out.text("uid", key(finding))
        out.text("title", "\(finding.cause.name): \(subjectText(finding))")
        out.text("desc", cause(finding.cause).page.summary)
        out.texts("types", [finding.harm.name])
        out.milliseconds("first_seen_time", finding.from)
        out.milliseconds("last_seen_time", finding.to)
        out.object("analytic") { out in
            out.text("uid", finding.cause.name)
            out.text("name", finding.cause.name)
            out.number("type_id", 1)
            out.text("type", "Rule")
        }
    }

    private func putEvidence(_ example: Example, _ out: inout JSONMembers) {
        var entry = Entry()
        entry.known.insert(.ports)
        for (key, end) in [
            ("src_endpoint", example.source), ("dst_endpoint", example.destination),
        ] {
            out.object(key) { $0.putEnd(end, entry, names, 0) }
        }
        out.object("connection_info") { out in
            out.number("direction_id", 0)
            out.number("tcp_flags", example.flags.map { Int($0.rawValue) })
        }
    }
}
