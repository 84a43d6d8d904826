// The memory of a slab: pieces of equal size, filled one after the other. Read Slab.swift first.

/// Used by `Slab` alone, which checks every bound, and copies before it changes what is shared;
/// that is what makes it safe to send.
@usableFromInline
@safe final class SlabMemory<Element: Sendable>: @unchecked Sendable {
    @usableFromInline static var pieceBits: Int { 12 }

    // Who changes a slab has it for himself: to have that checked again at run time, for each
    // access to these, took a fifth of all time.
    @exclusivity(unchecked) @usableFromInline
    var pieces: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
    @exclusivity(unchecked) @usableFromInline var pieceCount = 0
    @exclusivity(unchecked) @usableFromInline var pieceRoom = 16
    @exclusivity(unchecked) @usableFromInline var used = 0

    /// How many elements there are, from the first.
    @inlinable
    @inline(__always)
    var count: Int { unsafe used }

    @inlinable
    init() { unsafe pieces = .allocate(capacity: 16) }

    @inlinable
    deinit {
        clear()
        for piece in 0..<(unsafe pieceCount) {
            unsafe UnsafeMutableRawPointer(pieces[piece]).deallocate()
        }
        unsafe pieces.deallocate()
    }

    /// Where an element lies. The caller has checked that there is one.
    @inlinable
    @inline(__always)
    func at(_ index: Int) -> UnsafeMutablePointer<Element> {
        unsafe pieces[index &>> SlabMemory.pieceBits]
            + (index & (1 &<< SlabMemory.pieceBits &- 1))
    }

    @inlinable
    @inline(__always)
    func append(_ element: Element) -> Int {
        let place = count
        if unsafe place >> SlabMemory.pieceBits == pieceCount { grow() }
        unsafe at(place).initialize(to: element)
        unsafe used = place + 1
        return place
    }

    @inlinable
    func grow() {
        let whole = unsafe pieceCount
        if unsafe whole == pieceRoom {
            let wider = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(
                capacity: whole * 2)
            unsafe wider.moveInitialize(from: pieces, count: whole)
            unsafe pieces.deallocate()
            unsafe pieces = wider
            unsafe pieceRoom = whole * 2
        }
        // At the beginning of a cache line: else what has the size of two lies in three.
        let piece = UnsafeMutableRawPointer.allocate(
            byteCount: MemoryLayout<Element>.stride << SlabMemory.pieceBits, alignment: 64)
        unsafe (pieces + whole).initialize(
            to: piece.bindMemory(to: Element.self, capacity: 1 << SlabMemory.pieceBits))
        unsafe pieceCount = whole + 1
    }

    @inlinable
    func copy() -> SlabMemory {
        let other = SlabMemory()
        for index in 0..<count { _ = unsafe other.append(at(index).pointee) }
        return other
    }

    /// Ends all elements and keeps the pieces.
    @inlinable
    func clear() {
        var left = count
        var piece = 0
        while left > 0 {
            let filled = min(left, 1 << SlabMemory.pieceBits)
            unsafe pieces[piece].deinitialize(count: filled)
            left -= filled
            piece += 1
        }
        unsafe used = 0
    }
}
