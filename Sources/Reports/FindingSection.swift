// Under which heading a report tells a finding: by what people have to do about it.

import Causes

enum FindingSection: CaseIterable {
    case needsHand
    case attack
    case undecided
    case policy
    case harmless

    init(_ finding: Finding) {
        if finding.isAlwaysPrevented {
            self = .needsHand
            return
        }
        switch finding.harm {
        case .misconfigured, .tune: self = .needsHand
        case .attack: self = .attack
        case .unknown: self = .undecided
        case .blockedByPolicy: self = .policy
        case .harmless: self = .harmless
        }
    }

    var heading: String {
        switch self {
        case .needsHand: "Needs a hand"
        case .attack: "Attacks, blocked"
        case .undecided: "Undecided"
        case .policy: "Not strays: blocked by a rule"
        case .harmless: "Harmless"
        }
    }

    var isBrief: Bool { self == .policy || self == .harmless }
}
