// "Did you mean": the known name nearest to one that is unknown.

/// The candidate that a slip of the fingers would turn into `name`; nil when none is near.
package func nearest(_ name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().utf8)
    // Limit: the comparison costs the product of both lengths.
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    if let longer = candidates.first(where: { $0.utf8.starts(with: wanted) }), wanted.count > 1 {
        return longer
    }
    let limit = max(1, wanted.count / 3)
    let near = candidates.map { ($0, distance(wanted, Array($0.lowercased().utf8))) }
        .filter { $0.1 <= limit }
    return near.min { $0.1 < $1.1 }?.0
}

/// Damerau's distance: letters put in, left out, changed, or swapped with their neighbour.
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                best = min(best, before[j - 1] + 1)
            }
            row.append(best)
        }
        before = last
        last = row
    }
    return last[b.count]
}
