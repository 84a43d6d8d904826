// Captures with any byte changed, cut anywhere, in windows of any size: nothing traps, and the counts
// add up.

import Captures
import Dialects
import Facts
import TestSupport
import Testing

/// A small capture of every kind of link and of both formats.
let everyCapture: [(name: String, file: [UInt8])] = {
    var tcp = TCPMaker(payload: 4)
    tcp.options = [2, 4, 5, 0xB4, 4, 2, 1, 1]
    let v4 = ipv4(tcp.bytes, options: [1, 1, 1, 1])
    let v6 = ipv6(
        tcp.bytes,
        extensions: [(0, [0, 0, 5, 2, 0, 0, 1, 0]), (44, [0, 0, 0, 0, 0, 0, 0, 1])])
    let datagram = ipv4(udp(4), number: 17)
    let message = ipv4([8, 0, 0, 0, 0, 0, 0, 0], number: 1)
    let mixed = [
        ethernet(v4), ethernet(v6, type: 0x86DD, tags: [0x88A8, 0x8100]), ethernet(datagram),
        ethernet(message), ethernet([], type: 0x0806),
    ]
    var logged = PFLogMaker(length: 69, anchor: "a", inner: 2, identifier: 7)
    let first = logged.bytes(v4)
    logged.length = 100
    let frame = Array(ethernet([]).prefix(14))
    return [
        ("pcap", pcap(mixed)), ("pcap-big", pcap(mixed, bigEndian: true, nanoseconds: true)),
        ("cooked", pcap([cooked(v4, type: 4), cooked(v6, network: 0x86DD)], link: 113)),
        ("cooked2", pcap([cooked2(v4, type: 0)], link: 276)),
        ("loopback", pcap([[2, 0, 0, 0] + v4, [0, 0, 0, 28] + v6], link: 0)),
        ("raw", pcap([v4, v6], link: 101)),
        ("pflog", pcap([first, logged.bytes(v4)], link: 117)),
        (
            "nflog",
            pcap(
                [nflog(v4, prefix: "DROP ", indexIn: 2, indexOut: 3, link: frame)], link: 239)
        ),
        ("pcapng", sections(bigEndian: false, mixed)),
        ("pcapng-big", sections(bigEndian: true, mixed)),
    ]
}()

private func sections(bigEndian: Bool, _ packets: [[UInt8]]) -> [UInt8] {
    var file = PCAPNGMaker(bigEndian: bigEndian)
    file.interface(name: "eth0", resolution: 9, offset: 3)
    for packet in packets { file.packet(packet, ticks: 1 << 40, flags: 1) }
    file.oldPacket(packets[0], ticks: 5)
    file.section()
    file.interface(name: "b", resolution: 0x8A)
    file.simplePacket(packets[0])
    return file.out.all
}

@Suite struct HostileCaptureTests {
    /// Nothing that a firewall would compute from a packet leaves its bounds.
    private func isSound(_ packet: Packet) -> Bool {
        if packet.form.contains(.laterFragment), packet.source.port != 0 { return false }
        if packet.form.contains(.quotes), !packet.isICMP { return false }
        return packet.length <= packet.ipLength
    }

    private func check(_ file: [UInt8], step: Int = .max) -> Reading {
        let reading = Reading(file, step: step)
        let tally = reading.tally
        #expect(tally.packets == tally.entries + tally.others + tally.rejected)
        #expect(reading.entries.count == tally.entries)
        #expect(reading.reader.tally.samples.count == min(Tally.samplesMax, tally.rejected))
        let (packets, reader) = Reading.packets(file, step: step)
        #expect(packets.count == reader.tally.entries)
        #expect(reader.tally.lines == tally.packets && reader.trouble == reading.reader.trouble)
        #expect(packets.allSatisfy(isSound))
        return reading
    }

    @Test func theSamplesAreGood() {
        for (name, file) in everyCapture {
            let reading = check(file)
            #expect(reading.reader.trouble == nil && reading.tally.rejected == 0, "\(name)")
            #expect(reading.tally.entries >= 1, "\(name)")
        }
    }

    @Test(arguments: everyCapture.indices)
    func everyByteMayBeAnything(_ index: Int) {
        let file = everyCapture[index].file
        for place in file.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF, file[place] &+ 1, file[place] &- 1] {
                var changed = file
                changed[place] = value
                _ = check(changed)
            }
        }
    }

    @Test(arguments: everyCapture.indices)
    func everyCutIsToldAndWindowsDoNotMatter(_ index: Int) {
        let file = everyCapture[index].file
        for length in file.indices {
            let whole = check(Array(file[..<length]))
            let pieces = check(Array(file[..<length]), step: 1 + length % 50)
            #expect(whole.entries == pieces.entries && whole.tally == pieces.tally)
            #expect(whole.reader.trouble == pieces.reader.trouble)
        }
    }

    @Test func manyChangesAtOnce() {
        var random = Seeded()
        for _ in 0..<3000 {
            var file = random.pick(everyCapture).file
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<file.count, using: &random)
                file[place] = UInt8.random(in: 0...255, using: &random)
            }
            let one = check(file)
            let other = check(file, step: Int.random(in: 1...300, using: &random))
            #expect(one.tally == other.tally && one.entries == other.entries, "\(random)")
        }
    }
}
