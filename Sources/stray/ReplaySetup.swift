// What a replay is made of, before the first packet: the rules, the model, its settings, and what
// must be said about them.
//
// Read first: `ReplayRequest`, `Firewall` in Replay.

import Causes
import Facts
import Glibc
import Inputs
import Policy
import Replay
import Tracking

struct ReplaySetup {
    let kind: FirewallKind
    let rules: Rules
    /// Those of the policy, of the what-ifs, and of `--set`, in this order.
    let settings: [RawSetting]
    let notes: [String]
    private let request: ReplayRequest

    init(_ request: ReplayRequest) throws(Stop) {
        self.request = request
        let file = try request.policy.map { path throws(Stop) in
            try RuleBook(RulesRequest(path: path, facts: request.facts), request.manner).rules
        }
        let kind = try ReplaySetup.kind(request.model, file)
        self.kind = kind
        let changes = request.whatIfs
        try ReplaySetup.check(changes, kind)
        var notes = ReplaySetup.assumptions(request, file)
        if let file {
            let shared = SharedRules(file)
            rules = changes.contains(.sloppy) ? .sloppy(shared) : .file(shared)
        } else {
            rules = .standard(
                StandardRules(
                    inside: request.inside, isSloppy: changes.contains(.sloppy),
                    picksUp: changes.contains(.loose)))
        }
        var settings = file.map { ReplaySetup.settings(of: $0, kind) } ?? []
        settings += ReplaySetup.settings(changes, kind)
        notes += ReplaySetup.prices(changes, kind)
        self.settings = settings
        self.notes = notes
    }

    /// A firewall with these settings beside the others.
    func firewall(_ more: [RawSetting]) throws(Stop) -> Firewall {
        do throws(Firewall.BadSetting) {
            return try Firewall(
                kind, rules, settings: (settings + more).map { ($0.name, $0.value) },
                inside: request.inside, isInnerInterface: request.interface != nil)
        } catch {
            throw .complaint(ReplaySetup.complaint(error, kind))
        }
    }

    /// What `stray why` counts by, for the explanation.
    func timers(_ more: [RawSetting]) -> TimerBook {
        var overrides: [TimerBook.Override] = []
        for setting in settings + more {
            guard let name = kind.timer(ofSetting: kind.ownName(setting.name)),
                let seconds = duration(setting.value), seconds > 0
            else { continue }
            overrides.append(
                TimerBook.Override(name: name, dialect: kind.dialect, seconds: seconds))
        }
        return TimerBook(overrides)
    }

    // MARK: The policy

    private static func kind(
        _ wanted: FirewallKind?, _ file: PolicyRules?
    ) throws(Stop) -> FirewallKind {
        if let wanted { return wanted }
        return file?.language == .pf ? .pf : .netfilter
    }

    /// What `set` lines of pf.conf say, for the model of pf.
    private static func settings(of file: PolicyRules, _ kind: FirewallKind) -> [RawSetting] {
        guard kind == .pf, file.language == .pf else { return [] }
        var all: [RawSetting] = []
        if let word = file.settings.optimization { all.append(RawSetting("optimization", word)) }
        for timeout in file.settings.timeouts {
            all.append(RawSetting(timeout.name, "\(timeout.seconds)"))
        }
        for limit in file.settings.limits where limit.name == "states" {
            all.append(RawSetting("limit.states", "\(limit.seconds)"))
        }
        if file.settings.statePolicy == .ifBound {
            all.append(RawSetting("state-policy", "if-bound"))
        }
        return all
    }

    private static func assumptions(_ request: ReplayRequest, _ file: PolicyRules?) -> [String] {
        var notes: [String] = []
        if file == nil {
            notes.append(
                request.inside.isEmpty
                    ? "No policy: every lone SYN opens a connection, and so does the first packet of "
                        + "other protocols; --inside or --policy tells who may."
                    : "No policy: what comes from inside passes and opens, what comes in is denied."
            )
        }
        if let language = file?.language, let model = request.model,
            (language == .pf) != (model == .pf)
        {
            notes.append("The rules are written for another firewall than the model is of.")
        }
        return notes
    }

    // MARK: What-ifs

    private static func check(_ changes: WhatIfs, _ kind: FirewallKind) throws(Stop) {
        if changes.contains(.sloppy), kind != .pf {
            throw .complaint(
                Complaint("--sloppy", "only pf has sloppy states", "add --model pf, or try --loose")
            )
        }
        if changes.contains(.liberal), kind != .netfilter {
            throw .complaint(
                Complaint(
                    "--liberal", "only netfilter has it (tcp_be_liberal)",
                    kind == .pf ? "try --sloppy" : "try --loose"))
        }
    }

    private static func settings(_ changes: WhatIfs, _ kind: FirewallKind) -> [RawSetting] {
        var all: [RawSetting] = []
        if changes.contains(.liberal) { all.append(RawSetting("nf_conntrack_tcp_be_liberal", "1")) }
        if changes.contains(.loose) {
            switch kind {
            case .netfilter: all.append(RawSetting("nf_conntrack_tcp_loose", "1"))
            case .forcepoint: all.append(RawSetting("connection-tracking", "loose"))
            case .pf: break
            }
        }
        return all
    }

    /// What protection each gives up.
    private static func prices(_ changes: WhatIfs, _ kind: FirewallKind) -> [String] {
        var notes: [String] = []
        if changes.contains(.sloppy) {
            notes.append(
                "--sloppy gives up: sequence numbers are not looked at, so whoever guesses addresses "
                    + "and ports can put data into a connection, or reset it.")
        }
        if changes.contains(.liberal) {
            notes.append(
                "--liberal gives up: segments outside the window pass, so data can be injected blindly "
                    + "into a connection whose ports are guessed; forged resets are still refused.")
        }
        if changes.contains(.loose) {
            notes.append(
                "--loose gives up: a connection need not begin with a SYN, so scans with ACKs reach the "
                    + "hosts behind, and "
                    + (kind == .netfilter
                        ? "what is picked up in its middle is never held to its window."
                        : "what was forgotten or never allowed to open is let on."))
        }
        return notes
    }

    private static func complaint(_ bad: Firewall.BadSetting, _ kind: FirewallKind) -> Complaint {
        switch bad.fault {
        case .unknownName(let nearest):
            Complaint(
                "--set", "\(kind.title) has no setting \"\(bad.name)\"",
                nearest.map { "did you mean \($0)?" } ?? "docs/replay.md lists them")
        case .badValue(let expected):
            Complaint("--set", "\"\(bad.name)\" takes another value", "give \(expected)")
        }
    }
}
