// A growing store of equal things, found by number, that never moves them.
//
// A plain array doubles: for a moment it holds everything twice, and on average a third of it is
// empty. A slab grows by a piece at a time, which is what keeps the peak of memory low. It lies in
// memory of its own and not in arrays of arrays, so that a look-up checks one bound and a change
// asks once whether it is shared (`SlabMemory`).

import CVector

public struct Slab<Element: Sendable>: Sendable {
    @usableFromInline var memory = SlabMemory<Element>()
    @usableFromInline var free: [Int32] = []

    public init() {}

    /// How many things are in it.
    @inlinable public var count: Int { memory.count - free.count }

    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always) _read {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: memory.count))
            yield unsafe memory.at(index).pointee
        }
        @inline(__always) _modify {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: memory.count))
            own()
            yield unsafe &memory.at(index).pointee
        }
    }

    /// Sees to it that no copy of this slab shares its memory.
    @inlinable
    @inline(__always)
    mutating func own() {
        if !isKnownUniquelyReferenced(&memory) { memory = memory.copy() }
    }

    /// Puts a thing in and returns its number; numbers that were freed are used again.
    @inlinable
    public mutating func add(_ element: Element) -> Int {
        if let again = free.popLast() {
            self[Int(again)] = element
            return Int(again)
        }
        own()
        return memory.append(element)
    }

    /// Gives a number back. What it named must not be asked for again.
    @inlinable
    public mutating func remove(_ index: Int) { free.append(Int32(truncatingIfNeeded: index)) }

    /// Has a thing fetched into the processor's cache: worth it a few steps before it is asked for.
    @inlinable
    @inline(__always)
    public func prefetch(_ index: Int) {
        guard UInt(bitPattern: index) < UInt(bitPattern: memory.count) else { return }
        let start = unsafe UnsafeRawPointer(memory.at(index))
        // From the beginning of its first line, or the last one may be left out.
        var at = 0 &- (Int(bitPattern: start) & 63)
        while at < MemoryLayout<Element>.stride {
            unsafe stray_prefetch(start + at)
            at &+= 64
        }
    }

    /// Takes everything out and keeps the room.
    @inlinable
    public mutating func removeAll() {
        if isKnownUniquelyReferenced(&memory) {
            memory.clear()
        } else {
            memory = SlabMemory()
        }
        free.removeAll(keepingCapacity: true)
    }
}
