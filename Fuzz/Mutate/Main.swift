// Sends the corpus of every fuzz target through it, whole, cut and mutated: built with the address
// sanitizer, for every run of `./stray-test` (Scripts/sanitize.sh). Fuzzing finds more and takes
// longer; this needs no search.
//
// usage: stray-mutate FOLDER RUNS SEED    FOLDER is Fuzz/Corpus; RUNS mutations of each seed
//        stray-mutate canary              reads past a buffer: the sanitizer must stop it

import Dialects
import Facts
import FuzzShared
import Glibc

@main struct Mutate {
    static func main() {
        let words = CommandLine.arguments
        if words.count == 2, words[1] == "canary" { return readPastTheEnd() }
        guard words.count == 4, let runs = Int(words[2]), let seed = UInt64(words[3]) else {
            fail("usage: stray-mutate FOLDER RUNS SEED | stray-mutate canary")
        }
        var random = Random(state: seed)
        var inputs = 0
        let targets = files(in: words[1]).filter { $0 != "canary" }
        guard !targets.isEmpty else { fail("\(words[1]): no targets; give the folder Fuzz/Corpus") }
        for name in targets {
            guard let target = Target(name) else { fail("\(name): no such target") }
            for file in files(in: words[1] + "/" + name) {
                let seed = contents(words[1] + "/" + name + "/" + file)
                inputs += target.runAll(seed, mutations: runs, &random)
            }
        }
        print("\(targets.count) targets, \(inputs) inputs")
    }

    /// What the sanitizer is there to find. The place comes from outside, so that no compiler can
    /// know it.
    private static func readPastTheEnd() {
        let count = 16
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
        room.initialize(repeating: 1, count: count)
        print("read \(room[count + CommandLine.arguments.count])")
        room.deallocate()
    }
}

/// What bytes are sent through.
private enum Target {
    case lines(DialectID?)
    case capture
    case policy
    case replay

    init?(_ name: String) {
        switch name {
        case "envelope": self = .lines(nil)
        case "capture": self = .capture
        case "policy": self = .policy
        case "replay": self = .replay
        default:
            let dialect = DialectID.allCases.first { $0.isOfLines && $0.name.description == name }
            guard let dialect else { return nil }
            self = .lines(dialect)
        }
    }

    private func run(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { raw in
            switch self {
            case .lines(let dialect): fuzzLines(raw, only: dialect)
            case .capture: fuzzCapture(raw)
            case .policy: fuzzPolicy(raw)
            case .replay: fuzzReplay(raw)
            }
        }
    }

    /// A seed whole, cut at some lengths, and mutated; how many inputs that were.
    func runAll(_ seed: [UInt8], mutations: Int, _ random: inout Random) -> Int {
        run(seed)
        guard !seed.isEmpty else { return 1 }
        // Rules take a hundred times as long as lines.
        let mutations = if case .policy = self { max(1, mutations / 20) } else { mutations }
        for _ in 0..<mutations {
            var bytes = seed
            if random.below(4) == 0 { bytes.removeLast(random.below(bytes.count)) }
            for _ in 0..<(1 + random.below(8)) { mutate(&bytes, &random) }
            run(bytes)
        }
        return 1 + mutations
    }

    /// One change: a byte, a bit, a piece doubled, a piece lost, a number made large.
    private func mutate(_ bytes: inout [UInt8], _ random: inout Random) {
        guard !bytes.isEmpty else { return }
        let place = random.below(bytes.count)
        let length = min(1 + random.below(16), bytes.count - place)
        switch random.below(6) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes[place] ^= 1 << UInt8(random.below(8))
        case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
        case 3: bytes.removeSubrange(place..<(place + length))
        case 4:
            for number in place..<(place + length) { bytes[number] = 0xFF }
        default:
            // Digits where there is one: lengths, offsets, ports.
            for number in place..<(place + length) where bytes[number] &- 0x30 < 10 {
                bytes[number] = 0x39
            }
        }
    }
}

/// SplitMix64: a seed tells the whole run.
private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}

private func fail(_ text: String) -> Never {
    let line = Array("stray-mutate: \(text)\n".utf8)
    write(2, line, line.count)
    exit(2)
}

/// The names in a folder, in order.
private func files(in folder: String) -> [String] {
    guard let open = opendir(folder) else { fail("\(folder): cannot be read") }
    defer { closedir(open) }
    var names: [String] = []
    while let entry = readdir(open) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}

private func contents(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { fail("\(path): cannot be read") }
    defer { fclose(file) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let got = fread(&buffer, 1, buffer.count, file)
        if got == 0 { return all }
        all += buffer[..<got]
    }
}
