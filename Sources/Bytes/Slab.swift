// A growing store of equal things, found by number, that never moves them.
//
// A plain array doubles: for a moment it holds everything twice, and on average a third of it is
// empty. A slab grows by a piece at a time, which is what keeps the peak of memory low.

public struct Slab<Element: Sendable>: Sendable {
    @usableFromInline static var pieceBits: Int { 12 }
    @usableFromInline var pieces: [[Element]] = []
    @usableFromInline var free: [Int32] = []
    @usableFromInline var used = 0

    public init() {}

    /// How many things are in it.
    @inlinable public var count: Int { used - free.count }

    @inlinable
    public subscript(index: Int) -> Element {
        _read { yield pieces[index >> Slab.pieceBits][index & (1 << Slab.pieceBits - 1)] }
        _modify { yield &pieces[index >> Slab.pieceBits][index & (1 << Slab.pieceBits - 1)] }
    }

    /// Puts a thing in and returns its number; numbers that were freed are used again.
    @inlinable
    public mutating func add(_ element: Element) -> Int {
        if let again = free.popLast() {
            self[Int(again)] = element
            return Int(again)
        }
        let piece = used >> Slab.pieceBits
        if piece == pieces.count {
            pieces.append([])
            pieces[piece].reserveCapacity(1 << Slab.pieceBits)
        }
        pieces[piece].append(element)
        used += 1
        return used - 1
    }

    /// Gives a number back. What it named must not be asked for again.
    @inlinable
    public mutating func remove(_ index: Int) { free.append(Int32(truncatingIfNeeded: index)) }

    /// Takes everything out and keeps the room.
    public mutating func removeAll() {
        for piece in pieces.indices { pieces[piece].removeAll(keepingCapacity: true) }
        free.removeAll(keepingCapacity: true)
        used = 0
    }
}
