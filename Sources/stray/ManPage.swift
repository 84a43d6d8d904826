// The manual pages, `stray(1)` and one for each command, in roff. Made from the tables that `--help`
// is made from: `CommandTable`, `OptionTable` and `HelpTables`. `man(7)` tells the macros, `groff(7)`
// the escapes.

import Bytes

/// The page of a command, or of the whole program for nil, as `docs/man` keeps it.
package func manualPage(_ command: CommandName?) -> [UInt8] {
    var page = ManPage(command.map { "stray-\($0.rawValue)" } ?? "stray")
    if let command {
        page.put(command.spec)
    } else {
        page.putProgram()
    }
    return page.out.bytes
}

private struct ManPage {
    var out = ByteWriter()

    /// The date is left out: a page changes with its version and at no other time.
    init(_ name: String) {
        out.put(".\\\" Made by `stray help --man`; what is changed here is lost.\n")
        out.put(".TH \(code(name.uppercased())) 1 \"\" \"stray \(version)\" \"User Commands\"\n")
    }

    // MARK: The two kinds of page

    mutating func putProgram() {
        section("NAME")
        out.put("stray \\- say why a firewall blocked packets of working connections\n")
        section("SYNOPSIS")
        out.put(".B stray\n.I COMMAND\n[\\,\\fIOPTION\\/\\fR...]\n[\\,\\fIOPERAND\\/\\fR...]\n")
        section("DESCRIPTION")
        paragraphs(programSummary)
        out.put(".PP\n")
        paragraphs(
            """
            A stateful firewall lets a TCP connection in by its first SYN and remembers it. A \
            packet that comes when there is no memory of its connection is a stray. Stray reads \
            the firewall's log, says of each stray why it was blocked, shows the evidence for it, \
            and names what to do on that firewall. It only reads: no firewall is ever touched.
            """)
        section("COMMANDS")
        for command in allCommands {
            out.put(".TP\n.BR stray\\-\(command.name.rawValue) (1)\n")
            text(sentence(command.summary))
        }
        section("OPTIONS")
        text("Each command takes those that its own page tells. All take these:")
        let everywhere = allOptions.filter { $0.commands.count == allCommands.count }
        for option in everywhere { put(option) }
        put(statuses: exitStatusTable)
        put("ENVIRONMENT", environmentTable)
        put("FILES", fileTable)
        put(examples: programExamples)
        further(allCommands.map { "stray-\($0.name.rawValue)(1)" })
    }

    mutating func put(_ command: CommandSpec) {
        let name = command.name.rawValue
        section("NAME")
        out.put("stray\\-\(name) \\- \(prose(command.summary))\n")
        section("SYNOPSIS")
        out.put(".B stray \(name)\n[\\,\\fIOPTION\\/\\fR...]\n\\fI\(code(command.operands))\\fR\n")
        section("DESCRIPTION")
        paragraphs(command.about)
        if !command.formats.isEmpty {
            let names = command.formats.map(\.rawValue)
            out.put(".PP\n")
            text("Formats: \(names.joined(separator: ", ")) (default: \(names[0])).")
        }
        section("OPTIONS")
        for option in allOptions where option.commands.contains(command.name) { put(option) }
        put(statuses: command.name.exitStatuses)
        put("ENVIRONMENT", environmentTable.filter { $0.commands.contains(command.name) })
        put("FILES", fileTable.filter { $0.commands.contains(command.name) })
        put(examples: command.name.examples)
        further(["stray(1)"] + command.name.furtherPages)
    }

    // MARK: Parts of a page

    private mutating func section(_ title: String) { out.put(".SH \"\(title)\"\n") }

    private mutating func put(_ option: OptionSpec) {
        out.put(".TP\n")
        if let short = option.short { out.put("\\fB\\-\(short)\\fR, ") }
        out.put("\\fB\\-\\-\(code(option.name))\\fR")
        if let metavar = option.metavar { out.put(" \\fI\(code(metavar))\\fR") }
        out.put("\n")
        text(sentence(option.help) + (option.more.isEmpty ? "" : " " + option.more))
    }

    private mutating func put(statuses: [(ExitStatus, String)]) {
        section("EXIT STATUS")
        for (status, meaning) in statuses { entry(String(status.rawValue), sentence(meaning)) }
    }

    private mutating func put(examples: [Example]) {
        section("EXAMPLES")
        for (index, example) in examples.enumerated() {
            if index > 0 { out.put(".PP\n") }
            let does = sentence(example.does)
            text(String(does.dropLast()) + ":")
            out.put(".PP\n.in +4n\n.EX\n\(guarded(code(example.words)))\n.EE\n.in\n")
        }
    }

    private mutating func put(_ title: String, _ surroundings: [Surrounding]) {
        guard !surroundings.isEmpty else { return }
        section(title)
        for surrounding in surroundings { entry(surrounding.name, surrounding.meaning) }
    }

    private mutating func entry(_ term: String, _ meaning: String) {
        out.put(".TP\n.B \(code(term))\n")
        text(meaning)
    }

    private mutating func further(_ pages: [String]) {
        section("SEE ALSO")
        for (index, page) in pages.enumerated() {
            let end = index + 1 < pages.count ? "," : ""
            let parts = page.split(separator: "(")
            out.put(".BR \(code(String(parts[0]))) (\(parts[1])\(end)\n")
        }
    }

    // MARK: Text

    /// Each line of a text is a paragraph, or an item where it starts with `- `.
    private mutating func paragraphs(_ words: String) {
        for (index, line) in words.split(separator: "\n").enumerated() {
            if line.hasPrefix("- ") {
                out.put(".IP \\(bu 2\n")
                text(String(line.dropFirst(2)))
            } else {
                if index > 0 { out.put(".PP\n") }
                text(String(line))
            }
        }
    }

    /// One paragraph, broken into lines, so that a change of it is a small difference.
    private mutating func text(_ words: String) {
        let columnsMax = 78
        var line = ""
        for word in prose(words).split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > columnsMax {
                out.put(guarded(line) + "\n")
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        out.put(guarded(line) + "\n")
    }

    /// Prose: what stands in backticks is code, and so is a word that begins with a dash.
    private func prose(_ words: String) -> String {
        var all = ""
        for (index, part) in words.split(separator: "`", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard index % 2 == 0 else {
                all += "\\fB\(code(String(part)))\\fR"
                continue
            }
            let words = part.split(separator: " ", omittingEmptySubsequences: false)
            let pieces = words.map(String.init).map { word in
                // `(--model` too: an opening bracket does not change what the word is.
                let isOption = word.hasPrefix("-") || word.hasPrefix("(-")
                return isOption ? code(word) : word.replacing("\\", with: "\\e")
            }
            all += pieces.joined(separator: " ")
        }
        return all
    }

    /// What is typed or compared: no typographer may touch its dashes and quotes.
    private func code(_ words: String) -> String {
        var all = ""
        for character in words {
            switch character {
            case "\\": all += "\\e"
            case "-": all += "\\-"
            case "'": all += "\\(aq"
            case "`": all += "\\(ga"
            case "^": all += "\\(ha"
            case "~": all += "\\(ti"
            default: all.append(character)
            }
        }
        return all
    }

    /// A line of text that no macro begins.
    private func guarded(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
