// The first stage: words into a command, options and operands. Nothing is opened or decided here.

/// What was typed.
package struct Typed: Equatable, Sendable {
    /// Nil when no command was named.
    package var command: CommandName?
    package var options = Options()
    package var operands: [Word] = []
    /// The names of the options used, to ask whether the command takes them.
    var used: [String] = []

    /// The words behind the program's name.
    package init(_ words: [Word]) throws(Complaint) {
        var rest = words[...]
        var optionsOver = false
        while let word = rest.popFirst() {
            if !optionsOver, word.bytes == Array("--".utf8) {
                optionsOver = true
            } else if !optionsOver, word.bytes.first == 0x2D, word.bytes.count > 1 {
                try take(word, &rest)
            } else if command == nil {
                command = try Typed.command(word.text)
            } else {
                operands.append(word)
            }
        }
        try checkOptions()
    }

    private mutating func take(_ word: Word, _ rest: inout ArraySlice<Word>) throws(Complaint) {
        let isLong = word.bytes.starts(with: Array("--".utf8))
        let sign = isLong ? word.bytes.firstIndex(of: 0x3D) : nil
        let typed = Word(Array(word.bytes[..<(sign ?? word.bytes.endIndex)])).text
        guard let option = Typed.option(typed) else { throw Typed.unknown(typed) }
        var value = Word(Array(typed.utf8))
        if let metavar = option.metavar {
            if let sign {
                value = Word(Array(word.bytes[(sign + 1)...]))
            } else if let next = rest.popFirst() {
                value = next
            } else {
                throw Complaint(typed, "its \(metavar) is missing", "write \(typed) \(metavar)")
            }
        } else if sign != nil {
            throw Complaint(typed, "it takes no value", "leave out what follows the =")
        }
        do {
            try option.apply(&options, value)
        } catch {
            throw Complaint(typed, error.what, error.advice)
        }
        used.append(option.name)
    }

    private func checkOptions() throws(Complaint) {
        guard let command, options.help == nil, !options.version else { return }
        for name in used {
            guard let option = allOptions.first(where: { $0.name == name }) else { continue }
            guard option.commands.contains(command) else {
                let takers = option.commands.map(\.rawValue).joined(separator: ", ")
                throw Complaint(
                    "--\(name)", "stray \(command.rawValue) does not take it",
                    "it is for \(takers)")
            }
        }
    }

    private static func option(_ typed: String) -> OptionSpec? {
        allOptions.first {
            typed == "--\($0.name)" || ($0.short.map { typed == "-\($0)" } ?? false)
        }
    }

    private static func unknown(_ typed: String) -> Complaint {
        let names = allOptions.map { "--\($0.name)" }
        // `-ofile` and `-qh` are not for us: one letter, one word.
        if !typed.hasPrefix("--"), typed.count > 2, let option = option(String(typed.prefix(2))) {
            let advice =
                option.metavar == nil
                ? "write each option by itself"
                : "write -\(option.short ?? "o") and its value apart"
            return Complaint(typed, "no such option", advice)
        }
        let near = nearest(typed.hasPrefix("--") ? typed : "-" + typed, among: names)
        return Complaint(
            typed, "no such option",
            near.map { "did you mean \($0)?" } ?? "stray help lists the options")
    }

    private static func command(_ text: String) throws(Complaint) -> CommandName {
        if let command = CommandName(rawValue: text) { return command }
        let near = nearest(text, among: CommandName.allCases.map(\.rawValue))
        var advice = "stray help lists the commands"
        if let near {
            advice = "did you mean stray \(near)?"
        } else if text == "-" || text.contains(where: { "./=".contains($0) }) {
            advice = "to explain a log: stray why \(text)"
        }
        throw Complaint(text, "no such command", advice)
    }
}
