// What was typed: each option's value by itself, read but not yet put together. What it means for
// a command is decided in `Request`.

import Causes
import Facts
import Policy
import Replay
import Reports

package struct Options: Equatable, Sendable {
    package enum Help: Equatable, Sendable {
        case short
        case long
    }

    package enum Color: String, CaseIterable, Sendable {
        case auto
        case always
        case never
    }

    package var help: Help?
    package var version = false
    /// Help as a manual page.
    package var isManual = false
    package var format: Format?
    /// The path as it came: file names need not be UTF-8.
    package var output: [UInt8]?
    package var since: Moment?
    package var until: Moment?
    package var zone: String?
    package var year: Int?
    package var nodes: [String] = []
    package var interfaces: [String] = []
    package var sources: [Network] = []
    package var destinations: [Network] = []
    package var ports: [ClosedRange<UInt16>] = []
    package var causes: [CauseID] = []
    package var top: Int?
    package var entries = false
    package var ledger = false
    /// As they were typed: what they may be depends on the command.
    package var settings: [String] = []
    package var versus: [String] = []
    package var model: FirewallKind?
    package var policy: [UInt8]?
    /// What it may be depends on the command.
    package var emit: String?
    package var whatIfs: WhatIfs = []
    /// A file with the firewall's rules, and what it does not tell.
    package var rules: [UInt8]?
    package var facts = PolicyFacts()
    package var platform: String?
    package var inside: [Network] = []
    package var kind: InputKind?
    package var threads: Int?
    package var color = Color.auto
    package var ascii = false
    package var noPager = false
    package var quiet = false
    package var noProgress = false

    package init() {}
}

/// What an input is, where the guess is overruled.
package enum InputKind: Equatable, Sendable {
    case dialect(DialectID)
}

/// `--set NAME=VALUE`: a timeout that the firewall has, where it is not its platform's default.
package typealias Setting = TimerBook.Override
