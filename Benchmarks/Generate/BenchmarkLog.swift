// The benchmark log: a busy pfSense's filter.log, as long as one likes.
//
// Of a hundred lines about 70 are blocked SYNs from the Internet, 25 are strays and 5 are passes of
// rules that log. What the strays are is told in `BenchmarkLog+Strays`.

import Bytes

struct BenchmarkLog {
    // Of every hundred lines.
    static let straysPercent = 25
    static let passesPercent = 5
    /// The mean time between two lines that are no strays. A GiB then spans about a day.
    static let gapMicrosecondsMean = 20_000

    var random: SplitMix64
    /// Microseconds since the first of November.
    var now: UInt64 = 0
    var queue = EventQueue()
    /// The strays that are in the queue or were in it, and the lines of all other kinds.
    var straysMade = 0
    private var othersMade = 0
    /// Sources that come again and again: real noise has its regulars.
    private var scanners: [Scanner] = []
    private var stamp = Stamp()

    static let site = FilterlogSite(
        program: " fw1 filterlog[72237]: ", interfaces: ["igb0", "igb1"])
    static let wan: UInt8 = 0
    static let lan: UInt8 = 1

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        for _ in 0..<2048 { scanners.append(Scanner(&random)) }
    }

    /// Writes one line.
    mutating func step(_ writer: inout ByteWriter) {
        if queue.firstTime <= now {
            write(queue.pop(), &writer)
            return
        }
        now += UInt64(random.below(Self.gapMicrosecondsMean * 2))
        if random.below(100 - Self.straysPercent) < Self.passesPercent {
            write(passed(), &writer)
        } else {
            write(noise(), &writer)
        }
        othersMade += 1
        let wanted = othersMade * Self.straysPercent / (100 - Self.straysPercent)
        while straysMade < wanted { addStrays() }
    }

    private mutating func write(_ packet: Packet, _ writer: inout ByteWriter) {
        stamp.set(seconds: now / 1_000_000)
        writer.put(stamp.text)
        writer.put(Self.site.program)
        writer.putFilterlog(packet, Self.site)
    }

    // MARK: what is no stray

    private mutating func noise() -> Packet {
        let scanner = random.chance(60) ? random.pick(scanners) : Scanner(&random)
        return scanner.probe(of: ownAddress(), &random)
    }

    /// A SYN that a rule let through; some of these connections stray later.
    private mutating func passed() -> Packet {
        let outward = random.chance(60)
        let inside = outward ? client() : address(10, 20, 1, random.between(10, 40))
        let outside = internetAddress(&random)
        let port: UInt16 = random.pick(outward ? [443, 443, 443, 80, 993, 5222] : [443, 25])
        var packet = Packet(
            source: outward ? inside : outside, destination: outward ? outside : inside,
            sourcePort: random.clientPort(), destinationPort: port, flags: Flags.syn,
            sequence: random.word(), window: 64240,
            ttl: outward ? 64 : UInt8(random.between(40, 58)))
        packet.ipID = UInt16(truncatingIfNeeded: random.word())
        packet.options = .linuxSYN
        packet.verdict = outward ? .passLAN : .passWAN
        packet.interface = outward ? Self.lan : Self.wan
        if random.chance(40) { addLateClose(of: packet) }
        return packet
    }

    mutating func client() -> UInt32 {
        address(10, 20, random.between(2, 9), random.between(2, 251))
    }

    /// One of the firewall's public addresses.
    mutating func ownAddress() -> UInt32 { address(198, 51, 100, random.between(1, 30)) }
}

/// Any unicast address that is neither private nor reserved for a purpose of its own.
func internetAddress(_ random: inout SplitMix64) -> UInt32 {
    while true {
        let found = random.word()
        switch found >> 24 {
        case 0, 10, 100, 127, 169, 172, 192, 198, 203, 224...255: continue
        default: return found
        }
    }
}

/// The time as BSD syslog writes it, made anew only when the second changes.
private struct Stamp {
    private(set) var text = ""
    private var second: UInt64 = .max

    private static let months: [(name: String, days: UInt64)] = [
        ("Nov", 30), ("Dec", 31), ("Jan", 31), ("Feb", 28), ("Mar", 31), ("Apr", 30), ("May", 31),
        ("Jun", 30), ("Jul", 31), ("Aug", 31), ("Sep", 30), ("Oct", 31),
    ]

    mutating func set(seconds: UInt64) {
        guard seconds != second else { return }
        second = seconds
        var day = seconds / 86400 % 365
        var month = 0
        while day >= Self.months[month].days {
            day -= Self.months[month].days
            month += 1
        }
        var writer = ByteWriter(capacity: 16)
        writer.put(Self.months[month].name)
        writer.put(day < 9 ? "  " : " ")
        writer.put(day + 1)
        writer.put(" ")
        writer.putClock(seconds % 86400)
        text = writer.text
    }
}

extension ByteWriter {
    /// `HH:MM:SS` of a second of the day.
    mutating func putClock(_ second: UInt64) {
        put(second / 3600, width: 2)
        put(0x3A)
        put(second / 60 % 60, width: 2)
        put(0x3A)
        put(second % 60, width: 2)
    }
}
