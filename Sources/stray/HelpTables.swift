// What the help and the manual pages tell beside the commands and the options: statuses, examples,
// the environment, files, and what to read further. `Help` and `ManPage` are made from these tables.

/// One way to call a command.
package struct Example: Sendable {
    /// As it is typed.
    package let words: String
    /// What it does, as the rest of the sentence "This is how to …"; empty where the words say it.
    package let does: String

    init(_ words: String, _ does: String) {
        self.words = words
        self.does = does
    }
}

/// What the program is, in a sentence.
let programSummary = "Stray says why the firewall blocked a packet when the connection was fine."

/// Those of the whole program.
package let programExamples = [
    Example("stray why /var/log/filter.log", "explain what pf blocked"),
    Example(
        "stray why --since 24h --top 5 fw1=a.log fw2=b.log",
        "take two firewalls together, the last day, the largest findings"),
    Example("stray explain 'LINE'", "ask about a line from a mail or a forum"),
    Example("stray flags FPA", "read TCP flags"),
    Example("stray cause late-close", "read about one cause"),
]

extension CommandName {
    /// Ways to call the command, the most usual first.
    package var examples: [Example] {
        switch self {
        case .why: whyExamples
        case .entries:
            [
                Example("stray entries filter.log", "print every entry as a line of JSON"),
                Example(
                    "stray entries --format csv --port 443 asa.log",
                    "make a table of what concerns a port"),
                Example(
                    "tail -n 1000 /var/log/kern.log | stray entries --as netfilter",
                    "say what the lines are, where the guess is wrong"),
            ]
        case .explain:
            [
                Example("stray explain 'LINE'", "ask about one line, quoted"),
                Example(
                    "stray explain --ledger < lines.txt", "ask about several, with the weights"),
                Example(
                    "stray explain --rules /tmp/rules.debug 'LINE'",
                    "ask which rule would have passed it"),
            ]
        case .replay: replayExamples
        case .tune:
            [
                Example("stray tune --model pf dump.pcapng", "try pf's timeouts on a capture"),
                Example(
                    "stray tune --set tcp.established=2h asa.log",
                    "try them on a log, of a firewall that keeps an idle connection for two hours"),
            ]
        case .flags:
            [
                Example("stray flags", "print the table of flags"),
                Example("stray flags '[F.]'", "read what tcpdump writes"),
                Example("stray flags 0x11", "read a number"),
            ]
        case .cause:
            [
                Example("stray cause", "list the causes"),
                Example("stray cause idle-timeout", "read the page of one"),
                Example(
                    "stray cause --format markdown late-close > late-close.md",
                    "put a page into a ticket or a wiki"),
            ]
        case .dialects:
            [
                Example("stray dialects", "list what is read"),
                Example("stray dialects cisco-asa", "read how to get an ASA's log"),
            ]
        case .completions:
            [
                Example(
                    "stray completions bash > ~/.local/share/bash-completion/completions/stray",
                    "install them for bash")
            ]
        case .help:
            [
                Example("stray help why", "read about a command"),
                Example("stray help --man why | man -l -", "read its manual page"),
            ]
        }
    }

    /// The statuses that it can end with, and what each means.
    package var exitStatuses: [(ExitStatus, String)] {
        let reads = readers.contains(self)
        let judges = [CommandName.why, .replay].contains(self)
        return exitStatusTable.filter { status, _ in
            switch status {
            case .needsHand: judges
            case .fine, .badArguments, .failed: true
            }
        }.map { status, meaning in
            switch status {
            case .fine where !judges: (status, "it ran")
            case .failed where !reads: (status, "the output could not be written")
            default: (status, meaning)
            }
        }
    }

    /// What to read further, beside `stray(1)`: names of manual pages.
    var furtherPages: [String] {
        switch self {
        case .why: ["stray-explain(1)", "stray-cause(1)", "stray-dialects(1)", "stray-tune(1)"]
        case .entries: ["stray-why(1)", "stray-dialects(1)"]
        case .explain: ["stray-why(1)", "stray-flags(1)", "stray-cause(1)"]
        case .replay: ["stray-tune(1)", "stray-why(1)", "tcpdump(1)", "pf.conf(5)", "nft(8)"]
        case .tune: ["stray-replay(1)", "stray-why(1)"]
        case .flags: ["stray-explain(1)", "tcpdump(1)"]
        case .cause: ["stray-why(1)", "stray-dialects(1)"]
        case .dialects: ["stray-why(1)", "stray-entries(1)"]
        case .completions: ["stray-help(1)"]
        case .help: ["man(1)"]
        }
    }
}

private let whyExamples = [
    Example("stray why /var/log/filter.log", "explain what pf blocked"),
    Example(
        "stray why --since 24h --top 5 fw1=a.log fw2=b.log",
        "take two firewalls together, the last day, the largest findings"),
    Example(
        "stray why --port 5432 --ledger filter.log",
        "see all that speaks for and against, of one service"),
    Example(
        "stray why conntrack.log kern.log dump.pcapng",
        "give connection events and a capture beside the log"),
    Example(
        "stray why --rules /tmp/rules.debug filter.log",
        "be told which rule was meant, and why it did not pass the packet"),
    Example(
        "stray why --entries --format ndjson filter.log",
        "feed another program: a line for each blocked entry"),
]

private let replayExamples = [
    Example("stray replay --model pf dump.pcapng", "see what pf would have blocked"),
    Example(
        "stray replay eth0=wan.pcap eth1=lan.pcap --policy rules.debug",
        "replay what was taken on two interfaces, by the firewall's own rules"),
    Example(
        "stray replay --set tcp.established=2h --versus tcp.established=24h dump.pcapng",
        "compare two settings"),
    Example(
        "stray replay --emit filterlog dump.pcapng | stray why",
        "write the log that pf would have written, and explain it"),
]

/// Every status, and what it means for a command that reads and judges.
let exitStatusTable: [(ExitStatus, String)] = [
    (.fine, "it ran, and nothing needs a hand"),
    (.needsHand, "it ran, and at least one finding needs a hand"),
    (.badArguments, "bad arguments"),
    (.failed, "an input could not be read or held nothing recognisable"),
]

/// Something that is read beside the inputs: a variable of the environment, or a file.
struct Surrounding: Sendable {
    let name: String
    let meaning: String
    /// Which commands read it.
    let commands: [CommandName]

    init(_ name: String, for commands: [CommandName], _ meaning: String) {
        self.name = name
        self.meaning = meaning
        self.commands = commands
    }
}

private let readers: [CommandName] = [.why, .entries, .explain, .replay, .tune]
private let laidOut: [CommandName] = [
    .why, .explain, .replay, .tune, .flags, .cause, .dialects, .help,
]

let environmentTable = [
    Surrounding(
        "COLUMNS", for: laidOut, "How wide the screen is, where standard output is a terminal."),
    Surrounding(
        "NO_COLOR", for: laidOut, "Set and not empty: no colours, unless --color always is given."),
    Surrounding("TERM", for: laidOut, "If it is dumb, as NO_COLOR."),
    Surrounding(
        "TMPDIR", for: [.why],
        "Where the nameless copy of a pipe is kept (default: /tmp)."),
    Surrounding(
        "TZ", for: readers,
        "The zone of times without one, and of those that are printed; --tz overrules it."),
    Surrounding("TZDIR", for: readers, "Where the zones are (default: /usr/share/zoneinfo)."),
]

let fileTable = [
    Surrounding("/etc/localtime", for: readers, "This machine's zone, where TZ is not set."),
    Surrounding("/usr/share/zoneinfo", for: readers, "The zones that --tz and TZ may name."),
]

/// A summary as a sentence. A name before a colon keeps its own letters: `pf: what if …`.
func sentence(_ words: String) -> String {
    let isName = words.prefix { $0 != " " }.hasSuffix(":")
    let start = isName ? String(words.prefix(1)) : words.prefix(1).uppercased()
    return start + words.dropFirst() + (words.hasSuffix(".") ? "" : ".")
}
