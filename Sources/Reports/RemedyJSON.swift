// A remedy in JSON, the same in findings, in causes and in explained lines.

import Bytes
import Remedies

extension ByteWriter {
    public mutating func putRemedy(_ platform: any Platform, _ remedy: Remedy) {
        put("{\"platform\":")
        putJSON(platform.id)
        put(",\"title\":")
        putJSON(remedy.title)
        put(",\"steps\":[")
        putList(remedy.steps) { $0.putJSON($1) }
        put("],\"cost\":")
        putOptional(remedy.cost)
        put(",\"check\":[")
        putList(remedy.check) { $0.putJSON($1) }
        put("],\"undo\":[")
        putList(remedy.undo) { $0.putJSON($1) }
        put("],\"unconfirmed\":")
        putOptional(remedy.unconfirmed)
        put("}")
    }
}
