// The page of a cause: what `stray cause ID` prints, and what the documentation is made from.

public struct CausePage: Sendable {
    /// One line.
    public let summary: String
    /// The sections, each in plain paragraphs; a line that starts with `- ` is a list item.
    public let whatHappened: String
    public let whyBlocked: String
    public let howItLooks: String
    public let howToConfirm: String
    public let whatToDo: String
    /// The causes it is mistaken for, and what tells them apart.
    public let lookAlikes: [(cause: CauseID, difference: String)]
    /// What to collect when the log does not decide.
    public let collect: [String]
    /// Where it can be read up: RFC sections, source files and functions, vendor documents.
    public let references: [String]

    public init(
        summary: String, whatHappened: String, whyBlocked: String, howItLooks: String,
        howToConfirm: String, whatToDo: String,
        lookAlikes: [(cause: CauseID, difference: String)], collect: [String],
        references: [String]
    ) {
        self.summary = summary
        self.whatHappened = whatHappened
        self.whyBlocked = whyBlocked
        self.howItLooks = howItLooks
        self.howToConfirm = howToConfirm
        self.whatToDo = whatToDo
        self.lookAlikes = lookAlikes
        self.collect = collect
        self.references = references
    }
}
