// A pair of `name=value` without quotation marks, between blanks: the commonest shape of all, found
// with two searches.
//
// Read first: `NamedPairs`, which reads whatever is not of this shape.

import Bytes

/// The next pair from an offset on; the offset moves behind it. Nil at the line's end, and before
/// what `NamedPairs` is to read from there on. Words without a sign are passed over, as there.
@inline(__always)
func barePair(_ line: borrowing Line, _ at: inout Int) -> (key: Field, value: Field)? {
    var start = at
    if start < line.end, line[start] == 0x20 { start &+= 1 }
    while let stop = line.find(0x3D, 0x20, 0x22, from: start) {
        guard line[stop] != 0x20 else {
            start = stop &+ 1
            continue
        }
        at = start
        let first = line[stop &+ 1]
        // A tab belongs to no name, and a quotation mark may hide blanks and signs.
        guard line[stop] == 0x3D, line[start] != 0x09, first != 0x22, first != 0x27 else {
            return nil
        }
        at = line.endOfWord(stop &+ 1)
        return (Field(start, stop), Field(stop &+ 1, at))
    }
    at = line.end
    return nil
}
