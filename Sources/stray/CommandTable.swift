// The commands: what each is called, takes and prints. Parser, help and completions are made from
// this table and from `OptionTable`.

import Causes
import Dialects
import Facts
import Reports

package enum CommandName: String, CaseIterable, Sendable {
    case why
    case entries
    case explain
    case replay
    case tune
    case flags
    case cause
    case dialects
    case completions
    case help
}

package enum Format: String, CaseIterable, Sendable {
    case text
    case json
    case ndjson
    case csv
    case markdown
    case html
    case ecs
    case ocsf
}

extension Format {
    /// The formats in which single entries are printed.
    package static let ofEntries: [Format] = [.ndjson, .csv, .ecs, .ocsf]
}

package enum Shell: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish
}

/// What may stand behind a command or an option: for completions, and for what is suggested.
package enum Choices: Sendable {
    case nothing
    case files
    case words([String])
    /// The formats that the command at hand can print.
    case formats
    /// What `--emit` makes for the command at hand.
    case emissions
}

package struct CommandSpec: Sendable {
    package let name: CommandName
    package let operands: String
    package let summary: String
    package let about: String
    /// The formats it prints, the default first; empty when it has no choice.
    package let formats: [Format]
    package let choices: Choices
}

package let allCommands: [CommandSpec] = [
    CommandSpec(
        name: .why, operands: "[INPUT...]", summary: "explain every stray in the inputs",
        about: """
            Reads firewall logs, and captures beside them, and says why packets of working \
            connections were blocked: the cause, the evidence for it, and what to do about it on \
            that firewall.
            An input is a file, `-` for standard input, or NODE=FILE to name the firewall it \
            comes from. What several inputs tell of one packet becomes one entry. Without an \
            input, standard input is read.
            - for a ticket: stray why --format markdown LOG
            - to read and to pass on: stray why --format html -o report.html LOG
            - for a SIEM, each blocked entry: stray why --entries --format ecs LOG
            - rules that stop logging what is harmless: stray why --emit pf LOG
            """, formats: [.text, .json, .ndjson, .markdown, .html, .csv, .ecs, .ocsf],
        choices: .files),
    CommandSpec(
        name: .entries, operands: "[INPUT...]", summary: "print every entry in one shape",
        about: """
            Reads logs of any dialect, and captures, and prints all entries normalised, without \
            judgement.
            """,
        formats: Format.ofEntries, choices: .files),
    CommandSpec(
        name: .explain, operands: "[LINE...]", summary: "explain one or a few log lines",
        about: """
            Says at once what a line is, what its flags mean, which causes fit, and what would \
            tell them apart. Quote each line; without one, lines are read from standard input.
            """, formats: [.text, .json], choices: .nothing),
    CommandSpec(
        name: .replay, operands: "CAPTURE...",
        summary: "run captured packets through a firewall's model",
        about: """
            Says which packets of a capture a firewall would have blocked, with which words, and \
            why, as `stray why` does. The capture is pcap or pcapng; of several, IFACE=FILE \
            names the interface each was taken on.
            - the log it would have written: stray replay --emit filterlog CAPTURE
            - a line for each packet: stray replay --format ndjson CAPTURE
            - another setting: stray replay CAPTURE --set tcp.established=2h --versus \
            tcp.established=24h
            """, formats: [.text, .json, .ndjson], choices: .files),
    CommandSpec(
        name: .tune, operands: "CAPTURE|LOG...",
        summary: "what each timeout cuts and costs",
        about: """
            Tries longer and shorter values of every TCP timeout of a firewall on the packets of a \
            capture, or on a log that tells openings and ends of connections, and says for each \
            how many connections it would spare and how many states it would hold, with a \
            recommendation.
            - of a capture, a model of the firewall judges each packet (--model, --policy)
            - of a log, longer values are judged by the strays; what shorter ones would cut is \
            told from..to, for packets that passed are not logged
            """, formats: [.text, .json], choices: .files),
    CommandSpec(
        name: .flags, operands: "[FLAGS]", summary: "TCP flags in every dialect's notation",
        about: """
            Without FLAGS: the table of flags. FLAGS may be in any notation: FA, F., [FA], \
            'ACK FIN', FIN-ACK, 0x11, 17, 'flag 12 syn ack'.
            """, formats: [.text, .json], choices: .nothing),
    CommandSpec(
        name: .cause, operands: "[ID]", summary: "the page of one cause",
        about: """
            What the cause is, how it looks, how to confirm it, and what to do on each platform. \
            Without an ID: the list of all causes.
            """, formats: [.text, .json, .markdown],
        choices: .words(CauseID.allCases.map(\.name))),
    CommandSpec(
        name: .dialects, operands: "[ID]", summary: "the log dialects Stray reads",
        about: """
            With an ID: a sample line, how to get that log out of that product, and what cannot \
            be known from it.
            """, formats: [.text, .json, .markdown], choices: .words(pageNames)),
    CommandSpec(
        name: .completions, operands: "SHELL", summary: "shell completions",
        about: """
            SHELL is bash, zsh or fish.
            - bash: stray completions bash > ~/.local/share/bash-completion/completions/stray
            - zsh: stray completions zsh > a file _stray in a directory of $fpath
            - fish: stray completions fish > ~/.config/fish/completions/stray.fish
            """, formats: [], choices: .words(Shell.allCases.map(\.rawValue))),
    CommandSpec(
        name: .help, operands: "[COMMAND]", summary: "this help, or that of a command",
        about: """
            The same as `stray COMMAND --help`. With --man it is the manual page, in roff: pipe \
            it into `man -l -`, or keep it as stray-COMMAND.1 in a directory of your manpath.
            """, formats: [],
        choices: .words(CommandName.allCases.map(\.rawValue))),
]

extension CommandName {
    /// What `--emit` makes.
    package var emissions: [String] {
        self == .why
            ? QuietForm.allCases.map(\.rawValue) : LogForm.allCases.map(\.rawValue)
    }

    package var spec: CommandSpec {
        guard let found = allCommands.first(where: { $0.name == self }) else {
            preconditionFailure("every command has a row in allCommands")
        }
        return found
    }
}

package let dialectNames = DialectID.allCases.filter(\.isOfLines).map(\.name.description)
/// The same, and captures, which no dialect reads.
package let pageNames = dialectNames + [DialectID.capture.name.description]
