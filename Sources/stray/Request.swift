// The second stage: what the typed words mean. A request is a plain value with everything a
// command needs; only the zone and the state of the terminal were asked of the machine.

import Causes
import Evidence
import Facts
import Reports

package enum Request: Sendable {
    case why(WhyRequest)
    case entries(EntriesRequest)
    case explain(ExplainRequest)
    case replay(ReplayRequest)
    case tune(ReplayRequest)
    case flags(FlagsRequest)
    case cause(CauseRequest)
    case dialects(DialectsRequest)
    case completions(Shell, Manner)
    case help(HelpRequest)
    case version
}

/// Where output goes and how it looks.
package struct Manner: Equatable, Sendable {
    /// Nil is standard output.
    package var output: [UInt8]?
    package var screen: Screen
    /// Warnings may be told on standard error.
    package var warns: Bool
    /// Progress may be shown on standard error.
    package var progress: Bool
    /// A long page may be shown through a pager.
    package var pages: Bool

    package init(
        output: [UInt8]?, screen: Screen, warns: Bool, progress: Bool, pages: Bool = false
    ) {
        self.output = output
        self.screen = screen
        self.warns = warns
        self.progress = progress
        self.pages = pages
    }
}

/// One input as it was named.
package struct InputName: Equatable, Sendable {
    /// The firewall it comes from, where it was said.
    package var node: String?
    /// Nil is standard input. Bytes, because file names need not be UTF-8.
    package var path: [UInt8]?

    package init(node: String?, path: [UInt8]?) {
        self.node = node
        self.path = path
    }

    /// What reports call it; not yet safe for a terminal.
    package var name: String { path.map { String(decoding: $0, as: UTF8.self) } ?? "-" }
}

/// How inputs are to be read.
package struct ReadingPlan: Equatable, Sendable {
    package var inputs: [InputName]
    /// Nil: by their content.
    package var kind: InputKind?
    package var zone: Zone
    /// The year in which the log begins; nil: by the file's time.
    package var year: Int?
    /// Nil: one for each core.
    package var threads: Int?
}

package struct WhyRequest: Equatable, Sendable {
    package var reading: ReadingPlan
    package var selection: Selection
    /// Empty: all.
    package var causes: [CauseID]
    package var format: Format
    /// Nil: all findings.
    package var top: Int?
    package var entries: Bool
    /// The rules that quiet the harmless findings, instead of a report.
    package var emit: QuietForm?
    package var ledger: Bool
    package var settings: [Setting]
    package var inside: [Network]
    package var rules: RulesRequest?
    /// The platform to name remedies for; nil: by the dialect.
    package var platform: String?
    package var manner: Manner
}

package struct EntriesRequest: Equatable, Sendable {
    package var reading: ReadingPlan
    package var selection: Selection
    package var format: Format
    package var manner: Manner
}

package struct ExplainRequest: Equatable, Sendable {
    /// As bytes: logs need not be UTF-8. Empty: lines are read from standard input.
    package var lines: [[UInt8]]
    package var kind: InputKind?
    package var zone: Zone
    package var year: Int?
    package var now: Instant
    package var format: Format
    package var ledger: Bool
    package var settings: [Setting]
    package var inside: [Network]
    package var rules: RulesRequest?
    /// The platform to name remedies for; nil: by the dialect.
    package var platform: String?
    package var manner: Manner
}

package struct FlagsRequest: Equatable, Sendable {
    /// Nil: the table.
    package var notation: String?
    package var format: Format
    package var manner: Manner
}

package struct CauseRequest: Equatable, Sendable {
    /// Nil: the list.
    package var cause: CauseID?
    /// Nil: all of them.
    package var platform: String?
    package var format: Format
    package var manner: Manner

    package init(
        cause: CauseID?, platform: String? = nil, format: Format, manner: Manner
    ) {
        self.cause = cause
        self.platform = platform
        self.format = format
        self.manner = manner
    }
}

package struct DialectsRequest: Equatable, Sendable {
    /// Nil: the list.
    package var dialect: DialectID?
    package var format: Format
    package var manner: Manner
}

package struct HelpRequest: Equatable, Sendable {
    /// Nil: of the whole program.
    package var command: CommandName?
    package var isLong: Bool
    /// As a manual page, in roff.
    package var isManual = false
    package var manner: Manner

    package init(command: CommandName?, isLong: Bool, manner: Manner) {
        self.command = command
        self.isLong = isLong
        self.manner = manner
    }
}
