// What `stray replay` and `stray tune` were asked.
//
// Read first: `Request`.

import Facts
import Policy
import Replay
import Reports

/// A setting by the firewall's own name, as it was typed.
package struct RawSetting: Equatable, Sendable {
    package var name: String
    package var value: String

    /// Nil without `=`, or with nothing on one side.
    init?(_ text: String) {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        name = String(text[..<sign])
        value = String(text[text.index(after: sign)...])
        if name.isEmpty || value.isEmpty { return nil }
    }

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    package var text: String { "\(name)=\(value)" }
}

/// Ways to be less strict, to be tried.
package struct WhatIfs: OptionSet, Equatable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let sloppy = WhatIfs(rawValue: 1)
    package static let liberal = WhatIfs(rawValue: 2)
    package static let loose = WhatIfs(rawValue: 4)
}

package struct ReplayRequest: Equatable, Sendable {
    package var reading: ReadingPlan
    /// Nil: as the policy's language has it.
    package var model: FirewallKind?
    package var policy: [UInt8]?
    package var settings: [RawSetting]
    /// The settings of the other run; empty where nothing is compared.
    package var versus: [RawSetting]
    package var whatIfs: WhatIfs
    /// What the policy does not tell.
    package var facts: PolicyFacts
    package var inside: [Network]
    /// The inner interface, on which the capture was taken.
    package var interface: String?
    package var emit: LogForm?
    package var format: Format
    package var top: Int?
    package var ledger: Bool
    package var manner: Manner
}
