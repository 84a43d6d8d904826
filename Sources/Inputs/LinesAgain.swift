// Reads single lines of an input once more, by their numbers: a report shows the lines themselves.

import Glibc

/// A line as it stands in its input.
public struct RawLine: Equatable, Sendable {
    public var text: [UInt8]
    /// Whether the line is longer than what was kept of it.
    public var isCut: Bool
}

/// The lines of the given numbers, from 1. An input that cannot be read again, or is a capture,
/// gives none: a report does without them.
public func linesAgain(_ numbers: Set<Int>, of input: Input, bytesMax: Int) -> [Int: RawLine] {
    guard let last = numbers.max(), let stream = try? ByteStream(input),
        !stream.looksLikeCapture
    else { return [:] }
    var search = LineSearch(numbers, last: last, bytesMax: bytesMax)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while !search.isDone {
        let got = buffer.withUnsafeMutableBytes { (try? stream.read(into: $0)) ?? 0 }
        guard got > 0 else { break }
        search.take(buffer, count: got)
    }
    return search.finished()
}

/// Counts newlines, and keeps what lies between those that are asked for.
private struct LineSearch {
    private let numbers: Set<Int>
    private let last: Int
    private let bytesMax: Int
    private var found: [Int: RawLine] = [:]
    private var number = 1
    private var current = RawLine(text: [], isCut: false)

    init(_ numbers: Set<Int>, last: Int, bytesMax: Int) {
        self.numbers = numbers
        self.last = last
        self.bytesMax = bytesMax
    }

    var isDone: Bool { number > last }

    mutating func take(_ buffer: [UInt8], count: Int) {
        var start = 0
        while start < count, !isDone {
            let end = LineSearch.newline(in: buffer, from: start, to: count)
            if numbers.contains(number) { keep(buffer[start..<end]) }
            guard end < count else { return }
            if numbers.contains(number) { close() }
            number += 1
            start = end + 1
        }
    }

    /// The next newline, or the end.
    private static func newline(in buffer: [UInt8], from start: Int, to end: Int) -> Int {
        buffer.withUnsafeBytes { raw in
            guard let base = raw.baseAddress, let hit = memchr(base + start, 0x0A, end - start)
            else { return end }
            return UnsafeRawPointer(hit) - base
        }
    }

    private mutating func keep(_ piece: ArraySlice<UInt8>) {
        let room = bytesMax - current.text.count
        current.text += piece.prefix(room)
        if piece.count > room { current.isCut = true }
    }

    private mutating func close() {
        if current.text.last == 0x0D, !current.isCut { current.text.removeLast() }
        found[number] = current
        current = RawLine(text: [], isCut: false)
    }

    mutating func finished() -> [Int: RawLine] {
        // The last line may lack its newline.
        if !isDone, numbers.contains(number), !current.text.isEmpty { close() }
        return found
    }
}
