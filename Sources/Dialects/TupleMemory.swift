// What is left of a line that tells of several connections, between one of them and the next.
//
// Read first: `LineReader.readFurther`. Nothing is collected: the walk through the document stops at
// each entry and goes on when the next one is asked for.

import Bytes
import Facts

/// Where a walk through a document of many entries stands, and what was said before for all of them.
struct TupleMemory: Sendable {
    /// Whether there may be more.
    var isOpen = false
    var walk = JSONWalk(0)
    /// The rule that the tuples stand under, and the interface they are of.
    var rule = Field(0, 0)
    var interface = Field(0, 0)
    var node = Field(0, 0)
    /// What is left of a list that is no document.
    var rest = Field(0, 0)
    var time = Instant.unknown
}
