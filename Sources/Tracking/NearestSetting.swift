// "Did you mean": the setting whose name is nearest to one that there is not.

/// The name that a slip of the fingers would turn into `name`; nil when none is near.
func nearestName(_ name: String, among names: [String]) -> String? {
    let wanted = Array(name.utf8)
    // Limit: the comparison costs the product of both lengths, and no setting is half as long.
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    if wanted.count > 1, let longer = names.first(where: { $0.utf8.starts(with: wanted) }) {
        return longer
    }
    let near = names.map { ($0, lettersApart(wanted, Array($0.utf8))) }
        .filter { $0.1 <= max(1, wanted.count / 3) }
    return near.min { $0.1 < $1.1 }?.0
}

/// Levenshtein's distance: letters put in, left out, or changed.
private func lettersApart(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var last = Array(0...b.count)
    for (i, letter) in a.enumerated() {
        var row = [i + 1]
        for j in b.indices {
            row.append(min(row[j] + 1, last[j + 1] + 1, last[j] + (letter == b[j] ? 0 : 1)))
        }
        last = row
    }
    return last[b.count]
}
