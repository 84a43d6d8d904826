// Everything a report tells of one run: made by the command, printed by the reports.

import Bytes
import Causes
import Dialects
import Evidence
import Exhibits
import Facts
import Remedies

/// One input and what became of it.
public struct InputAccount: Sendable {
    public var name: String
    public var tally: Tally
    /// The firewall it is of, when the user said so.
    public var node: String?
    /// Microseconds by which its clock is ahead of the reference's; nil where nothing tells.
    public var clockOffset: Int64?

    public init(
        name: String, tally: Tally, node: String? = nil, clockOffset: Int64? = nil
    ) {
        self.name = name
        self.tally = tally
        self.node = node
        self.clockOffset = clockOffset
    }
}

public struct Account: Sendable {
    public var version: String
    public var inputs: [InputAccount]
    public var totals: Totals
    public var diagnosis: Diagnosis
    public var recordsOpenings: Bool
    /// How wide the networks are that hosts were rolled up to, when there were too many.
    public var breadth: Breadth
    public var names: Names
    public var zone: Zone
    /// Nil: every finding.
    public var top: Int?
    public var showsLedger: Bool
    /// The input whose clock the others were measured against.
    public var clockReference: Int?
    /// Networks taken to be behind the firewall, because the inputs showed them there.
    public var learntInside: [Network]
    /// The platform that `--platform` names, whatever the dialects say.
    public var platform: (any Platform)?
    /// What the firewall's rules say of each finding, by its number; empty where none were given.
    public var rules: [Int: [RuleAccount]] = [:]
    /// When connections first strayed; nil where nothing is to be drawn of it.
    public var pace: Pace?
    /// What is drawn of the findings; nil where the entries were read once only.
    public var exhibits: Exhibits?
    /// What the timeouts of the firewall cut and cost, where the log tells.
    public var tuning: TuningReport?

    public init(
        version: String, inputs: [InputAccount], totals: Totals, diagnosis: Diagnosis,
        recordsOpenings: Bool, breadth: Breadth, names: Names, zone: Zone, top: Int?,
        showsLedger: Bool, clockReference: Int? = nil, learntInside: [Network] = []
    ) {
        self.version = version
        self.inputs = inputs
        self.totals = totals
        self.diagnosis = diagnosis
        self.recordsOpenings = recordsOpenings
        self.breadth = breadth
        self.names = names
        self.zone = zone
        self.top = top
        self.showsLedger = showsLedger
        self.clockReference = clockReference
        self.learntInside = learntInside
    }

    /// The findings to show, and how many are left out.
    public var shown: (findings: [Finding], left: Int) {
        let all = diagnosis.findings
        guard let top, top < all.count else { return (all, 0) }
        return (Array(all.prefix(top)), all.count - top)
    }

    /// The input a line lies in, and its number there.
    public func place(ofLine number: Int) -> (input: String, line: Int) {
        let place = LineNumber.place(number, lines: inputs.map(\.tally.lines))
        return (inputs.isEmpty ? "" : inputs[place.input].name, place.line)
    }

    /// When the first and the last entry of all inputs were written.
    public var span: (from: Instant, to: Instant) {
        var from = Instant.unknown
        var to = Instant.unknown
        for input in inputs {
            let tally = input.tally
            if tally.from.isKnown, !from.isKnown || tally.from < from { from = tally.from }
            if tally.to.isKnown, !to.isKnown || to < tally.to { to = tally.to }
        }
        return (from, to)
    }

    /// The platforms that a finding's entries come from; "other" where their logs tell of none.
    public func platforms(_ finding: Finding) -> [any Platform] {
        if let platform { return [platform] }
        let ids = finding.dialects.flatMap { Account.platformIDs($0, pfProducts) }
        return allPlatforms.filter { ids.isEmpty ? $0.id == "other" : ids.contains($0.id) }
    }

    /// The platforms of a dialect; `pfProducts` is whose the rules of a pf log are, where they tell.
    public static func platformIDs(
        _ dialect: DialectID, _ pfProducts: [String]? = nil
    ) -> [String] {
        switch dialect {
        case .pfFilterlog: pfProducts ?? ["pfsense", "opnsense"]
        case .pfTcpdump: pfProducts ?? ["pf"]
        case .pfStates: pfProducts ?? ["pfsense", "opnsense", "pf"]
        case .ulogd, .netfilter, .conntrack: ["linux"]
        case .windowsFirewall: ["windows"]
        case .awsFlow: ["aws"]
        case .gcpFlow: ["gcp"]
        case .azureFlow: ["azure"]
        // Their platforms are called as they are.
        case .forcepoint, .ciscoASA, .fortiGate, .checkPoint, .sonicWall, .juniperSRX, .screenOS,
            .watchGuard, .sophos, .sophosUTM, .stormshield, .mikroTik, .meraki, .barracuda,
            .clavister, .paloAlto, .cilium:
            [dialect.name.description]
        // Sensors and collectors stand beside a firewall that they do not name.
        case .zeek, .suricata, .elasticCommon, .capture, .unknown: []
        }
    }

    /// pfSense names rules by ten digits, OPNsense by a hash of 32; nil where a log has neither.
    private var pfProducts: [String]? {
        let isOPNsense = names.contains { $0.count == 32 && $0.allSatisfy { hexDigit($0) != nil } }
        let isPfSense = names.contains { $0.count == 10 && $0.allSatisfy(isDigit) }
        if isOPNsense == isPfSense { return nil }
        return isOPNsense ? ["opnsense"] : ["pfsense"]
    }
}
