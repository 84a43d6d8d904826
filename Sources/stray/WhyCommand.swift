// `stray why`: read, digest, judge, report.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Glibc
import Inputs
import Remedies
import Reports

enum WhyCommand {
    static func run(_ request: WhyRequest) throws(Stop) -> ExitStatus {
        let book = try request.rules.map { (rules) throws(Stop) in
            try RuleBook(rules, request.manner)
        }
        var options = ReadOptions(request.reading)
        options.selection = request.selection
        options.settings.inside = request.inside
        var inputs = request.reading.inputs.map { Input(path: $0.path, node: $0.node) }
        if request.readsTwice || inputs.count > 1 || book != nil {
            inputs = try readAgain(inputs)
        } else {
            inputs = [try keepStart(inputs[0])]
        }
        // The looks ahead need no closer look.
        let arrangement = Arrangement(inputs, options)
        if request.inside.isEmpty { options.settings.learntInside = learntInside(inputs, options) }
        options.looksCloser = isSmall(inputs)
        let gathered =
            request.readsTwice
            ? gatherInOrder(
                arrangement, options,
                book: request.entries ? LifeBook() : LifeBook(keysMax: ExhibitReading.casesMax))
            : gatherShowing(arrangement, options, request.manner)
        let failed = complain(gathered.inputs, request.manner)
        guard gathered.inputs.contains(where: { $0.tally.entries > 0 }) else { return .failed }
        if gathered.hasNoVerdict {
            tellNoVerdict(gathered.inputs[0])
            return .failed
        }
        let diagnosis = Diagnosis(
            gathered.digest, timers: TimerBook(request.settings), only: request.causes)
        if request.entries {
            try printEntries(request, arrangement, options, gathered, diagnosis)
        } else if let form = request.emit {
            try printQuieting(form, request, arrangement, options, gathered, diagnosis)
        } else {
            let rules = book.map { ruleAccounts($0, arrangement, options, diagnosis) } ?? [:]
            let drawn =
                request.drawsFindings
                ? ExhibitReading(request, arrangement, options).read(gathered, diagnosis) : nil
            try report(request, gathered, diagnosis, rules, drawn)
        }
        if failed { return .failed }
        return diagnosis.findings.contains(where: needsHand) ? .needsHand : .fine
    }

    static func needsHand(_ finding: Finding) -> Bool {
        switch finding.harm {
        case .misconfigured, .tune, .attack: true
        case .harmless, .blockedByPolicy, .unknown: finding.isAlwaysPrevented
        }
    }

    private static func report(
        _ request: WhyRequest, _ gathered: Gathered, _ diagnosis: Diagnosis,
        _ rules: [Int: [RuleAccount]], _ drawn: ExhibitReading.Drawn?
    ) throws(Stop) {
        var account = Account(
            version: version,
            inputs: gathered.inputs.map { told($0) },
            totals: gathered.digest.totals, diagnosis: diagnosis,
            recordsOpenings: gathered.digest.world.recordsOpenings,
            breadth: gathered.digest.cases.breadth, names: gathered.names,
            zone: request.reading.zone, top: request.top, showsLedger: request.ledger,
            clockReference: gathered.clockReference,
            learntInside: gathered.digest.settings.learntInside)
        account.rules = rules
        // It knows nothing of filters: it is of all, or it is not told.
        if request.selection.isEverything, request.causes.isEmpty {
            account.pace = Pace(gathered.digest.world)
        }
        account.exhibits = drawn?.exhibits
        account.tuning = drawn?.tuning
        account.platform = request.platform.flatMap(platformNamed)
        var output = try Output(to: request.manner.output)
        switch request.format {
        case .json: output.writer.put(account.json())
        case .ndjson: output.writer.put(account.ndjson())
        case .html: output.writer.put(account.html())
        case .markdown: output.writer.put(account.markdown())
        case .csv: output.writer.put(account.csv())
        case .ecs: output.writer.put(account.ecs())
        case .ocsf: output.writer.put(account.ocsf())
        default: output.writer.put(account.text(request.manner.screen))
        }
        try output.finish()
    }

    /// What the rules say of the packets that findings show, by the findings' numbers: the entries
    /// themselves are found in a second reading.
    private static func ruleAccounts(
        _ book: RuleBook, _ arrangement: Arrangement, _ options: ReadOptions,
        _ diagnosis: Diagnosis
    ) -> [Int: [RuleAccount]] {
        var wanted: [Int: Int] = [:]
        for finding in diagnosis.findings {
            for example in finding.shown { wanted[example.at.number] = finding.id }
        }
        let last = wanted.keys.max() ?? 0
        var entries: [Int: [Entry]] = [:]
        var number = 0
        let walk = EntryWalk(arrangement, options)
        walk.run { walked, _ in
            number += 1
            if let finding = wanted[number] { entries[finding, default: []].append(walked.entry) }
            return number < last
        }
        let names = walk.names
        var all: [Int: [RuleAccount]] = [:]
        for finding in diagnosis.findings {
            all[finding.id] = book.accounts(
                entries[finding.id] ?? [], names, isServerSending: finding.isServerSending)
        }
        return all
    }

    /// A line for each blocked entry, in a second reading: only now all causes are known.
    private static func printEntries(
        _ request: WhyRequest, _ arrangement: Arrangement, _ options: ReadOptions,
        _ gathered: Gathered,
        _ diagnosis: Diagnosis
    ) throws(Stop) {
        var output = try Output(to: request.manner.output)
        let printer = EntryPrinter(
            request.format.ofEntry, zone: request.reading.zone, version: version)
        printer.putHead(judged: true, to: &output.writer)
        var judge = EntryJudge(gathered.digest, diagnosis)
        var number = 0
        var stop: Stop?
        EntryWalk(arrangement, options).run { walked, names in
            number += 1
            guard walked.entry.isBlocked else { return true }
            let judged = judge.judge(walked.entry)
            guard options.selection.isEverything || options.selection.admits(walked.entry),
                request.causes.isEmpty || judged != nil
            else { return true }
            let place = Place(
                number: number, input: arrangement.inputs[walked.input].name, line: walked.line)
            printer.put(
                walked.entry, at: place, names: names,
                EntryJudgement(judged?.verdict, finding: judged?.finding), to: &output.writer)
            do throws(Stop) { try output.flushIfFull() } catch { stop = error }
            return stop == nil
        }
        if let stop { throw stop }
        try output.finish()
    }

    private static func told(_ input: InputReport) -> InputAccount {
        InputAccount(
            name: input.name, tally: input.tally, node: input.node, clockOffset: input.clockOffset)
    }

    private static func tellNoVerdict(_ input: InputReport) {
        let what =
            input.isCapture
            ? "the capture shows packets, and not which of them were blocked"
            : "the table holds connections, and not which packets were blocked"
        Complaint(
            input.name, what,
            "give the firewall's log of the same time as well"
                + (input.isCapture ? ", or capture its log interface (pflog0, nflog)" : ""),
            status: .failed
        ).tell()
    }
}

extension WhyRequest {
    /// Whether the entries are gone through again, each with its finding.
    fileprivate var readsTwice: Bool { entries || emit != nil || drawsFindings }
    /// Whether more is told of a finding than a digest keeps.
    var drawsFindings: Bool {
        !entries && emit == nil && (format == .json || format == .html || ledger)
    }
}

extension Gathered {
    /// Whether nothing but captures and tables of states was given, which tell of no packet that
    /// it was blocked: to call that "nothing was blocked" would be an answer to another question.
    fileprivate var hasNoVerdict: Bool {
        guard digest.totals.blocked == 0 else { return false }
        return inputs.allSatisfy { input in
            let dialect = input.tally.mainDialect
            // conntrack's events tell of openings, and an opening passed; its table tells of none.
            let isTable = dialect == .conntrack && digest.totals.passed == 0
            return input.isCapture || dialect == .pfStates || isTable
        }
    }
}

// MARK: - Shared with the other commands that read

extension ReadOptions {
    init(_ plan: ReadingPlan) {
        self.init()
        zone = plan.zone
        year = plan.year
        now = Machine.surroundings.now
        if case .dialect(let id) = plan.kind { dialect = id }
        threads = plan.threads ?? max(1, min(64, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    }
}

/// The inputs, each of them readable twice: their times are looked at before they are read.
func readAgain(_ inputs: [Input]) throws(Stop) -> [Input] {
    do throws(InputError) {
        return try rereadable(inputs)
    } catch {
        throw .complaint(Complaint("", error.sentence, status: .failed))
    }
}

/// The input, so that it is known whether it is small.
private func keepStart(_ input: Input) throws(Stop) -> Input {
    do throws(InputError) {
        return try withStartKept(input)
    } catch {
        throw .complaint(Complaint("", error.sentence, status: .failed))
    }
}

func gatherShowing(
    _ arrangement: Arrangement, _ options: ReadOptions, _ manner: Manner
) -> Gathered {
    let total = arrangement.inputs.reduce(0) { sum, input in
        var info = stat()
        guard let path = input.path, stat(path.map { CChar(bitPattern: $0) } + [0], &info) == 0
        else { return sum }
        return sum + Int(info.st_size)
    }
    let progress = Progress(total: total, manner)
    let gathered = gather(arrangement, options) { progress.add($0) }
    progress.finish()
    return gathered
}

/// Tells of every input that could not be read or held nothing. True when one failed.
func complain(_ inputs: [InputReport], _ manner: Manner) -> Bool {
    var failed = false
    for input in inputs {
        if let problem = input.problem {
            Complaint("", problem.sentence, status: .failed).tell()
            failed = true
        } else if input.tally.entries == 0 {
            tellNothing(input)
            failed = true
        }
    }
    return failed
}

private func tellNothing(_ input: InputReport) {
    let what: String
    let advice: String
    if input.isCapture {
        what = "the packet capture has no IP packet"
        advice = "check the interface and the filter it was captured with"
    } else if input.tally.lines == 0 {
        what = "is empty"
        advice = "check where the firewall writes its log"
    } else {
        let lines = input.tally.lines
        what = "no firewall entry in \(lines) line\(lines == 1 ? "" : "s")"
        advice = "stray dialects lists what can be read, and how to get it"
    }
    Complaint(input.name, what, advice, status: .failed).tell()
}
