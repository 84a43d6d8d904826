// The findings as a table for spreadsheets: a row for each.
//
// Read first: `Cells`.

import Bytes
import Causes
import Evidence
import Facts
import Remedies

extension Account {
    public func csv() -> [UInt8] {
        var out = ByteWriter()
        out.put("id,cause,variant,harm,confidence,subject,summary,count,lines,events,connections,")
        out.put("ofConnections,from,to,interfaces,nodes,alwaysPrevented,why,remedy,cost\r\n")
        for finding in shown.findings { putRow(finding, &out) }
        return out.bytes
    }

    private func putRow(_ finding: Finding, _ out: inout ByteWriter) {
        out.put("\(finding.id),\(finding.cause.name),\(finding.variant ?? ""),")
        out.put("\(finding.harm.name),")
        out.putHundredths(finding.confidence)
        for text in [subjectText(finding), summary(finding)] {
            out.put(",")
            out.putCell(text)
        }
        out.put(",\(finding.count),\(finding.lines),\(finding.events),\(finding.connections),")
        if let all = finding.ofConnections { out.put(all) }
        for time in [finding.from, finding.to] {
            out.put(",")
            if time.isKnown { out.putISO(time, zone) }
        }
        for names in [finding.interfaces, finding.nodes] {
            out.put(",")
            out.putCell(names.map(self.names.text).joined(separator: " "))
        }
        out.put(finding.isAlwaysPrevented ? ",true," : ",false,")
        out.putCell(finding.ledger.prefix(3).map(\.text).joined(separator: "; "))
        let remedy = remedies(finding).first?.remedy
        for text in [remedy?.title, remedy?.cost] {
            out.put(",")
            out.putCell(text ?? "")
        }
        out.put("\r\n")
    }
}
