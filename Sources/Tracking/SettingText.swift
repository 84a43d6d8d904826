// Settings as they are typed: times, and the name that was meant where there is none of that name.
//
// Read first: `SettingFault`.

/// `86400`, `90s`, `24h`, `7d` as seconds.
func secondsSetting(_ value: String) throws(SettingFault) -> UInt32 {
    let fault = SettingFault.badValue(expected: "seconds, or a time such as 90s, 30m, 24h, 7d")
    var digits = Substring(value)
    var unit: UInt64 = 1
    if let last = value.last, !last.isNumber {
        guard let known = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800][last] as UInt64?
        else { throw fault }
        unit = known
        digits = value.dropLast()
    }
    let count = try countSetting(digits, fault)
    let seconds = UInt64(count) * unit
    guard seconds <= UInt64(UInt32.max) else { throw fault }
    return UInt32(seconds)
}

/// Digits and nothing else.
func countSetting(_ digits: Substring, _ fault: SettingFault) throws(SettingFault) -> UInt32 {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = UInt32(digits) else {
        throw fault
    }
    return count
}

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
