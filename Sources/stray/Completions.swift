// Completions for bash, zsh and fish, made from the tables.

/// The script that a shell reads.
package func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: bashCompletions()
    case .zsh: zshCompletions()
    case .fish: fishCompletions()
    }
}

/// The words of a choice for a command; nil where files are meant or nothing is known.
private func words(_ choices: Choices, _ command: CommandSpec) -> [String]? {
    switch choices {
    case .nothing, .files: nil
    case .words(let all): all
    case .formats: command.formats.map(\.rawValue)
    case .emissions: command.name.emissions
    }
}

private func options(of command: CommandSpec) -> [OptionSpec] {
    allOptions.filter { $0.commands.contains(command.name) }
}

private func names(_ option: OptionSpec) -> [String] {
    ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
}

/// Those of the words that begin as the word under the cursor does.
private func compgen(_ words: [String]) -> String {
    "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$cur\"))"
}

private func bashCompletions() -> String {
    var out = """
        # bash completion for stray
        _stray() {
            local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word
            # Bash takes --option=value apart at the =.
            if [[ $cur == = ]]; then cur=; fi
            if [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
            for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case $word in \(CommandName.allCases.map(\.rawValue).joined(separator: "|")))
                    command=$word
                    break ;;
                esac
            done
            COMPREPLY=()
            case $command:$prev in

        """
    for command in allCommands {
        for option in options(of: command) where option.metavar != nil {
            let patterns = names(option).map { "\(command.name.rawValue):\($0)" }
            out += "        \(patterns.joined(separator: "|"))) "
            switch (option.choices, words(option.choices, command)) {
            case (.files, _): out += "COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n"
            case (_, .some(let all)): out += "\(compgen(all)); return ;;\n"
            default: out += "return ;;\n"
            }
        }
    }
    out += "    esac\n    case $command in\n"
    for command in allCommands {
        let flags = options(of: command).flatMap(names)
        out += "        \(command.name.rawValue))\n"
        out += "            if [[ $cur == -* ]]; then \(compgen(flags))\n"
        if case .files = command.choices {
            out += "            else COMPREPLY=($(compgen -f -- \"${cur#*=}\")); fi ;;\n"
        } else {
            let all = words(command.choices, command) ?? []
            out += "            else \(compgen(all)); fi ;;\n"
        }
    }
    let commands = CommandName.allCases.map(\.rawValue) + ["--help", "--version"]
    out += "        *) \(compgen(commands)) ;;\n"
    out += "    esac\n}\ncomplete -o filenames -o nosort -F _stray stray\n"
    return out
}

/// Text inside single quotes, where zsh's `_arguments` gives brackets and colons a meaning.
private func zshText(_ text: String) -> String {
    var out = ""
    for character in text {
        switch character {
        case "'": out += "'\\''"
        case "[", "]", ":", "\\": out += "\\\(character)"
        default: out.append(character)
        }
    }
    return out
}

private func zshAction(_ choices: Choices, _ command: CommandSpec) -> String {
    if case .files = choices { return "_files" }
    // Two blanks and a colon: a message, no completion. `=` is part of a word here.
    return words(choices, command).map { "(\($0.joined(separator: " ")))" } ?? " "
}

private func zshCompletions() -> String {
    var out = """
        #compdef stray
        _stray() {
            local curcontext=$curcontext state line
            _arguments -C '1: :->command' '*:: :->rest'
            case $state in
            command)
                local -a commands=(

        """
    for command in allCommands {
        out += "            '\(command.name.rawValue):\(zshText(command.summary))'\n"
    }
    out += """
                )
                _describe command commands ;;
            rest)
                case $words[1] in

        """
    for command in allCommands {
        out += "        \(command.name.rawValue))\n            _arguments"
        for option in options(of: command) {
            for name in names(option) {
                let value = option.metavar.map { ":\($0):\(zshAction(option.choices, command))" }
                let joint = value != nil && name.hasPrefix("--") ? "=" : ""
                out += " \\\n                '*\(name)\(joint)[\(zshText(option.help))]"
                out += "\(value ?? "")'"
            }
        }
        let operand = zshText(command.operands)
        out += " \\\n                '*:\(operand):\(zshAction(command.choices, command))' ;;\n"
    }
    return out + "        esac ;;\n    esac\n}\n_stray \"$@\"\n"
}

/// Text inside fish's single quotes.
private func fishText(_ text: String) -> String {
    text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
        .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
}

private func fishCompletions() -> String {
    let commands = CommandName.allCases.map(\.rawValue).joined(separator: " ")
    var out = "# fish completion for stray\ncomplete -c stray -f\n"
    for command in allCommands {
        out += "complete -c stray -n 'not __fish_seen_subcommand_from \(commands)'"
        out += " -a \(command.name.rawValue) -d '\(fishText(command.summary))'\n"
    }
    for command in allCommands {
        let here = "complete -c stray -n '__fish_seen_subcommand_from \(command.name.rawValue)'"
        if case .files = command.choices {
            out += here + " -F\n"
        } else if let all = words(command.choices, command) {
            out += here + " -a '\(all.joined(separator: " "))'\n"
        }
        for option in options(of: command) {
            out += here + (option.short.map { " -s \($0)" } ?? "") + " -l \(option.name)"
            if option.metavar != nil {
                if case .files = option.choices {
                    out += " -r -F"
                } else {
                    out += " -x"
                    if let all = words(option.choices, command) {
                        out += " -a '\(all.joined(separator: " "))'"
                    }
                }
            }
            out += " -d '\(fishText(option.help))'\n"
        }
    }
    return out
}
