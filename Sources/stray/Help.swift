// `--help`, of the program and of each command, made from the tables: `CommandTable`, `OptionTable`,
// `HelpTables`.

import Bytes
import Reports

package let version = "0.1.0"

/// The help that was asked for.
package func helpText(_ request: HelpRequest) -> ByteWriter {
    var out = TerminalWriter(request.manner.screen)
    if let command = request.command {
        out.putHelp(of: command.spec, isLong: request.isLong)
    } else {
        out.putOverview(isLong: request.isLong)
    }
    return out.writer
}

extension TerminalWriter {
    fileprivate mutating func putOverview(isLong: Bool) {
        paragraph(programSummary)
        line()
        line("Usage", .bold)
        line("  stray COMMAND [OPTION...] [OPERAND...]")
        line()
        line("Commands", .bold)
        table(
            allCommands.map { command in
                [
                    Styled("\(command.name.rawValue) \(command.operands)", .cyan),
                    Styled(command.summary),
                ]
            }, indent: 2)
        line()
        if isLong {
            putOptions(allOptions, isLong: true)
            line()
            putStatuses(exitStatusTable)
            line()
        }
        line("Examples", .bold)
        for example in programExamples { line("  " + example.words) }
        line()
        paragraph("stray COMMAND --help tells more.")
    }

    fileprivate mutating func putHelp(of command: CommandSpec, isLong: Bool) {
        line("Usage", .bold)
        line("  stray \(command.name.rawValue) [OPTION...] \(command.operands)")
        line()
        if isLong {
            paragraph(command.about)
            line()
        } else {
            paragraph(command.summary)
            line()
        }
        if !command.formats.isEmpty {
            let names = command.formats.map(\.rawValue)
            paragraph(
                "Formats: " + names.joined(separator: ", ") + " (default: \(names[0])).")
            line()
        }
        putOptions(allOptions.filter { $0.commands.contains(command.name) }, isLong: isLong)
        guard isLong else { return }
        line()
        putStatuses(command.name.exitStatuses)
        line()
        line("Examples", .bold)
        for example in command.name.examples {
            line("  " + example.words, .cyan)
            paragraph(sentence(example.does), indent: 10)
        }
    }

    private mutating func putStatuses(_ statuses: [(ExitStatus, String)]) {
        line("Exit status", .bold)
        table(
            statuses.map { [Styled(String($0.rawValue)), Styled($1)] }, indent: 2)
    }

    private mutating func putOptions(_ options: [OptionSpec], isLong: Bool) {
        line("Options", .bold)
        guard isLong else {
            table(options.map { [Styled($0.usage, .cyan), Styled($0.help)] }, indent: 2)
            return
        }
        for option in options {
            put("  ")
            line(option.usage, .cyan)
            paragraph(
                sentence(option.help) + (option.more.isEmpty ? "" : " " + option.more), indent: 10)
        }
    }
}

extension OptionSpec {
    /// `-o, --output FILE`.
    var usage: String {
        let long = "--\(name)" + (metavar.map { " \($0)" } ?? "")
        return (short.map { "-\($0), " } ?? "    ") + long
    }
}
