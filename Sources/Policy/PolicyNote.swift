// What was found while a file with rules was read: what is wrong, what is left out, what is
// assumed.
//
// Read first: nothing. Nothing is dropped without a note that says what dropping it means.

/// A place in a file, both numbers from 1.
public struct SourcePlace: Equatable, Sendable {
    public var line: Int
    /// In bytes.
    public var column: Int

    public init(_ line: Int, _ column: Int) {
        self.line = line
        self.column = column
    }
}

public struct PolicyNote: Equatable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// It is no valid rule, or none that is known here: it was left out.
        case error
        /// It is known, and has no part in the answers.
        case ignored
        /// It is taken to be so, because the file does not tell.
        case assumed
    }

    public var kind: Kind
    public var place: SourcePlace
    /// What stands there.
    public var what: String
    /// What was expected, or what leaving it out means.
    public var meaning: String

    public init(_ kind: Kind, _ place: SourcePlace, _ what: String, _ meaning: String) {
        self.kind = kind
        self.place = place
        self.what = what
        self.meaning = meaning
    }

    // Limit: notes that are kept; a file that is no rules at all would make one for each line.
    static let countMax = 1000
}
