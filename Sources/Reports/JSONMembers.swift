// Members of JSON objects that are written only where they hold something: what documents of other
// people's schemas want, in which an unknown field is not there.

import Bytes
import Facts

/// Writes the members of one object; a nested object without a member is not written at all.
struct JSONMembers {
    private(set) var out: ByteWriter
    /// Objects that were begun and have no member yet.
    private var pending: [String] = []
    private var needsComma = false

    /// Begins the document.
    init(_ out: consuming ByteWriter) {
        self.out = out
        self.out.put("{")
    }

    /// Ends it.
    mutating func end() { out.put("}") }

    private mutating func key(_ key: String) {
        for object in pending {
            out.put(needsComma ? ",\"" : "\"")
            out.put(object)
            out.put("\":{")
            needsComma = false
        }
        pending.removeAll(keepingCapacity: true)
        // Names of members are Stray's own, and need no escape.
        out.put(needsComma ? ",\"" : "\"")
        out.put(key)
        out.put("\":")
        needsComma = true
    }

    mutating func object(_ name: String, _ body: (inout JSONMembers) -> Void) {
        let outer = pending.count
        pending.append(name)
        body(&self)
        if pending.isEmpty {
            out.put("}")
            needsComma = true
        } else {
            // Nothing was written in it: those around it still wait, and it does not.
            pending.removeLast(pending.count - outer)
        }
    }

    mutating func text(_ name: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        bytes(name, Array(text.utf8))
    }

    mutating func bytes(_ name: String, _ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        key(name)
        // Nearly all text is such; the rest is looked at sign by sign.
        if bytes.allSatisfy(isPlainJSON) {
            out.put(0x22)
            out.put(bytes)
            out.put(0x22)
        } else {
            out.putJSON(bytes)
        }
    }

    mutating func number(_ name: String, _ number: Int?) {
        guard let number else { return }
        key(name)
        out.put(number)
    }

    /// With two decimals.
    mutating func hundredths(_ name: String, _ number: Double?) {
        guard let number else { return }
        key(name)
        out.putHundredths(number)
    }

    mutating func flag(_ name: String, _ value: Bool?) {
        guard let value else { return }
        key(name)
        out.put(value ? "true" : "false")
    }

    mutating func texts(_ name: String, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        key(name)
        out.put("[")
        out.putList(texts) { $0.putJSON($1) }
        out.put("]")
    }

    /// A list of objects; one without a member is `{}`.
    mutating func objects<Things: Collection>(
        _ name: String, _ things: Things, _ body: (inout JSONMembers, Things.Element) -> Void
    ) {
        guard !things.isEmpty else { return }
        key(name)
        out.put("[")
        for (place, thing) in things.enumerated() {
            if place > 0 { out.put(",") }
            var inner = JSONMembers(ByteWriter(capacity: 256))
            body(&inner, thing)
            inner.end()
            out.put(inner.out.bytes)
        }
        out.put("]")
    }

    mutating func time(_ name: String, _ time: Instant, _ zone: Zone) {
        guard time.isKnown else { return }
        key(name)
        out.putTime(time, zone)
    }

    /// Milliseconds since 1970.
    mutating func milliseconds(_ name: String, _ time: Instant) {
        guard time.isKnown else { return }
        key(name)
        out.put(time.microseconds / 1000)
    }

    mutating func address(_ name: String, _ address: Address) {
        guard !address.isNone, !address.isLabel else { return }
        var text = ByteWriter(capacity: 40)
        text.put(address, Names())
        self.bytes(name, text.bytes)
    }
}

/// Whether `putJSON` writes a byte as it is, whatever stands beside it.
private func isPlainJSON(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && !"\"\\<>&".utf8.contains(byte)
}
