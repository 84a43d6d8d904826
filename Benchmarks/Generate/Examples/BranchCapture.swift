// An example capture: a branch office's router, on its inner interface, for two days.

import Bytes

enum BranchCapture {
    // 18 November 2026, 9 o'clock.
    private static let start: UInt64 = 1_794_992_400_000_000

    static func make() -> [UInt8] {
        var random = SplitMix64(seed: 20261118)
        var events: [(time: UInt64, packet: Packet, isInward: Bool)] = []
        for number in 0..<40 { addPage(number, &events, &random) }
        addDatabase(&events, &random)
        addUnseen(&events, &random)
        let sorted = events.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }
        var writer = ByteWriter()
        writer.put(captureHeader)
        for (_, event) in sorted {
            writer.putFrame(event.packet, at: event.time, isInward: event.isInward)
        }
        return writer.bytes
    }

    private typealias Events = [(time: UInt64, packet: Packet, isInward: Bool)]

    /// A page that is fetched. Of every fifth the client sends its FIN again after ten minutes: a
    /// laptop that slept.
    private static func addPage(
        _ number: Int, _ events: inout Events, _ random: inout SplitMix64
    ) {
        var connection = CapturedConnection(
            client: address(10, 30, 0, 20 + number % 8), server: address(203, 0, 113, 80),
            clientPort: UInt16(50_000 + number), serverPort: 443, &random)
        var time = start + UInt64(number) * 97_000_000
        while !connection.isOver {
            let (packet, fromClient) = connection.next()
            time += UInt64(random.between(8_000, 60_000))
            events.append((time, packet, fromClient))
            if number % 5 == 0, fromClient, packet.flags & Flags.fin != 0 {
                for again: UInt64 in [600, 601, 603] {
                    events.append((time + again * 1_000_000, packet, true))
                }
            }
        }
    }

    /// A session with a database that lies idle from one morning to the next noon.
    private static func addDatabase(_ events: inout Events, _ random: inout SplitMix64) {
        for number in 0..<3 {
            var connection = CapturedConnection(
                client: address(10, 30, 0, 11), server: address(10, 40, 1, 5),
                clientPort: UInt16(43_100 + number), serverPort: 5432, &random)
            var time = start + UInt64(600 + number) * 1_000_000
            while connection.step < 7 {
                let (packet, fromClient) = connection.next()
                time += 2_000
                events.append((time, packet, fromClient))
            }
            time += 26 * 3_600_000_000
            let query = connection.send(true, Flags.psh | Flags.ack, 64)
            for again: UInt64 in [0, 200, 600, 1_400, 3_000, 6_200] {
                events.append((time + again * 1_000, query, true))
            }
        }
    }

    /// Answers to connections whose SYN went another way.
    private static func addUnseen(_ events: inout Events, _ random: inout SplitMix64) {
        for number in 0..<6 {
            var connection = CapturedConnection(
                client: address(10, 50, 0, 20 + number), server: address(10, 30, 0, 10),
                clientPort: UInt16(52_000 + number), serverPort: 445, &random)
            _ = connection.send(true, Flags.syn, 0)
            let answer = connection.send(false, Flags.syn | Flags.ack, 0)
            for again: UInt64 in [0, 1, 3, 7] {
                let time = start + UInt64(1_000 + number * 40) * 1_000_000 + again * 1_000_000
                events.append((time, answer, true))
            }
        }
    }
}
