// The forms in which single entries are printed, one behind the other: `stray entries` prints all,
// `stray why --entries` the blocked ones with their judgement.

import Bytes
import Causes
import Facts

public enum EntryForm: Sendable {
    case ndjson
    case csv
    case ecs
    case ocsf
}

/// What was judged of an entry.
public struct EntryJudgement: Sendable {
    /// Nil where filters left its finding out.
    public var verdict: Verdict?
    public var finding: Int?

    public init(_ verdict: Verdict?, finding: Int?) {
        self.verdict = verdict
        self.finding = finding
    }
}

/// Prints entries in one form.
public struct EntryPrinter: Sendable {
    public let form: EntryForm
    let zone: Zone
    let version: String

    public init(_ form: EntryForm, zone: Zone, version: String) {
        self.form = form
        self.zone = zone
        self.version = version
    }

    /// What comes before the first entry.
    public func putHead(judged: Bool, to out: inout ByteWriter) {
        if form == .csv { out.putEntryColumns(judged: judged) }
    }

    /// One entry. `judgement` is nil where nothing is judged.
    public func put(
        _ entry: Entry, at place: Place, names: Names, _ judgement: EntryJudgement?,
        to out: inout ByteWriter
    ) {
        switch form {
        case .csv:
            out.putEntryRow(entry, at: place, zone: zone, names: names, judgement)
        case .ndjson:
            out.putEntryHead(entry, at: place, zone: zone, names: names)
            out.putIsStray(entry)
            if let judgement {
                out.putJudgement(judgement.verdict, finding: judgement.finding)
            } else {
                out.putEntryExtras(entry, names: names)
            }
            out.put("}\n")
        case .ecs:
            var document = JSONMembers(ByteWriter(capacity: 1024))
            document.putECS(entry, at: place, names, zone, judgement)
            document.end()
            out.put(document.out.bytes)
            out.put("\n")
        case .ocsf:
            var document = JSONMembers(ByteWriter(capacity: 1024))
            document.putOCSF(entry, at: place, names, self, judgement)
            document.end()
            out.put(document.out.bytes)
            out.put("\n")
        }
    }
}
