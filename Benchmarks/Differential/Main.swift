// Makes packets for a firewall and says what the model makes of each: batches, one after the other,
// on standard output. Lab/differential sends them through the kernel and compares.
//
// Read first: `Batch`. All numbers are big-endian. A batch is `B`, the settings (their length, then
// `name=value` with spaces between), the number of conversations and of rounds. A round is `R`, a
// pause before it in milliseconds, the number of packets; a packet is its conversation, its sender,
// its length, its class, and what then stands in the table: phase (255: nothing), marks, seconds,
// the round that armed the timer, whether the client is the original side; then the IP packet.

import Glibc

@main
struct Main {
    static func main() {
        var options = ["--seed": "1", "--packets": "50000", "--kernel": "6.18"]
        var words = CommandLine.arguments.dropFirst()
        while let name = words.popFirst() {
            guard options[name] != nil, let value = words.popFirst() else { usage() }
            options[name] = value
        }
        guard let seed = options["--seed"].flatMap({ UInt64($0) }),
            let packets = options["--packets"].flatMap({ Int($0) }),
            let kernel = options["--kernel"]
        else { usage() }
        var made = 0
        var number: UInt64 = 0
        while made < packets {
            // Small batches where few packets are wanted.
            let conversations = min(1000, max(50, packets / 48))
            var batch = Batch(
                seed: seed &* 1_000_003 &+ number, conversations: conversations, kernel: kernel)
            let settings = Array(batch.settings.joined(separator: " ").utf8)
            var out: [UInt8] = [0x42] + big(UInt16(settings.count)) + settings
            out += big(UInt16(conversations)) + big(UInt16(batch.rounds))
            for round in 0..<batch.rounds { batch.play(round, into: &out) }
            put(out)
            made += conversations * batch.rounds
            number += 1
        }
    }

    private static func usage() -> Never {
        put(
            Array("stray-differential: --seed N, --packets N, --kernel 5.10|6.1|6.18\n".utf8), to: 2
        )
        exit(2)
    }

    private static func put(_ bytes: [UInt8], to file: Int32 = 1) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count <= 0 { exit(1) }
            done += count
        }
    }
}
