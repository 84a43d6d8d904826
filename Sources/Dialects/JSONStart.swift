// Where a JSON document begins in a line, and what of it dialects need beside `Record`.
//
// Read first: `JSONWalk`, `Record+Gather`.

import Bytes
import Facts

extension Envelope {
    /// The offset of the brace that opens the line's document; nil when the line is none. Syslog
    /// daemons put the cookie `@cee:` in front of it; an array's bracket may stand there too.
    @inline(__always)
    func document(_ line: borrowing Line) -> Int? {
        var at = line.skipBlanks(body)
        if line[at] == 0x40, line.has("@cee:", at: at) { at = line.skipBlanks(at + 5) }
        if line[at] == 0x5B { at = line.skipBlanks(at + 1) }
        return line[at] == 0x7B && line.end - at > 2 ? at : nil
    }
}

/// Which paths of a document are TCP flags, each a truth value or a number of one digit.
struct FlagKeys: Sendable {
    private let keys: PathTable<TCPFlags>

    init(_ rows: [(String, TCPFlags)]) {
        keys = PathTable(rows.map { (name: $0.0, meaning: $0.1) })
    }

    @inline(__always)
    func flag(_ path: UInt64) -> TCPFlags? { keys[path] }
}

extension Record {
    /// From a JSON document; false when it is none, or ends before its end. `flags` gets the TCP flags
    /// that are set, where the document has any of them.
    mutating func gatherJSON(
        _ line: borrowing Line, from at: Int, _ keys: KeyTable, _ flagKeys: FlagKeys,
        flags: inout TCPFlags?, _ memory: inout KeyMemory
    ) -> Bool {
        var walk = JSONWalk(at)
        while walk.next(line, keys, &memory) {
            if let meaning = memory.meaning(walk.place) {
                if walk.isText || !line.equals(walk.value, "null") { take(meaning, walk.value) }
            } else if !walk.isText, let flag = flagKeys.flag(memory[walk.place].hash) {
                let first = line[walk.value.start]
                if flags == nil { flags = [] }
                // `true`, or 1.
                if first == 0x74 || first == 0x31 { flags?.formUnion(flag) }
            }
        }
        return walk.isWhole
    }
}
