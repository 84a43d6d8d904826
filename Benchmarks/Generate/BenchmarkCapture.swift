// The benchmark capture: ten packets of each of as many connections as one likes, over an hour.
//
// One connection in a hundred repeats its FIN after netfilter has forgotten it: a stray.

import Bytes

struct BenchmarkCapture {
    // Connections that are under way at a time.
    private static let underWay = 4096
    // Half a minute more than netfilter remembers a connection that was closed.
    private static let lateMicroseconds: UInt64 = 150_000_000
    // 19 November 2026, 8 o'clock.
    private static let start: UInt64 = 1_795_075_200_000_000
    private static let hour: UInt64 = 3_600_000_000

    private var random: SplitMix64
    private let connections: Int
    private let gap: UInt64
    private var now = BenchmarkCapture.start
    private var made = 0
    private var open: [CapturedConnection] = []
    private var late: [(time: UInt64, packet: Packet)] = []
    private var lateDone = 0

    init(connections: Int, seed: UInt64) {
        random = SplitMix64(seed: seed)
        self.connections = connections
        gap = BenchmarkCapture.hour / UInt64(connections * CapturedConnection.ordinary.count)
    }

    /// Writes the next packet; false when there is none.
    mutating func step(_ writer: inout ByteWriter) -> Bool {
        if lateDone < late.count, late[lateDone].time <= now || (open.isEmpty && isFull) {
            now = max(now, late[lateDone].time)
            writer.putFrame(late[lateDone].packet, at: now, isInward: true)
            lateDone += 1
            return true
        }
        while open.count < BenchmarkCapture.underWay, !isFull { open.append(connection()) }
        guard !open.isEmpty else { return false }
        now += max(1, gap)
        let place = random.below(open.count)
        let (packet, fromClient) = open[place].next()
        writer.putFrame(packet, at: now, isInward: fromClient)
        let closes = packet.flags & Flags.fin != 0 && fromClient
        if closes, random.chance(1) {
            late.append((now + BenchmarkCapture.lateMicroseconds, packet))
        }
        if open[place].isOver {
            open[place] = open[open.count - 1]
            open.removeLast()
        }
        return true
    }

    private var isFull: Bool { made >= connections }

    private mutating func connection() -> CapturedConnection {
        made += 1
        // Each client goes through its ports before it uses one again.
        let client = address(10, 20, made / 40_000 % 256, 2 + made % 200)
        let port = UInt16(20_000 + made / 200 % 40_000)
        return CapturedConnection(
            client: client, server: internetAddress(&random), clientPort: port,
            serverPort: random.pick([443, 443, 443, 80, 993, 25]), &random)
    }
}
