// A time zone by its name, as the table of offsets that the pure rooms take.
//
// glibc is asked, because it knows every form a zone can have (zoneinfo files, POSIX rules, the
// machine's own). It keeps the zone in the environment, so this runs before any thread does.

import Facts
import Glibc
import Synchronization

/// Why there is no such zone.
public enum ZoneFailure: Error, Equatable, Sendable {
    /// Nothing that could name a zone.
    case malformed
    /// No file of that name among the machine's zones.
    case unknown
}

/// The zone of a name: `Europe/Berlin`, `UTC`, `Z`, `+02:00`, `-0530`, `+2`; nil for this
/// machine's. The name in the result is the one to show.
public func loadZone(_ name: String?) throws(ZoneFailure) -> Zone {
    guard let name else { return try loadMachineZone() }
    if ["UTC", "utc", "Z", "z", "GMT", "Etc/UTC"].contains(name) { return .utc }
    if let offset = fixedOffset(name) { return Zone(name: name, offset: offset) }
    guard isZoneName(name) else { throw .malformed }
    guard zoneFileExists(name) else { throw .unknown }
    return Zone(name: name, rules: probe(":" + name))
}

/// `TZ` where it is set, else /etc/localtime.
private func loadMachineZone() throws(ZoneFailure) -> Zone {
    if let raw = getenv("TZ") {
        var text = String(cString: raw)
        if text.hasPrefix(":") { text.removeFirst() }
        // tzset(3): a TZ that is set and empty is UTC.
        if text.isEmpty { return .utc }
        if isZoneName(text), zoneFileExists(text) || text == "UTC" { return try loadZone(text) }
        // `CET-1CEST,M3.5.0,M10.5.0/3`, or a path: glibc's business. A word that is neither
        // would silently be UTC there.
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) || text.hasPrefix("/")
        else { throw .unknown }
        return Zone(name: text, rules: probe(String(cString: raw)))
    }
    let name = machineZoneName()
    if let name, ["UTC", "Etc/UTC", "Universal", "Zulu", "Etc/Universal"].contains(name) {
        return .utc
    }
    return Zone(name: name ?? "local", rules: probe(nil))
}

/// Where /etc/localtime points to, below `zoneinfo/`.
private func machineZoneName() -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/etc/localtime", &buffer, buffer.count - 1)
    guard count > 0 else { return access("/etc/localtime", R_OK) == 0 ? nil : "UTC" }
    let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let parts = path.split(separator: "/")
    guard let mark = parts.lastIndex(of: "zoneinfo"), mark + 1 < parts.count else { return nil }
    return parts[(mark + 1)...].joined(separator: "/")
}

/// Seconds east of Greenwich of `+02:00`, `-0530`, `+2`; nil for anything else.
func fixedOffset(_ name: String) -> Int? {
    guard let sign = name.first, sign == "+" || sign == "-" else { return nil }
    let digits = name.dropFirst().filter { $0 != ":" }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        name.dropFirst().firstIndex(of: ":").map({ name.distance(from: $0, to: name.endIndex) == 3 }
        )
            ?? true,
        let number = Int(digits)
    else { return nil }
    let (hours, minutes): (Int, Int)
    switch digits.count {
    case 1, 2: (hours, minutes) = (number, 0)
    case 3, 4: (hours, minutes) = (number / 100, number % 100)
    default: return nil
    }
    // Limit: RFC 9557 and POSIX stop below a day; the widest zone in use is +14:00.
    guard hours <= 18, minutes < 60 else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
}

/// Whether a text could name a zoneinfo file: words of letters, digits and `_+-` between slashes.
// Invariant: a name that passes never leaves the zoneinfo directory: no dots, no leading slash.
func isZoneName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 64 else { return false }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
        !part.isEmpty
            && part.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                    || byte == 0x5F || byte == 0x2B || byte == 0x2D
            }
    }
}

private func zoneFileExists(_ name: String) -> Bool {
    let root = getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
    let file = open(root + "/" + name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var magic = [UInt8](repeating: 0, count: 4)
    // RFC 9636 §3.1: every zone file starts with this; a directory cannot be read at all.
    return read(file, &magic, 4) == 4 && magic == Array("TZif".utf8)
}

private let environment = Mutex<Void>(())

/// The offsets of the zone that `TZ` set to `setting` gives, from 1970 to 2050.
// Limit: past 2037 glibc works each answer out anew from the zone's rule, so that probing up to
// 2100 takes 2.8 ms, up to 2050 1.3 ms. No log is from then; the last offset would hold on.
private func probe(_ setting: String?) -> [Zone.Rule] {
    environment.withLock { _ in
        let before = getenv("TZ").map { String(cString: $0) }
        if let setting { setenv("TZ", setting, 1) }
        tzset()
        defer {
            if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
            tzset()
        }
        var rules = [Zone.Rule(start: .min, offset: offset(at: 0))]
        // Ten days are shorter than any stretch of daylight saving that a country has kept.
        let step: Int64 = 10 * 86400
        let end: Int64 = 2_524_608_000
        var low: Int64 = 0
        while low < end {
            let high = low + step
            let after = offset(at: high)
            if after != rules[rules.count - 1].offset {
                rules.append(Zone.Rule(start: change(low, high, after), offset: after))
            }
            low = high
        }
        return rules
    }
}

/// The second, between two that differ, from which the later offset holds.
private func change(_ low: Int64, _ high: Int64, _ after: Int) -> Int64 {
    var low = low
    var high = high
    // Since the last zone with odd seconds was put straight (Monrovia, 7 January 1972), clocks
    // change at full quarter hours only, which halves the search.
    let grain: Int64 = low < 100_000_000 ? 1 : 900
    while high - low > grain {
        let middle = low + (high - low) / grain / 2 * grain
        if offset(at: middle) == after { high = middle } else { low = middle }
    }
    return high
}

private func offset(at seconds: Int64) -> Int {
    var moment = time_t(seconds)
    var parts = tm()
    return localtime_r(&moment, &parts) == nil ? 0 : parts.tm_gmtoff
}
