// A short text with the padding that `Line` needs: for single lines, tests and names the program
// makes itself. Files are read into padded blocks by `Inputs` instead.

public struct PaddedText: Sendable {
    private let bytes: [UInt8]

    public init(_ text: String) { self.init(Array(text.utf8)) }

    public init(_ text: [UInt8]) {
        bytes = text + [UInt8](repeating: 0, count: blockPadding)
    }

    /// Takes an array as it is, and only appends the padding: nothing is copied where there is room.
    public init(taking bytes: consuming [UInt8]) {
        bytes.append(contentsOf: repeatElement(0, count: blockPadding))
        self.bytes = bytes
    }

    /// Gives the array back, to be filled anew.
    public consuming func release() -> [UInt8] { bytes }

    public var count: Int { bytes.count - blockPadding }

    /// Calls `body` with the whole text as one line.
    public func withLine<Result>(_ body: (borrowing Line) -> Result) -> Result {
        let span = bytes.span
        return body(unsafe Line(span.bytes, from: 0, to: count))
    }

    /// Calls `body` with the text and its padding.
    public func withBlock<Result>(_ body: (RawSpan) -> Result) -> Result {
        let span = bytes.span
        return unsafe body(span.bytes)
    }
}
