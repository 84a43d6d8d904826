// From what was typed to what is meant: defaults, the zone, and what does not go together.

import Causes
import Evidence
import Facts
import Inputs
import Policy
import Reports

/// What the machine says, as values, so that the tests can say otherwise.
package struct Surroundings: Sendable {
    package var now: Instant
    package var noColor: Bool
    /// Whether the locale's character set can show more than ASCII.
    package var showsUnicode: Bool
    package var columns: Int
    package var inputIsTerminal: Bool
    package var outputIsTerminal: Bool
    package var errorIsTerminal: Bool
    package var zone: @Sendable (String?) throws(ZoneFailure) -> Zone

    package init(
        now: Instant, noColor: Bool = false, showsUnicode: Bool = true, columns: Int = 80,
        inputIsTerminal: Bool = false,
        outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
        zone: @escaping @Sendable (String?) throws(ZoneFailure) -> Zone
    ) {
        self.now = now
        self.noColor = noColor
        self.showsUnicode = showsUnicode
        self.columns = columns
        self.inputIsTerminal = inputIsTerminal
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
        self.zone = zone
    }
}

extension Request {
    /// What the typed words mean here.
    package init(_ typed: Typed, _ around: Surroundings) throws(Complaint) {
        let manner = Manner(typed.options, around)
        if typed.options.version {
            self = .version
            return
        }
        if let help = typed.options.help {
            self = .help(
                HelpRequest(command: typed.command, isLong: help == .long, manner: manner))
            return
        }
        guard let command = typed.command else {
            throw Complaint("", "no command", "try stray why FILE, or stray help")
        }
        self = try Meaning(typed, command, around, manner).request()
    }
}

extension Manner {
    init(_ options: Options, _ around: Surroundings) {
        let toTerminal = around.outputIsTerminal && options.output == nil
        let color =
            switch options.color {
            case .always: true
            case .never: false
            // no-color.org: set and not empty, whatever it says.
            case .auto: toTerminal && !around.noColor
            }
        output = options.output == Array("-".utf8) ? nil : options.output
        // A file is read on who knows what screen.
        screen = Screen(
            columns: toTerminal ? around.columns : 80, color: color,
            isASCII: options.ascii || !around.showsUnicode)
        pages = toTerminal && !options.noPager
        warns = !options.quiet
        progress = around.errorIsTerminal && !options.quiet && !options.noProgress
    }
}

private struct Meaning {
    let typed: Typed
    let options: Options
    let command: CommandName
    let around: Surroundings
    let manner: Manner

    init(_ typed: Typed, _ command: CommandName, _ around: Surroundings, _ manner: Manner) {
        self.typed = typed
        options = typed.options
        self.command = command
        self.around = around
        self.manner = manner
    }

    func request() throws(Complaint) -> Request {
        switch command {
        case .why: return .why(try why())
        case .entries:
            let plan = try plan()
            return .entries(
                EntriesRequest(
                    reading: plan, selection: try selection(plan.zone), format: try format(),
                    manner: manner))
        case .explain: return .explain(try explain())
        case .replay: return .replay(try replay())
        case .tune: return .tune(try replay())
        case .flags:
            let words = typed.operands.map(\.text)
            return .flags(
                FlagsRequest(
                    notation: words.isEmpty ? nil : words.joined(separator: " "),
                    format: try format(), manner: manner))
        case .cause:
            let name = try onlyOperand(known: CauseID.allCases.map(\.name))
            return .cause(
                CauseRequest(
                    cause: name.flatMap { CauseID(name: $0) }, platform: options.platform,
                    format: try format(), manner: manner))
        case .dialects:
            let name = try onlyOperand(known: pageNames)
            let id = DialectID.allCases.first { $0.name.description == name }
            return .dialects(
                DialectsRequest(dialect: id, format: try format(), manner: manner))
        case .completions:
            let shells = Shell.allCases.map(\.rawValue)
            guard let shell = try onlyOperand(known: shells).flatMap({ Shell(rawValue: $0) })
            else { throw Complaint("completions", "the shell is missing", "bash, zsh or fish") }
            return .completions(shell, manner)
        case .help:
            let name = try onlyOperand(known: CommandName.allCases.map(\.rawValue))
            var help = HelpRequest(
                command: name.flatMap { CommandName(rawValue: $0) }, isLong: name != nil,
                manner: manner)
            help.isManual = options.isManual
            return .help(help)
        }
    }

    private func why() throws(Complaint) -> WhyRequest {
        let plan = try plan()
        // A line for each entry is NDJSON, unless another format was asked for.
        let format = options.entries && options.format == nil ? .ndjson : try format()
        if options.entries, !Format.ofEntries.contains(format) {
            let names = Format.ofEntries.map(\.rawValue).joined(separator: ", ")
            throw Complaint("--entries", "it has no form in \(format.rawValue)", "take \(names)")
        }
        if options.emit != nil, options.format != nil || options.entries {
            throw Complaint(
                "--emit", "it prints rules, and nothing else",
                "leave out \(options.entries ? "--entries" : "--format")")
        }
        return WhyRequest(
            reading: plan, selection: try selection(plan.zone), causes: options.causes,
            format: format, top: options.top, entries: options.entries,
            emit: try options.emit.map(quietForm), ledger: options.ledger,
            settings: try settings(), inside: options.inside, rules: try rules(),
            platform: options.platform, manner: manner)
    }

    private func explain() throws(Complaint) -> ExplainRequest {
        if typed.operands.isEmpty, around.inputIsTerminal {
            throw Complaint("explain", "no line", "quote one: stray explain 'LINE'")
        }
        let lines = typed.operands.map(\.bytes).filter { $0 != Array("-".utf8) }
        return ExplainRequest(
            lines: lines, kind: options.kind, zone: try zone(), year: options.year,
            now: around.now, format: try format(), ledger: options.ledger,
            settings: try settings(), inside: options.inside, rules: try rules(),
            platform: options.platform, manner: manner)
    }

    private func replay() throws(Complaint) -> ReplayRequest {
        if typed.operands.isEmpty, around.inputIsTerminal {
            throw Complaint(
                command.rawValue, command == .tune ? "no capture and no log" : "no capture",
                "name one: stray \(command.rawValue) FILE.pcap")
        }
        if options.emit != nil, options.format != nil || !options.versus.isEmpty {
            throw Complaint(
                "--emit", "it prints a log, and nothing else",
                "leave out \(options.format != nil ? "--format" : "--versus")")
        }
        if !options.versus.isEmpty, options.format == .ndjson {
            throw Complaint("--versus", "it prints text or json", "leave out --format ndjson")
        }
        guard options.interfaces.count < 2 else {
            throw Complaint(
                "--interface", "a capture is taken on one", "write IFACE=FILE for each capture")
        }
        return ReplayRequest(
            reading: try plan(), model: options.model, policy: options.policy,
            settings: options.settings.compactMap { RawSetting($0) },
            versus: options.versus.compactMap { RawSetting($0) }, whatIfs: options.whatIfs,
            facts: options.facts, inside: options.inside, interface: options.interfaces.first,
            emit: try options.emit.map(logForm),
            format: try format(), top: options.top, ledger: options.ledger, manner: manner)
    }

    private func logForm(_ name: String) throws(Complaint) -> LogForm {
        do throws(BadValue) {
            return try oneOf(LogForm.self, name)
        } catch {
            throw Complaint("--emit", error.what, error.advice)
        }
    }

    private func quietForm(_ name: String) throws(Complaint) -> QuietForm {
        if let form = QuietForm(rawValue: name) { return form }
        if let refusal = QuietForm.refusal(name) {
            throw Complaint("--emit \(name)", refusal.what, refusal.advice)
        }
        let bad = BadValue(name, noneOf: CommandName.why.emissions)
        throw Complaint("--emit", bad.what, bad.advice)
    }

    /// The timeouts that `stray why` counts by.
    private func settings() throws(Complaint) -> [Setting] {
        var all: [Setting] = []
        for text in options.settings {
            do throws(BadValue) {
                all.append(try setting(text))
            } catch {
                throw Complaint("--set", error.what, error.advice)
            }
        }
        return all
    }

    private func rules() throws(Complaint) -> RulesRequest? {
        guard let path = options.rules else {
            guard options.facts == PolicyFacts() else {
                throw Complaint(
                    "--set", "it tells of rules, and none are given", "add --rules FILE")
            }
            return nil
        }
        return RulesRequest(path: path, facts: options.facts)
    }

    private func format() throws(Complaint) -> Format {
        let known = command.spec.formats
        guard let format = options.format else { return known.first ?? .text }
        guard known.contains(format) else {
            let names = known.map(\.rawValue).joined(separator: ", ")
            throw Complaint(
                "--format", "stray \(command.rawValue) does not print \(format.rawValue)",
                "it prints \(names)")
        }
        return format
    }

    private func plan() throws(Complaint) -> ReadingPlan {
        var inputs: [InputName] = []
        for operand in typed.operands { inputs.append(try input(operand)) }
        if inputs.isEmpty {
            guard !around.inputIsTerminal else {
                throw Complaint(
                    command.rawValue, "no input",
                    "name a file, or pipe a log into stray \(command.rawValue)")
            }
            inputs = [InputName(node: nil, path: nil)]
        }
        guard inputs.count(where: { $0.path == nil }) < 2 else {
            throw Complaint("-", "standard input can be read only once", "name it once")
        }
        return ReadingPlan(
            inputs: inputs, kind: options.kind, zone: try zone(), year: options.year,
            threads: options.threads)
    }

    /// `FILE`, `-`, `NODE=FILE`. A file with `=` in its name is `./NAME`: a node has no slash.
    private func input(_ word: Word) throws(Complaint) -> InputName {
        var path = word.bytes
        var node: String?
        if let sign = path.firstIndex(of: 0x3D), !path[..<sign].contains(0x2F) {
            guard sign > 0, sign + 1 < path.count else {
                throw Complaint(
                    word.text, "no NODE=FILE", "name both, or write ./ before a file's name")
            }
            node = String(decoding: path[..<sign], as: UTF8.self)
            path = Array(path[(sign + 1)...])
        }
        guard !path.isEmpty else { throw Complaint("\"\"", "no file is named", "name one") }
        return InputName(node: node, path: path == Array("-".utf8) ? nil : path)
    }

    private func zone() throws(Complaint) -> Zone {
        let place = options.zone == nil ? "TZ" : "--tz"
        do {
            return try around.zone(options.zone)
        } catch {
            let shown = options.zone.map { "\"\($0)\" is" } ?? "its value is"
            throw Complaint(
                place, "\(shown) no time zone of this machine",
                "write Europe/Berlin, UTC or +02:00")
        }
    }

    private func selection(_ zone: Zone) throws(Complaint) -> Selection {
        var names = Names()
        var selection = Selection()
        selection.from = options.since?.start(in: zone, now: around.now)
        selection.before = options.until?.end(in: zone, now: around.now)
        if let from = selection.from, let before = selection.before, from >= before {
            throw Complaint("--until", "it is not after --since", "swap them")
        }
        for node in options.nodes { selection.nodes.append(names.keep(node)) }
        for name in options.interfaces { selection.interfaces.append(names.keep(name)) }
        selection.sources = options.sources
        selection.destinations = options.destinations
        selection.ports = options.ports
        return selection
    }

    /// The one word behind the command, if there is one; it must be known.
    private func onlyOperand(known: [String]) throws(Complaint) -> String? {
        if typed.operands.count > 1 {
            throw Complaint(typed.operands[1].text, "one too many", "name one at a time")
        }
        guard let name = typed.operands.first?.text else { return nil }
        guard known.contains(name) else {
            let bad = BadValue(name, noneOf: known)
            throw Complaint(command.rawValue, bad.what, bad.advice)
        }
        return name
    }
}
