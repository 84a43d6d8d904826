// JSON (RFC 8259) with the line each object begins on: what `nft -j` prints.
//
// Read first: nothing. It is read whole, for it is a file of rules and no log.

struct JSONFault: Error, Equatable {
    var place: SourcePlace
    var expected: String
}

indirect enum JSONNode: Sendable {
    case null
    case bool(Bool)
    case number(Int)
    /// A number that is not whole, or does not fit.
    case decimal
    case text(String)
    case list([JSONNode])
    case object([(key: String, value: JSONNode)], SourcePlace)

    subscript(key: String) -> JSONNode? {
        guard case .object(let members, _) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { number } else { nil } }
    var list: [JSONNode]? { if case .list(let list) = self { list } else { nil } }
    var place: SourcePlace? { if case .object(_, let place) = self { place } else { nil } }

    /// The one member of an object like `{"match": …}`.
    var only: (key: String, value: JSONNode)? {
        guard case .object(let members, _) = self, members.count == 1 else { return nil }
        return members[0]
    }
}

struct JSONReader {
    private let bytes: [UInt8]
    private var at = 0
    private var line = 1
    private var lineStart = 0
    // Limit: nft nests expressions a dozen deep.
    private static let depthMax = 64

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSONNode {
        var reader = JSONReader(bytes)
        let node = try reader.value(0)
        reader.skipBlanks()
        guard reader.at == bytes.count else { throw reader.fault("the end of the file") }
        return node
    }

    private var place: SourcePlace { SourcePlace(line, at - lineStart + 1) }
    private func fault(_ expected: String) -> JSONFault {
        JSONFault(place: place, expected: expected)
    }
    private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x0A:
                at += 1
                line += 1
                lineStart = at
            case 0x20, 0x09, 0x0D: at += 1
            default: return
            }
        }
    }

    private mutating func take(_ symbol: UInt8, _ name: String) throws(JSONFault) {
        skipBlanks()
        guard byte == symbol, at < bytes.count else { throw fault(name) }
        at += 1
    }

    private mutating func value(_ depth: Int) throws(JSONFault) -> JSONNode {
        guard depth < JSONReader.depthMax else { throw fault("less nesting") }
        skipBlanks()
        switch byte {
        case 0x7B: return try object(depth)
        case 0x5B: return try list(depth)
        case 0x22: return .text(try text())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        case 0x2D, 0x30...0x39: return number()
        default: throw fault("a value")
        }
    }

    private mutating func word(_ word: String, _ node: JSONNode) throws(JSONFault) -> JSONNode {
        for expected in word.utf8 {
            guard at < bytes.count, bytes[at] == expected else { throw fault(word) }
            at += 1
        }
        return node
    }

    private mutating func number() -> JSONNode {
        let start = at
        while at < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        return Int(text).map { .number($0) } ?? .decimal
    }

    private mutating func object(_ depth: Int) throws(JSONFault) -> JSONNode {
        let start = place
        at += 1
        var members: [(key: String, value: JSONNode)] = []
        skipBlanks()
        if byte == 0x7D {
            at += 1
            return .object([], start)
        }
        while true {
            skipBlanks()
            guard byte == 0x22 else { throw fault("a key in quotes") }
            let key = try text()
            try take(0x3A, "`:`")
            members.append((key, try value(depth + 1)))
            skipBlanks()
            if byte == 0x7D {
                at += 1
                return .object(members, start)
            }
            try take(0x2C, "`,` or `}`")
        }
    }

    private mutating func list(_ depth: Int) throws(JSONFault) -> JSONNode {
        at += 1
        var items: [JSONNode] = []
        skipBlanks()
        if byte == 0x5D {
            at += 1
            return .list([])
        }
        while true {
            items.append(try value(depth + 1))
            skipBlanks()
            if byte == 0x5D {
                at += 1
                return .list(items)
            }
            try take(0x2C, "`,` or `]`")
        }
    }

    private mutating func text() throws(JSONFault) -> String {
        at += 1
        var out: [UInt8] = []
        while at < bytes.count {
            let next = bytes[at]
            if next == 0x22 {
                at += 1
                return String(decoding: out, as: UTF8.self)
            }
            guard next >= 0x20 else { throw fault("`\"`") }
            at += 1
            if next != 0x5C {
                out.append(next)
                continue
            }
            out.append(contentsOf: String(try escape()).utf8)
        }
        throw fault("`\"`")
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        let letter = byte
        at += 1
        switch letter {
        case 0x22, 0x5C, 0x2F: return Unicode.Scalar(letter)
        case 0x62: return "\u{8}"
        case 0x66: return "\u{C}"
        case 0x6E: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x75:
            let first = try unit()
            if first & 0xFC00 == 0xD800 {
                guard byte == 0x5C, at + 1 < bytes.count, bytes[at + 1] == 0x75 else {
                    throw fault("the second half of a character")
                }
                at += 2
                let second = try unit()
                let value = 0x10000 + (first - 0xD800) << 10 + (second & 0x3FF)
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            }
            return Unicode.Scalar(first) ?? "\u{FFFD}"
        default: throw fault("an escape of JSON")
        }
    }

    private mutating func unit() throws(JSONFault) -> UInt32 {
        guard at + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits") }
        at += 4
        return unit
    }
}
