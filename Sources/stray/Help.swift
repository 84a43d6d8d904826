// `--help`, of the program and of each command, made from the tables.

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
        paragraph("Stray says why the firewall blocked a packet when the connection was fine.")
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
            line("Exit status", .bold)
            table(
                [
                    [Styled("0"), Styled("it ran, and nothing needs a hand")],
                    [Styled("1"), Styled("it ran, and at least one finding needs a hand")],
                    [Styled("2"), Styled("bad arguments")],
                    [
                        Styled("3"),
                        Styled("an input could not be read or held nothing recognisable"),
                    ],
                ], indent: 2)
            line()
        }
        line("Examples", .bold)
        for example in [
            "stray why /var/log/filter.log", "stray why --since 24h --top 5 fw1=a.log fw2=b.log",
            "stray explain 'LINE'", "stray flags FPA", "stray cause late-close",
        ] {
            line("  " + example)
        }
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
            let first = option.help.prefix(1).uppercased() + option.help.dropFirst() + "."
            paragraph(first + (option.more.isEmpty ? "" : " " + option.more), indent: 10)
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
