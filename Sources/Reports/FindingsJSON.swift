// The findings as one JSON document, or as a line for each.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Remedies

extension Account {
    /// One document; its schema is docs/schema/findings.schema.json.
    public func json() -> [UInt8] {
        var out = ByteWriter()
        out.put("{\"schema\":\"stray.findings/1\",\"version\":")
        out.putJSON(version)
        out.put(",\"inputs\":[")
        out.putList(inputs) { putInput($1, &$0) }
        out.put("],\"totals\":")
        putTotals(&out)
        out.put(",\"findings\":[")
        out.putList(shown.findings) { putFinding($1, &$0) }
        out.put("]")
        out.putDrawn(self)
        out.put("}\n")
        return out.bytes
    }

    /// A line for each input, for each finding, and for the totals.
    public func ndjson() -> [UInt8] {
        var out = ByteWriter()
        for input in inputs {
            out.put("{\"type\":\"input\",")
            putInputFields(input, &out)
            out.put("}\n")
        }
        for finding in shown.findings {
            out.put("{\"type\":\"finding\",")
            putFindingFields(finding, &out)
            out.put("}\n")
        }
        out.put("{\"type\":\"totals\",\"totals\":")
        putTotals(&out)
        out.put("}\n")
        return out.bytes
    }

    private func putInput(_ input: InputAccount, _ out: inout ByteWriter) {
        out.put("{")
        putInputFields(input, &out)
        out.put("}")
    }

    private func putInputFields(_ input: InputAccount, _ out: inout ByteWriter) {
        let tally = input.tally
        out.put("\"name\":")
        out.putJSON(input.name)
        out.put(",\"dialect\":")
        if tally.entries == 0 { out.put("null") } else { out.putQuoted(tally.mainDialect.name) }
        for (key, value) in [
            ("lines", tally.lines), ("entries", tally.entries), ("skipped", tally.skipped),
            ("rejected", tally.rejected),
        ] {
            out.put(",\"\(key)\":")
            out.put(value)
        }
        if tally.furtherEntries > 0 {
            out.put(",\"furtherEntries\":")
            out.put(tally.furtherEntries)
        }
        if tally.continued > 0 {
            out.put(",\"continued\":")
            out.put(tally.continued)
        }
        out.put(",\"rejectedSamples\":[")
        out.putList(tally.samples) { out, sample in
            out.put("{\"line\":")
            out.put(sample.line)
            out.put(",\"reason\":")
            out.putQuoted(sample.damage.name)
            out.put(",\"text\":")
            out.putJSON(sample.sample)
            out.put("}")
        }
        out.put("],\"from\":")
        out.putTime(tally.from, zone)
        out.put(",\"to\":")
        out.putTime(tally.to, zone)
        if let offset = input.clockOffset {
            out.put(",\"clockOffset\":")
            out.putSeconds(offset)
        }
    }

    private func putTotals(_ out: inout ByteWriter) {
        out.put("{\"blocked\":")
        out.put(totals.blocked)
        out.put(",\"strays\":")
        out.put(diagnosis.strays)
        out.put(",\"strayLines\":")
        out.put(diagnosis.strayLines)
        out.put(",\"passed\":")
        out.put(totals.passed)
        out.put(",\"connections\":")
        out.put(totals.connections)
        if !learntInside.isEmpty {
            out.put(",\"learntInside\":[")
            out.putList(learntInside) { out, network in
                out.put("\"")
                out.put(network)
                out.put("\"")
            }
            out.put("]")
        }
        out.put(",\"byCause\":{")
        out.putList(CauseID.allCases) { out, cause in
            out.putJSON(cause.name)
            out.put(":")
            out.put(diagnosis.byCause[cause] ?? 0)
        }
        out.put("},\"byHarm\":{")
        out.putList(Harm.allCases) { out, harm in
            out.putJSON(harm.name)
            out.put(":")
            out.put(diagnosis.byHarm[harm] ?? 0)
        }
        out.put("}}")
    }

    private func putFinding(_ finding: Finding, _ out: inout ByteWriter) {
        out.put("{")
        putFindingFields(finding, &out)
        out.putExhibit(self, finding.id)
        out.put("}")
    }

    private func putFindingFields(_ finding: Finding, _ out: inout ByteWriter) {
        out.put("\"id\":")
        out.put(finding.id)
        out.put(",\"cause\":")
        out.putJSON(finding.cause.name)
        out.put(",\"variant\":")
        out.putOptional(finding.variant)
        out.put(",\"harm\":")
        out.putJSON(finding.harm.name)
        out.put(",\"confidence\":")
        out.putHundredths(finding.confidence)
        out.put(",\"subject\":")
        out.putJSON(subjectText(finding))
        out.put(",\"summary\":")
        out.putJSON(summary(finding))
        out.put(",\"count\":")
        out.put(finding.count)
        out.put(",\"lines\":")
        out.put(finding.lines)
        out.put(",\"events\":")
        out.put(finding.events)
        out.put(",\"connections\":")
        out.put(finding.connections)
        out.put(",\"ofConnections\":")
        if let all = finding.ofConnections { out.put(all) } else { out.put("null") }
        putPorts(finding, &out)
        out.put(",\"from\":")
        out.putTime(finding.from, zone)
        out.put(",\"to\":")
        out.putTime(finding.to, zone)
        out.put(",\"interfaces\":[")
        out.putList(finding.interfaces) { $0.putJSON(names.bytes($1)) }
        out.put("],\"nodes\":[")
        out.putList(finding.nodes) { $0.putJSON(names.bytes($1)) }
        out.put("],\"alwaysPrevented\":")
        out.put(finding.isAlwaysPrevented ? "true" : "false")
        putReasons(finding, &out)
        if !finding.paths.isEmpty { out.putPaths(self, finding) }
        out.put(",\"examples\":[")
        out.putList(finding.examples) { $0.put($1.number) }
        out.put("],\"remedies\":[")
        out.putList(remedies(finding)) { $0.putRemedy($1.platform, $1.remedy) }
        out.put("]")
        guard let rules = rules[finding.id] else { return }
        out.put(",\"rules\":[")
        out.putList(rules) { $1.putJSON(&$0) }
        out.put("]")
    }

    // Limit: ports told one by one, the most concerned: a scan asks for all there are.
    private static let portsMax = 16

    private func putPorts(_ finding: Finding, _ out: inout ByteWriter) {
        out.put(",\"ports\":[")
        out.putList(finding.ports.prefix(Account.portsMax)) { out, port in
            out.put("{\"port\":\(port.port),\"protocol\":\(port.ipProtocol)")
            out.put(",\"count\":\(port.count)}")
        }
        out.put("],\"portsLeftOut\":\(max(0, finding.ports.count - Account.portsMax))")
    }

    private func putReasons(_ finding: Finding, _ out: inout ByteWriter) {
        out.put(",\"ledger\":[")
        out.putList(finding.ledger) { out, statement in
            out.put("{\"for\":")
            out.putJSON(statement.cause.name)
            out.put(",\"weight\":")
            out.putHundredths(statement.weight)
            out.put(",\"statement\":")
            out.putJSON(statement.text)
            out.put(",\"entries\":[")
            out.putList(statement.entries) { $0.put($1) }
            out.put("]}")
        }
        out.put("],\"alternatives\":[")
        out.putList(finding.alternatives) { out, other in
            out.put("{\"cause\":")
            out.putJSON(other.cause.name)
            out.put(",\"confidence\":")
            out.putHundredths(other.confidence)
            out.put(",\"because\":")
            out.putJSON(other.because)
            out.put("}")
        }
        out.put("]")
    }
}

extension ByteWriter {
    /// Things with commas between them.
    mutating func putList<Things: Sequence>(
        _ things: Things, _ body: (inout ByteWriter, Things.Element) -> Void
    ) {
        var isFirst = true
        for thing in things {
            if !isFirst { put(",") }
            isFirst = false
            body(&self, thing)
        }
    }

    mutating func putOptional(_ text: String?) {
        if let text { putJSON(text) } else { put("null") }
    }

    /// A number with two decimals.
    mutating func putHundredths(_ number: Double) {
        let rounded = Int((number * 100).rounded())
        if rounded < 0 { put("-") }
        put(abs(rounded) / 100)
        put(".")
        put(abs(rounded) % 100, width: 2)
    }

    /// What was judged of an entry, behind its facts.
    public mutating func putJudgement(_ verdict: Verdict?, finding: Int?) {
        put(",\"cause\":")
        putOptional(verdict?.cause.name)
        put(",\"variant\":")
        putOptional(verdict?.variant)
        put(",\"harm\":")
        putOptional(verdict?.harm.name)
        put(",\"confidence\":")
        if let verdict { putHundredths(verdict.confidence) } else { put("null") }
        put(",\"finding\":")
        if let finding { put(finding) } else { put("null") }
    }

    /// Whether an entry is a stray: null where neither the flags nor the device's words tell.
    public mutating func putIsStray(_ entry: Entry) {
        put(",\"stray\":")
        put(entry.mayBeStray ? "null" : entry.isStray ? "true" : "false")
    }
}
