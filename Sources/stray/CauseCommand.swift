// `stray cause`: the list of causes, and the page of one with what to do on each platform.

import Bytes
import Causes
import Remedies
import Reports

/// A cause as the command shows it.
package typealias CauseEntry = (id: CauseID, harm: Harm, page: CausePage)

/// The causes that have a page, in the order of the list. The one place that knows where pages
/// come from.
func causeEntries() -> [CauseEntry] {
    allCauses.map { ($0.id, $0.usualHarm, $0.page) }
}

enum CauseCommand {
    static func run(_ request: CauseRequest) throws(Stop) -> ExitStatus {
        let platforms = request.platform.flatMap(platformNamed).map { [$0] } ?? allPlatforms
        let page = try causeBytes(request, causeEntries(), platforms)
        if request.format == .text, request.manner.pages, showThroughPager(page) { return .fine }
        return try print(page, request.manner)
    }
}

/// What the request asks for, from the pages and the platforms given.
package func causeBytes(
    _ request: CauseRequest, _ entries: [CauseEntry], _ platforms: [any Platform]
) throws(Stop) -> [UInt8] {
    let wanted = entries.filter { request.cause == nil || $0.id == request.cause }
    if let cause = request.cause, wanted.isEmpty {
        throw .complaint(
            Complaint("cause", "\(cause.name) has no page yet", "see stray cause"))
    }
    switch request.format {
    case .json:
        return causesJSON(wanted, platforms, isList: request.cause == nil)
    case .markdown:
        var out = ByteWriter()
        for entry in wanted { out.putMarkdown(entry, platforms) }
        return out.bytes
    default:
        var out = TerminalWriter(request.manner.screen)
        if request.cause == nil {
            out.putList(wanted)
        } else {
            for entry in wanted { out.putPage(entry, platforms) }
        }
        return out.writer.bytes
    }
}

/// The sections of a page in their order.
private func sections(_ page: CausePage) -> [(heading: String, key: String, text: String)] {
    [
        ("What happened", "whatHappened", page.whatHappened),
        ("Why it was blocked", "whyBlocked", page.whyBlocked),
        ("How it looks", "howItLooks", page.howItLooks),
        ("How to confirm", "howToConfirm", page.howToConfirm),
        ("What to do", "whatToDo", page.whatToDo),
    ].filter { !$0.2.isEmpty }
}

/// What a page says to do, under its headings: what is the same everywhere is said once, and
/// products without remedies of their own are not listed beside the general ones.
private func advice(
    _ cause: CauseID, _ platforms: [any Platform]
) -> [(heading: String, remedies: [Remedy])] {
    let own = platforms.count == 1 ? platforms : platforms.filter { !($0 is Product) }
    let general = platforms.count == 1 ? nil : platforms.last { $0 is Product }
    let shown = own + (general.map { [$0] } ?? [])
    var all = shown.map { ("On \($0.name)", $0.remedies(for: cause, variant: nil)) }
    guard all.count > 1, let first = all.first else { return all.filter { !$0.1.isEmpty } }
    let common = first.1.filter { remedy in all.allSatisfy { $0.1.contains(remedy) } }
    for place in all.indices { all[place].1.removeAll { common.contains($0) } }
    return ([("On every platform", common)] + all).filter { !$0.1.isEmpty }
}

private func style(_ harm: Harm) -> Style {
    switch harm {
    case .harmless: .green
    case .tune: .yellow
    case .misconfigured, .attack: .red
    case .blockedByPolicy, .unknown: .cyan
    }
}

// MARK: Terminal

extension TerminalWriter {
    fileprivate mutating func putList(_ entries: [CauseEntry]) {
        table(
            entries.map { entry in
                [
                    Styled(entry.id.name, .bold), Styled(entry.harm.name, style(entry.harm)),
                    Styled(entry.page.summary),
                ]
            })
        line()
        paragraph("stray cause ID shows the page of one.", .dim)
    }

    fileprivate mutating func putPage(_ entry: CauseEntry, _ platforms: [any Platform]) {
        put(entry.id.name, .bold)
        put(" (")
        put(entry.harm.name, style(entry.harm))
        line(")")
        paragraph(entry.page.summary)
        line()
        for section in sections(entry.page) {
            line(section.heading, .bold)
            paragraph(section.text, indent: 2, isProse: true)
            line()
        }
        putRemedies(entry.id, platforms)
        if !entry.page.lookAlikes.isEmpty {
            line("What it is mistaken for", .bold)
            table(
                entry.page.lookAlikes.map {
                    [Styled($0.cause.name, .cyan), Styled($0.difference)]
                },
                indent: 2)
            line()
        }
        putItems(
            "What to collect when the log does not decide", entry.page.collect, numbered: false)
        putItems("References", entry.page.references, numbered: false)
    }

    private mutating func putRemedies(_ cause: CauseID, _ platforms: [any Platform]) {
        for (heading, remedies) in advice(cause, platforms) {
            line(heading, .bold)
            for remedy in remedies {
                paragraph(remedy.title, indent: 2, .cyan)
                for (index, step) in remedy.steps.enumerated() {
                    let mark = "\(index + 1). "
                    fill(prose(step), first: mark, indent: 4, hanging: 4 + displayWidth(mark))
                }
                if let cost = remedy.cost { paragraph("Cost: " + cost, indent: 4, .yellow) }
                putNotes("Check: ", remedy.check)
                putNotes("Undo: ", remedy.undo)
                if let unconfirmed = remedy.unconfirmed {
                    paragraph("Unconfirmed: " + unconfirmed, indent: 4, .dim)
                }
            }
            line()
        }
    }
}

extension TerminalWriter {
    fileprivate mutating func putNotes(_ word: String, _ notes: [String]) {
        for note in notes {
            fill([Styled(note)], first: word, indent: 4, hanging: 4 + displayWidth(word))
        }
    }
}

// MARK: JSON

private func causesJSON(
    _ entries: [CauseEntry], _ platforms: [any Platform], isList: Bool
) -> [UInt8] {
    var out = ByteWriter()
    out.put("{\"schema\":\"stray.causes/1\",\"causes\":[")
    for (index, entry) in entries.enumerated() {
        if index > 0 { out.put(",") }
        out.put("{\"id\":")
        out.putJSON(entry.id.name)
        out.put(",\"harm\":")
        out.putJSON(entry.harm.name)
        out.put(",\"summary\":")
        out.putJSON(entry.page.summary)
        if !isList { out.putJSONPage(entry, platforms) }
        out.put("}")
    }
    out.put("]}\n")
    return out.bytes
}

extension ByteWriter {
    fileprivate mutating func putJSONPage(_ entry: CauseEntry, _ platforms: [any Platform]) {
        for section in sections(entry.page) {
            put(",\"\(section.key)\":")
            putJSON(section.text)
        }
        put(",\"lookAlikes\":[")
        for (index, look) in entry.page.lookAlikes.enumerated() {
            if index > 0 { put(",") }
            put("{\"cause\":")
            putJSON(look.cause.name)
            put(",\"difference\":")
            putJSON(look.difference)
            put("}")
        }
        put("],\"collect\":")
        putJSON(entry.page.collect)
        put(",\"references\":")
        putJSON(entry.page.references)
        put(",\"remedies\":[")
        let all = platforms.flatMap { platform in
            platform.remedies(for: entry.id, variant: nil).map { (platform, $0) }
        }
        for (place, pair) in all.enumerated() {
            if place > 0 { put(",") }
            putRemedy(pair.0, pair.1)
        }
        put("]")
    }

    // MARK: Markdown

    fileprivate mutating func putMarkdown(_ entry: CauseEntry, _ platforms: [any Platform]) {
        put("# \(entry.id.name)\n\n*\(entry.harm.name)*: ")
        putMarkdown(entry.page.summary)
        put("\n")
        for section in sections(entry.page) {
            put("\n## \(section.heading)\n\n")
            putMarkdown(section.text)
            put("\n")
        }
        for (heading, remedies) in advice(entry.id, platforms) {
            put("\n## \(heading)\n")
            for remedy in remedies {
                put("\n### ")
                putMarkdown(remedy.title)
                put("\n\n")
                for (index, step) in remedy.steps.enumerated() {
                    put("\(index + 1). ")
                    putMarkdown(step)
                    put("\n")
                }
                putMarkdown(note: "Cost", remedy.cost.map { [$0] } ?? [])
                putMarkdown(note: "Check", remedy.check)
                putMarkdown(note: "Undo", remedy.undo)
                putMarkdown(note: "Unconfirmed", remedy.unconfirmed.map { [$0] } ?? [])
            }
        }
        putLookAlikes(entry.page)
        putMarkdown("What to collect when the log does not decide", entry.page.collect)
        putMarkdown("References", entry.page.references)
        put("\n")
    }

    /// With links to the pages beside this one, as they lie in docs/causes.
    private mutating func putLookAlikes(_ page: CausePage) {
        guard !page.lookAlikes.isEmpty else { return }
        put("\n## What it is mistaken for\n\n")
        for look in page.lookAlikes {
            put("- [\(look.cause.name)](\(look.cause.name).md): ")
            putMarkdown(look.difference)
            put("\n")
        }
    }

    private mutating func putMarkdown(note word: String, _ notes: [String]) {
        for note in notes {
            put("\n\(word): ")
            putMarkdown(note)
            put("\n")
        }
    }
}
