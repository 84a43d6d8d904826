// `stray dialects`: the log dialects, with a sample line and how to get that log.

import Bytes
import Captures
import Dialects
import Facts
import Reports

enum DialectsCommand {
    static func run(_ request: DialectsRequest) throws(Stop) -> ExitStatus {
        let pages = allDialects + [CapturePage()]
        let wanted = pages.filter { request.dialect == nil || $0.id == request.dialect }
        guard !wanted.isEmpty else {
            throw .complaint(Complaint("dialects", "it is not read yet", "see stray dialects"))
        }
        if request.format == .json { return try print(dialectsJSON(wanted), request.manner) }
        if request.format == .markdown {
            var out = ByteWriter()
            if request.dialect == nil {
                out.putMarkdownList(wanted)
            } else {
                for dialect in wanted { out.putMarkdown(dialect) }
            }
            return try print(out.bytes, request.manner)
        }
        var out = TerminalWriter(request.manner.screen)
        if request.dialect == nil {
            out.putList(wanted)
        } else {
            for dialect in wanted { out.putPage(dialect) }
        }
        return try print(out.writer.bytes, request.manner)
    }
}

extension TerminalWriter {
    fileprivate mutating func putList(_ dialects: [any Dialect]) {
        table(dialects.map { [Styled($0.id.name.description, .cyan), Styled($0.title)] })
        line()
        paragraph("stray dialects ID shows a sample and how to get that log.", .dim)
    }

    fileprivate mutating func putPage(_ dialect: any Dialect) {
        put(dialect.id.name.description, .bold)
        line(dialect.title.isEmpty ? "" : ": " + dialect.title)
        line()
        if let sample = dialect.samples.first(where: { $0.entry != nil }) {
            line("Sample", .bold)
            // Whole, so that it can be copied.
            line("  " + sample.line, .cyan)
            line()
        }
        putItems("How to get this log", dialect.howToGet, numbered: true)
        putItems("What cannot be known from it", dialect.limits, numbered: false)
    }

    /// A headed list; nothing at all when it is empty.
    mutating func putItems(_ heading: String, _ items: [String], numbered: Bool) {
        guard !items.isEmpty else { return }
        line(heading, .bold)
        for (index, item) in items.enumerated() {
            let mark = numbered ? "\(index + 1). " : "- "
            fill([Styled(item)], first: mark, indent: 2, hanging: 2 + displayWidth(mark))
        }
        line()
    }
}

package func dialectsJSON(_ dialects: [any Dialect]) -> [UInt8] {
    var out = ByteWriter()
    out.put("{\"schema\":\"stray.dialects/1\",\"dialects\":[")
    for (index, dialect) in dialects.enumerated() {
        if index > 0 { out.put(",") }
        out.put("{\"id\":")
        out.putJSON(dialect.id.name.description)
        out.put(",\"title\":")
        out.putJSON(dialect.title)
        out.put(",\"sample\":")
        if let sample = dialect.samples.first(where: { $0.entry != nil }) {
            out.putJSON(sample.line)
        } else {
            out.put("null")
        }
        out.put(",\"howToGet\":")
        out.putJSON(dialect.howToGet)
        out.put(",\"limits\":")
        out.putJSON(dialect.limits)
        out.put("}")
    }
    out.put("]}\n")
    return out.bytes
}

extension ByteWriter {
    /// A table with links to the pages beside it, as they lie in docs/dialects.
    fileprivate mutating func putMarkdownList(_ dialects: [any Dialect]) {
        put("# What Stray reads\n\n| name | written by |\n|---|---|\n")
        for dialect in dialects {
            put("| [\(dialect.id.name)](\(dialect.id.name).md) | ")
            putMarkdown(dialect.title)
            put(" |\n")
        }
    }

    fileprivate mutating func putMarkdown(_ dialect: any Dialect) {
        put("# \(dialect.id.name)\n\n")
        putMarkdown(dialect.title)
        put("\n")
        if let sample = dialect.samples.first(where: { $0.entry != nil }) {
            put("\n## Sample\n\n```text\n\(sample.line)\n```\n")
        }
        putMarkdown("How to get this log", dialect.howToGet, numbered: true)
        putMarkdown("What cannot be known from it", dialect.limits)
    }

    /// A JSON array of strings.
    mutating func putJSON(_ items: [String]) {
        put("[")
        for (index, item) in items.enumerated() {
            if index > 0 { put(",") }
            putJSON(item)
        }
        put("]")
    }
}
