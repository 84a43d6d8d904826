// pf's settings, by pf.conf's own names.
//
// pf.conf(5), "OPTIONS". Read first: PFTimer.swift.

import Facts

struct PFSettings: Sendable {
    var system = PFSystem.freeBSD
    var optimization = PFOptimization.normal
    /// What was set by name; it outlasts another optimization.
    var set: [PFTimer: UInt32] = [:]
    /// pfvar.h, PFSTATE_HIWAT.
    var stateLimit = 100_000
    var reassemblesTCP = false
    fileprivate var wantsBound: Bool?
    fileprivate var wantsScrub: Bool?
    fileprivate var wantsReassembly: Bool?

    /// pfSense binds since Plus 24.03 and CE 2.8.0; the others do not unless asked.
    var isBound: Bool { wantsBound ?? (system == .pfSense) }
    /// On wherever no scrub rule names other packets; always in OpenBSD.
    var scrubs: Bool { system == .openBSD || wantsScrub ?? true }
    /// `scrub` rules reassemble; pf on FreeBSD without any does so when told to.
    var reassembles: Bool { wantsReassembly ?? (system != .freeBSD) }
}

extension PF {
    /// What `set` takes, and what for; the command shows it.
    public static let settingNames: [(name: String, takes: String)] =
        PFTimer.allCases.map { ($0.name, $0.isCount ? "a number of states" : "a time") } + [
            ("optimization", "normal, high-latency, satellite, aggressive or conservative"),
            ("system", "freebsd, openbsd, pfsense or opnsense"),
            ("state-policy", "floating or if-bound"),
            ("limit.states", "a number of states"),
            ("scrub", "on or off"),
            ("reassemble", "on or off"),
            ("reassemble-tcp", "on or off"),
        ]

    public mutating func set(_ name: String, to value: String) throws(SettingFault) {
        if let timer = PFTimer(name: name) {
            settings.set[timer] =
                timer.isCount
                ? try countSetting(Substring(value), .badValue(expected: "a number of states"))
                : try secondsSetting(value)
        } else {
            try setSwitch(name, value)
        }
        settle()
    }

    private mutating func setSwitch(_ name: String, _ value: String) throws(SettingFault) {
        guard let known = PF.settingNames.first(where: { $0.name == name }) else {
            throw .unknownName(nearest: nearestName(name, among: PF.settingNames.map(\.name)))
        }
        let fault = SettingFault.badValue(expected: known.takes)
        switch name {
        case "optimization":
            guard let word = PFOptimization(word: value) else { throw fault }
            settings.optimization = word
        case "system":
            guard let word = PFSystem(rawValue: value) else { throw fault }
            settings.system = word
        case "state-policy":
            guard value == "floating" || value == "if-bound" else { throw fault }
            settings.wantsBound = value == "if-bound"
        case "limit.states":
            // Limit: states are numbered in 31 bits; pf's own limit is a 32-bit number.
            guard let limit = Int(value), (1...0x7FFF_FFFE).contains(limit) else { throw fault }
            settings.stateLimit = limit
        default:
            guard let isOn = ["on": true, "yes": true, "off": false, "no": false][value] else {
                throw fault
            }
            switch name {
            case "scrub": settings.wantsScrub = isOn
            case "reassemble": settings.wantsReassembly = isOn
            default: settings.reassemblesTCP = isOn
            }
        }
    }

    /// Works out all timeouts anew, those of the rules too.
    mutating func settle() {
        times = settings.optimization.times(
            on: settings.system, stateLimit: settings.stateLimit)
        for (timer, value) in settings.set { times[timer] = value }
        for number in terms.indices {
            let old = terms[number]
            terms[number] = PFRuleTerms(old.rule, old.options, over: times)
            terms[number].count = old.count
        }
        assumed = 0
        listAnew()
    }
}
