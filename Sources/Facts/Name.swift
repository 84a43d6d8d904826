// Names: interfaces, rules, nodes, labels. Millions of entries share a few of them.
//
// A name is the hash of its bytes, so two tables of names made apart can be joined without
// renumbering anything; the bytes are kept once, on the side.

import Bytes

public struct Name: Equatable, Hashable, Sendable {
    public let hash: UInt64
    @inlinable public init(hash: UInt64) { self.hash = hash }
    @inlinable public static var none: Name { Name(hash: 0) }
    @inlinable public var isNone: Bool { hash == 0 }
}

/// The bytes behind the names.
public struct Names: Equatable, Sendable {
    // Limit: an attacker can put a fresh label into every line, as long as a line may be. The first
    // name that exceeds either cap closes the table: from then on a new name keeps its identity
    // (equal names stay equal) and is shown by its number only.
    public static let countMax = 65_536
    public static let bytesMax = 16 << 20

    var table: [UInt64: [UInt8]] = [:]
    // The names in the order in which they came, so that tables made of the parts of an input
    // join to the table of the whole, also where a cap is reached.
    private var order: [UInt64] = []
    private var bytesKept = 0
    private var isClosed = false
    // A memory of hashes known to be kept: a load or two instead of a dictionary look-up for each
    // field of each line. Two neighbours are a pair in which a hash may stand, so that two names of
    // one log that meet there do not push each other out at every line.
    @usableFromInline var recent: [128 of UInt64] = .init(repeating: 0)

    public init() {}

    /// The name that fills a field, kept so that its text can be shown later.
    @inlinable
    public mutating func keep(_ line: borrowing Line, _ field: Field) -> Name {
        guard field.count > 0 else { return .none }
        let hash = line.hash(field)
        let slot = Int(truncatingIfNeeded: hash & 127)
        if recent[slot] != hash, recent[slot ^ 1] != hash {
            remember(hash, line.copy(field))
            recent[slot ^ 1] = recent[slot]
            recent[slot] = hash
        }
        return Name(hash: hash)
    }

    @usableFromInline
    mutating func remember(_ hash: UInt64, _ bytes: @autoclosure () -> [UInt8]) {
        guard !isClosed, table[hash] == nil else { return }
        add(hash, bytes())
    }

    private mutating func add(_ hash: UInt64, _ bytes: [UInt8]) {
        guard table.count < Names.countMax, bytesKept + bytes.count <= Names.bytesMax else {
            isClosed = true
            return
        }
        table[hash] = bytes
        order.append(hash)
        bytesKept += bytes.count
    }

    /// The name of a text made by the program itself.
    public mutating func keep(_ text: String) -> Name {
        guard !text.isEmpty else { return .none }
        let padded = PaddedText(text)
        return padded.withLine { line in keep(line, line.whole) }
    }

    /// The bytes of a name: what the log said, not yet made safe to show.
    public func bytes(_ name: Name) -> [UInt8] {
        if name.isNone { return [] }
        if let known = table[name.hash] { return known }
        var writer = ByteWriter(capacity: 17)
        writer.put("#")
        writer.putHex(name.hash, width: 16)
        return writer.bytes
    }

    public func text(_ name: Name) -> String { String(decoding: bytes(name), as: UTF8.self) }

    /// Whether any name's bytes are such.
    public func contains(where fits: ([UInt8]) -> Bool) -> Bool {
        table.values.contains(where: fits)
    }

    /// How many names are kept.
    public var count: Int { order.count }

    /// The names from the one numbered `first` on.
    public func part(from first: Int) -> Names {
        var part = Names()
        part.merge(self, from: first)
        return part
    }

    /// Both tables in one: this one's names, then the other's from its `first` on.
    public mutating func merge(_ other: Names, from first: Int = 0) {
        for hash in other.order[first...] where !isClosed && table[hash] == nil {
            add(hash, other.table[hash] ?? [])
        }
        if other.isClosed { isClosed = true }
    }

    public static func == (a: Names, b: Names) -> Bool { a.table == b.table }
}
