// JSON (RFC 8259), read strictly: what our own output must be. Raw control characters, broken
// UTF-8, doubled keys and anything behind the value are refused.

/// A JSON value.
public enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    public struct Broken: Error, Equatable {
        public let offset: Int
        public let what: String
    }

    public init(_ bytes: [UInt8]) throws(Broken) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Broken(offset: 0, what: "not UTF-8")
        }
        var reader = Reader(bytes: bytes)
        self = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.at == bytes.count else { throw reader.broken("something behind the value") }
    }

    public init(_ text: String) throws(Broken) { try self.init(Array(text.utf8)) }

    public subscript(key: String) -> JSON {
        if case .object(let members) = self { return members[key] ?? .null }
        return .null
    }

    public var list: [JSON] {
        if case .list(let items) = self { return items }
        return []
    }

    public var members: [String: JSON] {
        if case .object(let members) = self { return members }
        return [:]
    }

    public var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    public var int: Int? {
        if case .number(let number) = self { return Int(exactly: number) }
        return nil
    }

    public var bool: Bool? {
        if case .bool(let bool) = self { return bool }
        return nil
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0

        func broken(_ what: String) -> Broken { Broken(offset: at, what: what) }

        var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

        mutating func skipBlanks() {
            while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
        }

        mutating func take(_ word: StaticString) throws(Broken) {
            for offset in 0..<word.utf8CodeUnitCount {
                guard byte == word.utf8Start[offset] else { throw broken("no \(word)") }
                at += 1
            }
        }

        mutating func value(depth: Int) throws(Broken) -> JSON {
            guard depth < 100 else { throw broken("too deep") }
            skipBlanks()
            switch byte {
            case 0x7B: return try object(depth)
            case 0x5B: return try list(depth)
            case 0x22: return .text(try text())
            case 0x74:
                try take("true")
                return .bool(true)
            case 0x66:
                try take("false")
                return .bool(false)
            case 0x6E:
                try take("null")
                return .null
            default: return .number(try number())
            }
        }

        mutating func object(_ depth: Int) throws(Broken) -> JSON {
            var members: [String: JSON] = [:]
            at += 1
            skipBlanks()
            if byte == 0x7D {
                at += 1
                return .object(members)
            }
            while true {
                skipBlanks()
                guard byte == 0x22 else { throw broken("no key") }
                let key = try text()
                guard members[key] == nil else { throw broken("\(key) twice") }
                skipBlanks()
                try take(":")
                members[key] = try value(depth: depth + 1)
                skipBlanks()
                at += 1
                if bytes[at - 1] == 0x7D { return .object(members) }
                guard bytes[at - 1] == 0x2C else { throw broken("no comma") }
            }
        }

        mutating func list(_ depth: Int) throws(Broken) -> JSON {
            var items: [JSON] = []
            at += 1
            skipBlanks()
            if byte == 0x5D {
                at += 1
                return .list(items)
            }
            while true {
                items.append(try value(depth: depth + 1))
                skipBlanks()
                guard at < bytes.count else { throw broken("no end") }
                at += 1
                if bytes[at - 1] == 0x5D { return .list(items) }
                guard bytes[at - 1] == 0x2C else { throw broken("no comma") }
            }
        }

        mutating func number() throws(Broken) -> Double {
            let start = at
            while "+-.eE0123456789".utf8.contains(byte) { at += 1 }
            let text = String(decoding: bytes[start..<at], as: UTF8.self)
            let form = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/
            guard text.wholeMatch(of: form) != nil, let number = Double(text) else {
                throw broken("no value")
            }
            return number
        }

        mutating func text() throws(Broken) -> String {
            var units: [UInt8] = []
            at += 1
            while at < bytes.count {
                let next = bytes[at]
                at += 1
                switch next {
                case 0x22: return String(decoding: units, as: UTF8.self)
                case 0x00..<0x20: throw broken("a raw control character")
                case 0x5C: units.append(contentsOf: String(try escape()).utf8)
                default: units.append(next)
                }
            }
            throw broken("no closing quote mark")
        }

        mutating func escape() throws(Broken) -> Unicode.Scalar {
            let plain: [UInt8: Unicode.Scalar] = [
                0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n",
                0x72: "\r", 0x74: "\t",
            ]
            let letter = byte
            at += 1
            if let scalar = plain[letter] { return scalar }
            guard letter == 0x75 else { throw broken("no such escape") }
            var value = try unit()
            if (0xD800..<0xDC00).contains(value) {
                try take("\\u")
                let low = try unit()
                guard (0xDC00..<0xE000).contains(low) else { throw broken("half a pair") }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw broken("half a pair") }
            return scalar
        }

        mutating func unit() throws(Broken) -> UInt32 {
            guard at + 4 <= bytes.count,
                let unit = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
            else { throw broken("no four hex digits") }
            at += 4
            return unit
        }
    }
}
