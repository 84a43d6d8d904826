// The values that options take: text into numbers, networks, names, durations. Times are in
// `Moment`.

import Causes
import Facts
import Remedies

/// What is wrong with an option's value, and what to try; the parser says of which option.
package struct BadValue: Error, Equatable, Sendable {
    package let what: String
    package let advice: String
    package init(_ what: String, _ advice: String) {
        self.what = what
        self.advice = advice
    }

    /// None of a list of names: the nearest one is suggested.
    package init(_ text: String, noneOf names: [String]) {
        what = "\"\(text)\" is none of \(names.joined(separator: ", "))"
        advice = nearest(text, among: names).map { "did you mean \($0)?" } ?? "take one of these"
    }
}

func oneOf<Value: RawRepresentable & CaseIterable>(
    _ type: Value.Type, _ text: String
) throws(BadValue) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
        throw BadValue(text, noneOf: Value.allCases.map(\.rawValue))
    }
    return value
}

func text(_ text: String) throws(BadValue) -> String {
    guard !text.isEmpty else { throw BadValue("the name is empty", "name one") }
    return text
}

func count(_ text: String, _ range: ClosedRange<Int>) throws(BadValue) -> Int {
    let digits = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard digits, let number = Int(text), range.contains(number) else {
        throw BadValue(
            "\"\(text)\" is no number from \(range.lowerBound) to \(range.upperBound)",
            "give one, e.g. \(max(range.lowerBound, min(range.upperBound, 10)))")
    }
    return number
}

func network(_ text: String) throws(BadValue) -> Network {
    guard let network = Network(text) else {
        throw BadValue(
            "\"\(text)\" is neither an address nor a network", "write 10.0.0.0/8 or 2001:db8::1")
    }
    return network
}

/// `443`, `80,443`, `8000-8080`.
func ports(_ text: String) throws(BadValue) -> [ClosedRange<UInt16>] {
    var all: [ClosedRange<UInt16>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = ends.compactMap { $0.first == "+" ? nil : UInt16($0) }
        guard (1...2).contains(ends.count), numbers.count == ends.count,
            let first = numbers.first, let last = numbers.last, first <= last
        else {
            throw BadValue(
                "\"\(part)\" is neither a port nor a range of ports", "write 443 or 8000-8080")
        }
        all.append(first...last)
    }
    return all
}

func causes(_ text: String) throws(BadValue) -> [CauseID] {
    var all: [CauseID] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let cause = CauseID(name: String(name)) else {
            throw BadValue(String(name), noneOf: CauseID.allCases.map(\.name))
        }
        all.append(cause)
    }
    return all
}

func inputKind(_ text: String) throws(BadValue) -> InputKind {
    .dialect(try dialect(text))
}

private func dialect(_ text: String) throws(BadValue) -> DialectID {
    let known = DialectID.allCases.first { $0.isOfLines && $0.name.description == text }
    guard let known else { throw BadValue(text, noneOf: dialectNames) }
    return known
}

func platform(_ text: String) throws(BadValue) -> String {
    let known = allPlatforms.map(\.id)
    guard known.contains(text) else { throw BadValue(text, noneOf: known) }
    return text
}

/// Whether it is NAME=VALUE at all; what they may be, the command says.
func checkSetting(_ text: String) throws(BadValue) {
    guard RawSetting(text) != nil else {
        throw BadValue("\"\(text)\" has no value", "write NAME=VALUE, e.g. tcp.established=24h")
    }
}

/// `tcp.established=24h`, `cisco-asa:tcp.established=1:00:00`.
func setting(_ text: String) throws(BadValue) -> Setting {
    guard let sign = text.firstIndex(of: "=") else {
        throw BadValue("\"\(text)\" has no value", "write NAME=VALUE, e.g. tcp.established=24h")
    }
    var name = text[..<sign]
    var owner: DialectID?
    if let colon = name.firstIndex(of: ":") {
        owner = try dialect(String(name[..<colon]))
        name = name[name.index(after: colon)...]
    }
    guard Timers.names.contains(String(name)) else {
        throw BadValue(String(name), noneOf: Timers.names)
    }
    let value = String(text[text.index(after: sign)...])
    guard let seconds = duration(value), seconds > 0 else {
        throw BadValue("\"\(value)\" is no duration", "write 30s, 5m, 24h or 2d")
    }
    return Setting(name: String(name), dialect: owner, seconds: seconds)
}

/// Seconds of `30`, `30s`, `5m`, `1h30m`, `24h`, `2d`, `1w`, `1:00:00`; nil for anything else.
package func duration(_ text: String) -> Int64? {
    // Limit: a hundred years, so that no sum of times overflows.
    let secondsMax: Int64 = 100 * 366 * 86400
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 3 {
        let numbers = parts.compactMap { digits($0) }
        guard numbers.count == 3, numbers[1] < 60, numbers[2] < 60 else { return nil }
        let total = numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
        return total <= secondsMax ? total : nil
    }
    var total: Int64 = 0
    var rest = text[...]
    while !rest.isEmpty {
        let number = rest.prefix { $0.isASCII && $0.isNumber }
        guard let value = digits(number) else { return nil }
        rest = rest.dropFirst(number.count)
        let unit = rest.prefix { !$0.isNumber }
        rest = rest.dropFirst(unit.count)
        guard let scale = unitSeconds(unit) else { return nil }
        // A number without a unit is seconds, and then stands alone.
        guard !unit.isEmpty || number.count == text.count else { return nil }
        total += value * scale
        guard total <= secondsMax else { return nil }
    }
    return text.isEmpty ? nil : total
}

private func digits(_ text: Substring) -> Int64? {
    guard (1...10).contains(text.utf8.count),
        text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int64(text)
}

private func unitSeconds(_ unit: Substring) -> Int64? {
    switch unit {
    case "", "s", "sec": 1
    case "m", "min": 60
    case "h": 3600
    case "d": 86400
    case "w": 604_800
    default: nil
    }
}
