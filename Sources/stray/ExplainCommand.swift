// `stray explain`: one or a few lines, each explained at once.
//
// The lines are also evidence for each other: an opening beside a stray is used.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Glibc
import Remedies
import Reports
import Wire

enum ExplainCommand {
    // Limit: standard input is read up to here; a log is for `stray why`.
    private static let linesMax = 1000

    static func run(_ request: ExplainRequest) throws(Stop) -> ExitStatus {
        var only: DialectID?
        if case .dialect(let id) = request.kind { only = id }
        let lines = request.lines.isEmpty ? standardInput() : request.lines
        guard !lines.isEmpty else {
            throw .complaint(
                Complaint("explain", "no line", "quote one: stray explain 'LINE'", status: .failed))
        }
        var explained = Explained(lines, request, only)
        if let rules = request.rules { explained.ask(try RuleBook(rules, request.manner)) }
        var output = try Output(to: request.manner.output)
        if request.format == .json {
            output.writer.put(explained.json())
        } else {
            output.writer.put(explained.text(request.manner.screen))
        }
        try output.finish()
        return explained.hasEntries ? .fine : .failed
    }

    private static func standardInput() -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        while lines.count < linesMax {
            let next = getchar()
            if next == EOF || next == 0x0A {
                if !line.isEmpty { lines.append(line) }
                line = []
                if next == EOF { break }
            } else if line.count <= lineBytesMax {
                line.append(UInt8(truncatingIfNeeded: next))
            }
        }
        return lines
    }
}

/// The lines, what each was read as, and what was judged of it.
private struct Explained {
    struct Item {
        var raw: [UInt8]
        var entry: Entry?
        var damage: Damage?
        var judged: (verdict: Verdict, finding: Int)?
        /// What the firewall's rules say of it; nil where none were given.
        var rules: [RuleAccount]?
    }

    var items: [Item]
    let names: Names
    let zone: Zone
    let showsLedger: Bool
    /// The findings, with the platform asked for: it knows the remedies.
    let account: Account
    /// Whether the platform was named, so that what to collect is told in its words.
    let isPlatformNamed: Bool

    var hasEntries: Bool { items.contains { $0.entry != nil } }

    init(_ lines: [[UInt8]], _ request: ExplainRequest, _ only: DialectID?) {
        zone = request.zone
        showsLedger = request.ledger
        let rule =
            request.year.map { YearRule.begins(year: $0, month: 1, day: 1) }
            ?? .writtenUpTo(request.now)
        var reader = LineReader(clock: Clock(zone: request.zone, yearRule: rule), only: only)
        var settings = Settings()
        settings.inside = request.inside
        var digest = Digest(settings, beginsInput: true, book: LifeBook())
        var read: [Item] = []
        for raw in lines {
            reader.tally = Tally()
            digest.lines += 1
            let before = read.count
            PaddedText(raw).withLine { line in
                var entry = Entry()
                var isEntry = reader.read(line, into: &entry)
                while isEntry {
                    digest.add(&entry, line: digest.lines)
                    read.append(Item(raw: raw, entry: entry))
                    isEntry = reader.readFurther(line, into: &entry)
                }
            }
            if read.count == before {
                read.append(Item(raw: raw, damage: reader.tally.samples.first?.damage))
            }
        }
        digest.finish()
        let diagnosis = Diagnosis(digest, timers: TimerBook(request.settings))
        names = reader.context.names
        var account = Account(
            version: version, inputs: [], totals: digest.totals, diagnosis: diagnosis,
            recordsOpenings: digest.world.recordsOpenings, breadth: digest.cases.breadth,
            names: names, zone: request.zone, top: nil, showsLedger: request.ledger)
        account.platform = request.platform.flatMap(platformNamed)
        self.account = account
        isPlatformNamed = request.platform != nil
        var judge = EntryJudge(digest, diagnosis)
        for place in read.indices {
            guard let entry = read[place].entry, entry.isBlocked else { continue }
            read[place].judged = judge.judge(entry, explaining: true)
        }
        items = read
    }

    /// The finding that a line was judged to be of.
    private func finding(_ item: Item) -> Finding? {
        item.judged.flatMap { judged in
            account.diagnosis.findings.first { $0.id == judged.finding }
        }
    }

    /// The finding whose remedies fit a line: that of its cause, where one was decided. One line
    /// alone seldom says so much.
    private func remedied(_ item: Item) -> Finding? {
        guard let cause = item.judged?.verdict.cause, cause != .unexplained else { return nil }
        return finding(item).flatMap { $0.cause == cause ? $0 : nil }
    }

    /// What would tell more, in the words of the platform where one was named.
    private func collecting(_ item: Item, _ verdict: Verdict) -> [String] {
        guard isPlatformNamed, let finding = finding(item),
            let platform = account.platforms(finding).first
        else { return cause(verdict.cause).page.collect }
        return platform.collect.map { account.filled($0, finding) }
    }

    mutating func ask(_ book: RuleBook) {
        for place in items.indices {
            items[place].rules = items[place].entry.map { book.accounts([$0], names) } ?? []
        }
    }
}

// MARK: - Text

extension Explained {
    func text(_ screen: Screen) -> [UInt8] {
        var out = TerminalWriter(screen)
        for (place, item) in items.enumerated() {
            if place > 0 { out.line() }
            put(item, &out)
        }
        return out.writer.bytes
    }

    private func put(_ item: Item, _ out: inout TerminalWriter) {
        guard let entry = item.entry else {
            let shown = String(decoding: item.raw.prefix(70), as: UTF8.self)
            out.line(shown, .dim)
            let what =
                item.damage.map { "A firewall line, but damaged: \($0.name)." }
                ?? "No firewall line that Stray knows; stray dialects lists those it reads."
            out.paragraph(what, indent: 2)
            return
        }
        out.fill([Styled(headline(entry), .bold)])
        putPlace(entry, &out)
        putItem("line", [Styled(kind(entry))], &out)
        if entry.hasTCPFlags { putFlags(entry.flags, &out) }
        if let (verdict, _) = item.judged { putVerdict(verdict, item, entry, &out) }
        if let finding = remedied(item) { account.putRemedy(finding, &out) }
        for rule in item.rules ?? [] { rule.put(&out) }
    }

    /// One thing that is told: its label, and the text that hangs beside it.
    private func putItem(_ label: String, _ text: [Styled], _ out: inout TerminalWriter) {
        let blanks = String(repeating: " ", count: max(1, 7 - label.count))
        out.fill(text, first: label + blanks, indent: 2, hanging: 9)
    }

    /// Where the packet was stopped: from its sender to the firewall, and not to the other end.
    private func putPlace(_ entry: Entry, _ out: inout TerminalWriter) {
        guard entry.isBlocked, !entry.source.address.isNone, !entry.destination.address.isNone
        else { return }
        let flags =
            entry.hasTCPFlags ? (entry.flags.text.isEmpty ? "no flags" : entry.flags.text) : ""
        let label = flags.isEmpty ? "" : " \(flags) "
        let sender = endText(entry.source, entry)
        let receiver = endText(entry.destination, entry)
        let firewall = entry.node.isNone ? "firewall" : names.text(entry.node)
        let at = entry.interface.isNone ? firewall : "\(names.text(entry.interface)) \(firewall)"
        let pieces = [
            Styled(sender), Styled("──\(label)──✕", [.bold, .red]), Styled("[\(at)]"),
            Styled("╌╌╌╌╌╌", .dim), Styled(receiver, .dim),
        ]
        // Broken into lines it would be no picture.
        let width = pieces.reduce(4) { $0 + displayWidth($1) + 1 }
        guard width <= out.screen.columns else { return }
        out.fill(pieces, indent: 4, hanging: 4)
    }

    private func putFlags(_ flags: TCPFlags, _ out: inout TerminalWriter) {
        putItem(
            "flags",
            [Styled(flags.text.isEmpty ? "none" : flags.text, .bold), Styled(flags.meaning)],
            &out)
        out.table(
            TCPFlags.glossary.filter { flags.contains($0.flag) }
                .map { [Styled($0.name, .dim), Styled($0.meaning, .dim)] }, indent: 9)
    }

    private func headline(_ entry: Entry) -> String {
        var text = "\(entry.action.name)"
        if !entry.interface.isNone { text += " on \(names.text(entry.interface))" }
        return text + ": \(endText(entry.source, entry)) → \(endText(entry.destination, entry))"
    }

    private func endText(_ end: Endpoint, _ entry: Entry) -> String {
        if end.address.isNone { return "?" }
        var writer = ByteWriter()
        let brackets = end.address.isV6 && entry.known.contains(.ports)
        if brackets { writer.put("[") }
        writer.put(end.address, names)
        if brackets { writer.put("]") }
        if entry.known.contains(.ports) { writer.put(":\(end.port)") }
        return writer.text
    }

    private func kind(_ entry: Entry) -> String {
        var text = "A \(entry.dialect.name) line"
        if !entry.rule.isNone { text += ", rule \(names.text(entry.rule))" }
        if entry.reason != .unknown { text += ", reason \(entry.reason.name)" }
        if entry.isStray {
            return text + ": a stray. It could not have opened a connection, "
                + "and the firewall had no state for it."
        }
        if entry.isBlocked, entry.hasTCPFlags, entry.flags.opens {
            return text + ": not a stray. A lone SYN opens a connection; no rule allows this one."
        }
        return text + "."
    }

    private func putVerdict(
        _ verdict: Verdict, _ item: Item, _ entry: Entry, _ out: inout TerminalWriter
    ) {
        let share = Int((verdict.confidence * 100).rounded())
        let variant = verdict.variant.map { " (\($0))" } ?? ""
        if verdict.cause == .unexplained {
            putItem("cause", [Styled("The line alone does not decide it.")], &out)
        } else {
            putItem(
                "cause",
                [
                    Styled("\(verdict.cause.name)\(variant)", .bold),
                    Styled("\(verdict.harm.name), \(share) %"),
                ], &out)
        }
        for statement in verdict.statements {
            out.fill([Styled(statement.text)], first: "- ", indent: 9, hanging: 11)
        }
        for (place, other) in verdict.alternatives.enumerated() {
            let share = Int((other.confidence * 100).rounded())
            putItem(
                place == 0 ? "or" : "",
                [Styled(other.cause.name, .bold), Styled("\(share) %: \(other.because)")], &out)
        }
        guard entry.isStray else { return }
        for (place, step) in collecting(item, verdict).prefix(2).enumerated() {
            putItem(place == 0 ? "ask" : "", out.prose(step), &out)
        }
    }
}

// MARK: - JSON

extension Explained {
    func json() -> [UInt8] {
        var out = ByteWriter()
        out.put("{\"schema\":\"stray.explain/1\",\"lines\":[")
        for (place, item) in items.enumerated() {
            if place > 0 { out.put(",") }
            put(item, number: place + 1, &out)
        }
        out.put("]}\n")
        return out.bytes
    }

    private func put(_ item: Item, number: Int, _ out: inout ByteWriter) {
        out.put("{\"text\":")
        out.putJSON(item.raw)
        out.put(",\"damage\":")
        if let damage = item.damage {
            out.putJSON(damage.name.description)
        } else {
            out.put("null")
        }
        out.put(",\"entry\":")
        if let entry = item.entry {
            let place = Place(number: number, input: "-", line: number)
            out.putEntryHead(entry, at: place, zone: zone, names: names)
            out.putIsStray(entry)
            out.putJudgement(item.judged?.verdict, finding: item.judged?.finding)
            out.put("}")
        } else {
            out.put("null")
        }
        out.put(",\"because\":[")
        for (place, statement) in (item.judged?.verdict.statements ?? []).enumerated() {
            if place > 0 { out.put(",") }
            out.putJSON(statement.text)
        }
        out.put("],\"alternatives\":[")
        for (place, other) in (item.judged?.verdict.alternatives ?? []).enumerated() {
            if place > 0 { out.put(",") }
            out.put("{\"cause\":\"\(other.cause.name)\",\"because\":")
            out.putJSON(other.because)
            out.put("}")
        }
        out.put("],\"remedies\":[")
        let remedies = remedied(item).map { account.remedies($0) } ?? []
        for (place, pair) in remedies.enumerated() {
            if place > 0 { out.put(",") }
            out.putRemedy(pair.platform, pair.remedy)
        }
        out.put("]")
        if let rules = item.rules {
            out.put(",\"rules\":[")
            for (place, rule) in rules.enumerated() {
                if place > 0 { out.put(",") }
                rule.putJSON(&out)
            }
            out.put("]")
        }
        out.put("}")
    }
}
