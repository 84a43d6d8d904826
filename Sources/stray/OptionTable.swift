// The options, each one a unit: names, what it takes, help, which commands take it, and what it
// does to `Options`. Parser, help and completions are made from this one table.

import Causes
import Facts
import Remedies
import Replay
import Reports

/// One word of the command line, as its bytes: file names and log lines need not be UTF-8.
package struct Word: Equatable, Sendable, ExpressibleByStringLiteral {
    package let bytes: [UInt8]
    package init(_ bytes: [UInt8]) { self.bytes = bytes }
    package init(stringLiteral text: String) { bytes = Array(text.utf8) }
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

package struct OptionSpec: Sendable {
    package typealias Apply = @Sendable (inout Options, Word) throws(BadValue) -> Void

    /// Without its dashes.
    package let name: String
    package let short: Character?
    /// What its value is called; nil for a switch.
    package let metavar: String?
    package let choices: Choices
    package let commands: [CommandName]
    package let help: String
    /// What `--help` says beyond it; empty where there is no more.
    package let more: String
    let apply: Apply

    init(
        _ name: String, short: Character? = nil, _ metavar: String? = nil,
        _ choices: Choices = .nothing, for commands: [CommandName], _ help: String,
        _ more: String = "", apply: @escaping Apply
    ) {
        self.name = name
        self.short = short
        self.metavar = metavar
        self.choices = choices
        self.commands = commands
        self.help = help
        self.more = more
        self.apply = apply
    }
}

private let reading: [CommandName] = [.why, .entries]
private let replaying: [CommandName] = [.replay, .tune]
private let lines: [CommandName] = [.why, .entries, .explain]
private let printing: [CommandName] = [
    .why, .entries, .explain, .flags, .cause, .dialects, .replay, .tune,
]

package let allOptions: [OptionSpec] =
    outputOptions + filterOptions + readingOptions + replayOptions + otherOptions

private let outputOptions: [OptionSpec] = [
    OptionSpec(
        "format", "FORMAT", .formats, for: printing, "how to print it"
    ) { (options, word) throws(BadValue) in options.format = try oneOf(Format.self, word.text) },
    OptionSpec(
        "output", short: "o", "FILE", .files, for: printing + [.completions, .help],
        "write there instead of to standard output",
        "The file is replaced at the end, in one step: never a half-written one."
    ) { (options, word) throws(BadValue) in
        guard !word.bytes.isEmpty else { throw BadValue("no file is named", "name one") }
        options.output = word.bytes
    },
    OptionSpec(
        "entries", for: [.why], "print each blocked entry with its cause",
        "As ndjson, csv, ecs or ocsf: a line for each blocked entry, in input order."
    ) { (options, _) throws(BadValue) in options.entries = true },
    OptionSpec(
        "ledger", for: [.why, .explain, .replay], "show the statements for and against each cause"
    ) { (options, _) throws(BadValue) in options.ledger = true },
    OptionSpec(
        "top", "N", for: [.why, .replay], "show the N largest findings only"
    ) { (options, word) throws(BadValue) in options.top = try count(word.text, 1...1_000_000) },
    OptionSpec(
        "color", "WHEN", .words(Options.Color.allCases.map(\.rawValue)), for: printing + [.help],
        "auto, always or never",
        "auto: on a terminal, unless NO_COLOR is set."
    ) { (options, word) throws(BadValue) in
        options.color = try oneOf(Options.Color.self, word.text)
    },
    OptionSpec(
        "ascii", for: printing + [.help], "arrows and lines in ASCII",
        "Also where LC_ALL, LC_CTYPE or LANG name a character set that is not UTF-8."
    ) { (options, _) throws(BadValue) in options.ascii = true },
    OptionSpec(
        "no-pager", for: [.cause], "never show the page through a pager",
        """
        A page longer than the screen is shown through $STRAY_PAGER, $PAGER or less, if standard \
        output is a terminal.
        """
    ) { (options, _) throws(BadValue) in options.noPager = true },
]

private let filterOptions: [OptionSpec] = [
    OptionSpec(
        "since", "TIME", for: reading, "from this time on",
        """
        2026-11-19, 2026-11-19T08:15, 08:15 (today), each with a zone (Z, +02:00) or in --tz; \
        or a duration before now: 30m, 24h, 2d.
        """
    ) { (options, word) throws(BadValue) in options.since = try Moment(word.text) },
    OptionSpec(
        "until", "TIME", for: reading, "up to this time",
        "A time stands for all that it names: --until 2026-11-19 takes in the whole day."
    ) { (options, word) throws(BadValue) in options.until = try Moment(word.text) },
    OptionSpec(
        "node", "NAME", for: reading, "only what this firewall logged (may repeat)"
    ) { (options, word) throws(BadValue) in options.nodes.append(try text(word.text)) },
    OptionSpec(
        "interface", "NAME", for: reading + replaying,
        "only packets on this interface (may repeat)",
        """
        For stray replay: the inner interface, on which the capture was taken; what comes from \
        --inside comes in on it.
        """
    ) { (options, word) throws(BadValue) in options.interfaces.append(try text(word.text)) },
    OptionSpec(
        "src", "CIDR", for: reading, "only packets from this address or network (may repeat)"
    ) { (options, word) throws(BadValue) in options.sources.append(try network(word.text)) },
    OptionSpec(
        "dst", "CIDR", for: reading, "only packets to this address or network (may repeat)"
    ) { (options, word) throws(BadValue) in options.destinations.append(try network(word.text)) },
    OptionSpec(
        "port", "PORT", for: reading, "only packets from or to this port (may repeat)",
        "A port, a list or a range: 443, 80,443, 8000-8080."
    ) { (options, word) throws(BadValue) in options.ports += try ports(word.text) },
    OptionSpec(
        "cause", "ID", .words(CauseID.allCases.map(\.name)), for: [.why],
        "only findings of this cause (may repeat)"
    ) { (options, word) throws(BadValue) in options.causes += try causes(word.text) },
]

private let readingOptions: [OptionSpec] = [
    OptionSpec(
        "as", "KIND", .words(dialectNames), for: lines + [.tune],
        "what the inputs are, instead of the guess"
    ) { (options, word) throws(BadValue) in options.kind = try inputKind(word.text) },
    OptionSpec(
        "tz", "ZONE", for: lines + replaying,
        "the zone of times without one (default: this machine's)",
        "Europe/Berlin, UTC, +02:00. Times are printed in it too."
    ) { (options, word) throws(BadValue) in options.zone = try text(word.text) },
    OptionSpec(
        "year", "YYYY", for: lines + [.tune],
        "the year in which the log begins, where it has none"
    ) { (options, word) throws(BadValue) in options.year = try count(word.text, 1970...2100) },
    OptionSpec(
        "inside", "CIDR", for: [.why, .explain] + replaying, "a network of yours (may repeat)",
        "Without it, the inside is learnt from interfaces and directions."
    ) { (options, word) throws(BadValue) in options.inside.append(try network(word.text)) },
    OptionSpec(
        "set", "NAME=VALUE", .words(Timers.names.map { $0 + "=" }),
        for: [.why, .explain] + replaying,
        "a timeout of the firewall, e.g. tcp.established=24h",
        """
        Durations: 30, 30s, 5m, 24h, 2d, 1:00:00. A dialect before the name binds it to that \
        firewall: cisco-asa:tcp.established=1h. For stray replay: any timeout, limit or switch of \
        the model, by that firewall's own name. For --rules and --policy, what their file does not \
        tell: interface.em0=192.0.2.1/24, table.servers=10.0.0.5,10.0.0.6, group.lan=em1,em2.
        """
    ) { (options, word) throws(BadValue) in
        if try addFact(word.text, to: &options.facts) { return }
        try checkSetting(word.text)
        options.settings.append(word.text)
    },
    OptionSpec(
        "rules", "FILE", .files, for: [.why, .explain],
        "the firewall's rules: tells which one was meant, and why it did not pass",
        """
        pf.conf, pfSense's or OPNsense's /tmp/rules.debug, or what nft -j list ruleset prints. \
        docs/policy.md tells what is read of each.
        """
    ) { (options, word) throws(BadValue) in
        guard !word.bytes.isEmpty else { throw BadValue("no file is named", "name one") }
        options.rules = word.bytes
    },
    OptionSpec(
        "platform", "ID", .words(allPlatforms.map(\.id)), for: [.why, .explain, .cause],
        "the firewall to name remedies for (default: the log's own)",
        "For stray cause: only its remedies, instead of those of all."
    ) { (options, word) throws(BadValue) in options.platform = try platform(word.text) },
    OptionSpec(
        "threads", "N", for: reading + replaying,
        "how many threads read (default: one for each core)"
    ) { (options, word) throws(BadValue) in options.threads = try count(word.text, 1...256) },
]

private let replayOptions: [OptionSpec] = [
    OptionSpec(
        "model", "MODEL", .words(FirewallKind.allCases.map(\.rawValue)), for: replaying,
        "the firewall to be (default: pf with rules of pf, else netfilter)"
    ) { (options, word) throws(BadValue) in
        options.model = try oneOf(FirewallKind.self, word.text)
    },
    OptionSpec(
        "policy", "FILE", .files, for: replaying, "its rules",
        """
        pf.conf, pfSense's and OPNsense's /tmp/rules.debug, or what nft -j list ruleset prints. \
        Without it what goes out passes, what comes in does not, and a lone SYN opens.
        """
    ) { (options, word) throws(BadValue) in
        guard !word.bytes.isEmpty else { throw BadValue("no file is named", "name one") }
        options.policy = word.bytes
    },
    OptionSpec(
        "versus", "NAME=VALUE", .words(Timers.names.map { $0 + "=" }), for: [.replay],
        "compare: run it again, set like this (may repeat)",
        "Says which packets and connections are judged differently, and how many states are held."
    ) { (options, word) throws(BadValue) in
        try checkSetting(word.text)
        options.versus.append(word.text)
    },
    OptionSpec(
        "emit", "FORM", .emissions, for: [.why, .replay],
        "rules that quiet the harmless; of replay: the log it would have written",
        """
        stray why: rules of pf, nft or iptables that stop logging the packets of the harmless \
        findings, and no others; see docs/formats.md. stray replay: the log that firewall would \
        have written, as filterlog, forcepoint or ndjson.
        """
    ) { (options, word) throws(BadValue) in options.emit = try text(word.text) },
    OptionSpec(
        "sloppy", for: [.replay], "pf: what if states were sloppy"
    ) { (options, _) throws(BadValue) in options.whatIfs.insert(.sloppy) },
    OptionSpec(
        "liberal", for: [.replay], "netfilter: what if windows were not checked"
    ) { (options, _) throws(BadValue) in options.whatIfs.insert(.liberal) },
    OptionSpec(
        "loose", for: [.replay], "what if connections were picked up in their middle"
    ) { (options, _) throws(BadValue) in options.whatIfs.insert(.loose) },
]

private let otherOptions: [OptionSpec] = [
    OptionSpec(
        "quiet", short: "q", for: printing, "no progress and no warnings on standard error"
    ) { (options, _) throws(BadValue) in options.quiet = true },
    OptionSpec(
        "no-progress", for: reading, "no progress on standard error"
    ) { (options, _) throws(BadValue) in options.noProgress = true },
    OptionSpec(
        "man", for: [.help], "its manual page, for man -l -"
    ) { (options, _) throws(BadValue) in options.isManual = true },
    OptionSpec(
        "help", short: "h", for: CommandName.allCases, "help; -h is short, --help is long"
    ) { (options, word) throws(BadValue) in
        options.help = word.text == "-h" ? .short : .long
    },
    OptionSpec(
        "version", for: CommandName.allCases, "print the version"
    ) { (options, _) throws(BadValue) in options.version = true },
]
