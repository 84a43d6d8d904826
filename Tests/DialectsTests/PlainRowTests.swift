// The short ways through common rows give what the long ways give, whatever the row.
//
// Read `WindowsFirewall+Plain`, `Zeek+Plain`, `AWSFlow+Plain` and the memories of pf's dialects
// first. Each row is read twice: by a reader that goes the short way, and so that it cannot be gone:
// with one more blank, behind a header of other columns, or by a reader that has seen nothing.

import Bytes
import Facts
import Testing

@testable import Dialects

/// What a reader made of a line. Names are hashes, so they compare too.
private struct Outcome: Equatable {
    var entry: Entry?
    var damage: Damage?
}

private func outcome(_ line: [UInt8], _ reader: inout LineReader) -> Outcome {
    var entry = Entry()
    let before = reader.tally.rejected
    // The beginning of another line stands behind it, as in a file.
    let isEntry = PaddedText(line + Array("\n1795".utf8)).withBlock { block in
        reader.read(Line(block, from: 0, to: line.count), into: &entry)
    }
    let damage = reader.tally.rejected > before ? reader.tally.samples.last?.damage : nil
    return Outcome(entry: isEntry ? entry : nil, damage: damage)
}

/// Rows made of some: cut anywhere, and with bytes changed, put in and taken out, all behind
/// `fixed` bytes.
private func variants(
    _ rows: [String], fixed: Int, count: Int = 1500, _ letters: String
) -> [[UInt8]] {
    var all: [[UInt8]] = []
    let letters = Array(letters.utf8)
    var state: UInt64 = 0x5EED
    func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
    for row in rows {
        let bytes = Array(row.utf8)
        for count in fixed...bytes.count { all.append(Array(bytes[..<count])) }
        for _ in 0..<count {
            var changed = bytes
            for _ in 0...random(3) {
                let place = fixed + random(changed.count - fixed)
                let letter = letters[random(letters.count)]
                switch random(4) {
                case 0: changed.insert(letter, at: place)
                case 1: changed.remove(at: place)
                default: changed[place] = letter
                }
            }
            all.append(changed)
        }
    }
    return all
}

private let windowsRows = [
    "2026-11-19 08:15:02 DROP TCP 198.51.100.7 10.0.0.9 80 1774 576 AP 123456789 9876"
        + "54321 12345 - - - RECEIVE 4",
    "2026-11-19 08:15:04 ALLOW TCP 10.0.0.9 198.51.100.7 61006 443 0 - 0 0 0 - - - SEND 11188",
    "2026-11-19 08:15:07 DROP TCP 198.51.100.7 10.0.0.9 443 61008 40 R 99 0 0 - - - RECEIVE",
    "2026-11-19 08:15:08 DROP UDP 10.0.0.10 10.0.0.255 137 137 78 - - - - - - - RECEIVE",
    "2026-11-19 08:15:08 DROP ICMP 10.0.0.10 10.0.0.255 - - 78 - - - - 8 0 - RECEIVE",
]

private let zeekRows = [
    "1795082400.123456\tCaaaBBBcccDDD1\t10.0.0.9\t50211\t198.51.100.7\t443\ttcp\tssl"
        + "\t1.550793\t98\t9417\tSF"
        + "\tT\tF\t0\tShADadFf\t11\t670\t10\t9945\t-\t-",
    "1795082401.000001\tCaaaBBBcccDDD4\t10.0.0.9\t50212\t198.51.100.8\t443\ttcp\t-\t-\t0\t0\tS0"
        + "\tT\tF\t0\tS\t3\t180\t0\t-\t-\t-",
    "1795082401.000001\tCaaaBBBcccDDD4\t10.0.0.9\t53\t198.51.100.8\t53\tudp\tdns\t0.1"
        + "\t12345678901\t-\tSHR"
        + "\tT\tF\t0\tS\t-\t-\t-\t-\t-\t-",
]

private let awsRows = [
    "2 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50211 6 1 40 179"
        + "5075200 1795075254 REJECT OK",
    "3 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50213 6 1 40 179"
        + "5075210 1795075210 REJECT"
        + " OK vpc-0a1 subnet-0a1 i-0a1 18 IPv4 198.51.100.7 10.0.0.97",
    "3 123456789012 eni-0aaaabbbbccccdddd 10.0.0.96 198.51.100.7 50212 443 6 9 3051 1"
        + "795075200 1795075203 ACCEPT"
        + " OK vpc-0a1 subnet-0a1 i-0a1 3 IPv4 10.0.0.96 192.0.2.10",
    "5 123456789012 eni-0aaaabbbbccccdddd 10.0.0.96 198.51.100.7 50212 443 17 9 3051 "
        + "1795075200 1795075203 ACCEPT"
        + " OK vpc-0a1 subnet-0a1 i-0a1 0 IPv4 - 0.0.0.0 eu use1-az1 - - - - egress 7",
]

private let stateRows = [
    "all tcp 203.0.113.2:51712 (10.0.0.5:48388) -> 198.51.100.7:443       ESTABLISHED:ESTABLISHED",
    "igb1 tcp 10.0.0.80:443 (203.0.113.2:443) <- 192.0.2.36:36068       FIN_WAIT_2:FIN_WAIT_2",
    "igb1 udp 198.51.100.9:53 <- 10.0.0.5:48393       SINGLE:MULTIPLE",
    "em0.20 icmp 198.51.100.9:8 <- 10.0.0.5:48395       0:0",
    "igb7 tcp 198.51.100.9:53 <- 10.0.0.5:48393       PROXY:DST",
]

private let packetRows = [
    " 00:00:00.250117 rule 7/0(match): block in on igb0: 192.0.2.10.443 > 10.0.0.5.51"
        + "999: Flags [P.], seq 0:31, "
        + "ack 1, win 501, options [nop,nop,TS val 1 ecr 2], length 31",
    "1795081602.250117 rule 5.u.0/10(state-mismatch): pass out on igb0: 10.0.0.5.5199"
        + "9 > 192.0.2.10.443: Flags "
        + "[R], seq 99, win 0, length 0",
    " 00:00:00.250117 rule 9/0(match): block in on igb0: 192.0.2.10.443 > 10.0.0.5.51"
        + "999: UDP, length 31",
]

@Suite struct PlainRowTests {
    /// Words are the same with two blanks between them as with one.
    @Test func windowsRowsReadAlike() {
        for line in variants(windowsRows, fixed: 20, "0123456789...  --APS\tRE\"x") {
            guard let blank = line[20...].firstIndex(of: 0x20) else { continue }
            var other = line
            other.insert(0x20, at: blank)
            expectAlike(line, LineReader(clock: testClock), other, LineReader(clock: testClock))
        }
    }

    @Test func windowsHeadersAreRemembered() {
        var knowing = LineReader(clock: testClock)
        _ = outcome(Array(windowsRows[0].utf8), &knowing)
        _ = outcome(Array(windowsRows[1].utf8), &knowing)
        for line in variants(windowsRows, fixed: 8, "0123456789::-- TDZ+.,") {
            expectAlike(line, knowing, line, LineReader(clock: testClock))
        }
    }

    /// A header that names one more column of interest shuts the short way.
    @Test func zeekRowsReadAlike() {
        let names =
            "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice"
            + "\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp"
            + "\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes"
        var usual = LineReader(clock: testClock)
        var other = LineReader(clock: testClock)
        _ = outcome(Array((names + "\tx\ty").utf8), &usual)
        _ = outcome(Array((names + "\tx\tpeer").utf8), &other)
        for line in variants(zeekRows, fixed: 1, "0123456789...\t\t--SFudp\" x") {
            let columns = line.split(separator: 0x09, omittingEmptySubsequences: false)
            guard columns.count < 22 || columns[21].isEmpty || columns[21] == [0x2D] else {
                continue
            }
            expectAlike(line, usual, line, other)
        }
        for row in zeekRows {
            let line = Array(row.utf8)
            expectAlike(line, LineReader(clock: testClock), line, other)
        }
    }

    /// A header in force that has a reason where the account stood shuts the short way.
    @Test func flowRowsReadAlike() {
        for (count, rows) in [(14, [awsRows[0]]), (21, Array(awsRows[1...2])), (29, [awsRows[3]])] {
            let names = Array(awsNames.prefix(count))
            var usual = LineReader(clock: testClock)
            var other = LineReader(clock: testClock)
            _ = outcome(Array(names.joined(separator: " ").utf8), &usual)
            let reasons = ["version", "reject-reason"] + names.dropFirst(2)
            _ = outcome(Array(reasons.joined(separator: " ").utf8), &other)
            for line in variants(rows, fixed: 15, "0123456789...  --REJACOK\"x\t") {
                guard line.count(where: { $0 == 0x20 }) == count - 1 else { continue }
                var (first, second, third) = (usual, LineReader(clock: testClock), other)
                let long = outcome(Array("2 -".utf8) + line.dropFirst(14), &third).entry
                #expect(outcome(line, &first).entry == long, "\(text(line))")
                // Without a header marks are no quotation, and fewer rows are known for what they are.
                guard !line.contains(0x22), let plain = outcome(line, &second).entry else {
                    continue
                }
                #expect(plain == long, "\(text(line))")
            }
        }
    }

    /// A reader that has seen the same beginning and end of a row gives what one gives that has not.
    @Test(arguments: [stateRows, packetRows])
    func rememberedRowsReadAlike(_ rows: [String]) {
        var knowing = LineReader(clock: testClock)
        for row in rows { _ = outcome(Array(row.utf8), &knowing) }
        var anew = LineReader(clock: testClock)
        _ = outcome(Array(rows.last!.replacing("igb", with: "lo").utf8), &anew)
        for line in variants(Array(rows.dropLast()), fixed: 0, "0123456789...::  ()<->_ESTD\tx") {
            expectAlike(line, knowing, line, anew)
        }
    }

    /// A line that is called bare reads as it does behind a byte order mark, where it is not.
    @Test func bareLinesReadAlike() {
        let samples = allDialects.flatMap { $0.samples.map(\.line) }.filter { $0.utf8.count > 8 }
        var bare = 0
        for line in variants(samples, fixed: 0, count: 60, "0123456789:.-  [<]\tTx/") {
            let isBare = PaddedText(line).withLine { Envelope(bare: $0) != nil }
            guard isBare else { continue }
            bare += 1
            let reader = LineReader(clock: testClock)
            let blanks = line.prefix { $0 == 0x20 }
            let other = blanks + Array("\u{FEFF}".utf8) + line.dropFirst(blanks.count)
            expectAlike(line, reader, Array(other), reader)
        }
        #expect(bare > 1000)
    }

    private func expectAlike(
        _ line: [UInt8], _ short: LineReader, _ other: [UInt8], _ long: LineReader
    ) {
        var (short, long) = (short, long)
        #expect(outcome(line, &short) == outcome(other, &long), "\(text(line))")
    }

    private func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }
}

private let awsNames = [
    "version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport",
    "protocol", "packets", "bytes", "start", "end", "action", "log-status", "vpc-id",
    "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr", "region",
    "az-id", "sublocation-type", "sublocation-id", "pkt-src-aws-service",
    "pkt-dst-aws-service", "flow-direction", "traffic-path",
]
