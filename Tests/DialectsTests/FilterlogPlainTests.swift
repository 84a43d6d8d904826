// The short way through filterlog's common lines gives what the long way gives, whatever the line.
//
// Read `Filterlog+Plain` first. A reader that has seen nothing goes the long way; one that has
// just seen the same rule goes the short way if it can.

import Bytes
import Dialects
import Facts
import Testing

private let rule = "Nov  1 00:00:00 fw1 filterlog[72237]: 4,,,1000000103,igb0,match,block,in,4,"

private let tails = [
    "0x0,,43,57716,0,DF,6,tcp,60,192.0.2.210,198.51.100.18,53172,37768,0,S,568423476,,5840,,mss",
    "0x0,,64,1,0,none,6,tcp,52,10.0.0.1,203.0.113.255,443,1,12,FPA,1:13,99,65535,,nop;TS",
    "0x0,,64,1,0,none,6,tcp,40,10.0.0.1,203.0.113.255,443,65535,0,,,,,,",
    "0x0,,64,1,0,none,6,tcp,40,10.0.0.1,203.0.113.255,443,65535,0,A,",
    "0x0,,64,1,0,none,6,tcp,28,10.0.0.1,203.0.113.255,443,65535,0,,,,0,,",
    "0x0,,64,1,0,none,6,tcp,36,10.0.0.1,203.0.113.255,443,65535,0,S,1,,0,,",
    "0x0,,64,1,0,none,17,udp,76,255.255.255.255,1.2.3.4,123,53,1480",
    "0x2,CE,255,65535,1480,+,17,udp,1500,192.0.2.1,192.0.2.2,53,40000,8",
    "0x0,,64,1,0,none,1,icmp,84,192.0.2.1,192.0.2.2,request,1,2",
]

@Suite struct FilterlogPlainTests {
    /// What a reader made of a line.
    private struct Outcome: Equatable {
        var entry: Entry?
        var damage: Damage?
    }

    @Test(arguments: tails)
    func everyTruncationReadsAlike(_ tail: String) {
        let bytes = Array((rule + tail).utf8)
        for count in rule.utf8.count...bytes.count {
            expectAlike(Array(bytes[..<count]), before: [])
            // The rest of the line stands behind it, as the next line does in a file.
            expectAlike(Array(bytes[..<count]), before: Array(bytes[count...]))
        }
    }

    @Test(arguments: tails)
    func changedBytesReadAlike(_ tail: String) {
        let bytes = Array((rule + tail).utf8)
        let letters = Array("0123456789,,,...SAFe:[-x \n".utf8)
        var state: UInt64 = 0x5EED
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<1500 {
            var changed = bytes
            for _ in 0...random(3) {
                let place = rule.utf8.count + random(changed.count - rule.utf8.count)
                let letter = letters[random(letters.count)]
                switch random(4) {
                case 0: changed.insert(letter, at: place)
                case 1: changed.remove(at: place)
                default: changed[place] = letter
                }
            }
            expectAlike(changed, before: [])
        }
    }

    @Test func theEdgesOfNumbersReadAlike() {
        let numbers = [
            "0", "00", "000", "0000", "9", "09", "028", "28", "39", "40", "199", "249", "250",
            "255", "256", "260", "300",
            "999", "1000", "65535", "65536", "0000080", "00000080", "99999999", "",
        ]
        for number in numbers {
            let ends = [
                "\(number).2.3.4,5.6.7.8,1,2,3", "1.2.3.\(number),5.6.7.8,1,2,3",
                "1.2.3.4,\(number).6.7.8,1,2,3", "1.2.3.4,5.6.7.\(number),1,2,3",
                "1.2.\(number).4,5.\(number).7.8,1,2,3", "1.2.3.4,5.6.7.8,\(number),2,3",
                "1.2.3.4,5.6.7.8,1,\(number),3", "1.2.3.4,5.6.7.8,1,2,\(number)",
            ]
            for end in ends {
                let common = "0x0,,64,1,0,none,"
                let total = "6,tcp,\(number),1.2.3.4,5.6.7.8,1,2,3"
                expectAlike(Array((rule + common + total + ",,,,0,,").utf8), before: [])
                expectAlike(Array((rule + common + total + ",S,1,,0,,").utf8), before: [])
                expectAlike(Array((rule + common + "17,udp,40," + end).utf8), before: [])
                expectAlike(Array((rule + common + "6,tcp,40," + end + ",S,1").utf8), before: [])
            }
        }
    }

    private func expectAlike(_ line: [UInt8], before rest: [UInt8]) {
        for every in [true, false] {
            var anew = LineReader(clock: testClock)
            var knowing = LineReader(clock: testClock)
            anew.context.everyField = every
            knowing.context.everyField = every
            _ = outcome(Array((rule + tails[0]).utf8), [], &knowing)
            let long = outcome(line, rest, &anew)
            let short = outcome(line, rest, &knowing)
            #expect(long == short, "\(String(decoding: line, as: UTF8.self))")
        }
    }

    private func outcome(
        _ line: [UInt8], _ rest: [UInt8], _ reader: inout LineReader
    ) -> Outcome {
        var entry = Entry()
        let isEntry = PaddedText(line + rest).withBlock { block in
            reader.read(Line(block, from: 0, to: line.count), into: &entry)
        }
        return Outcome(entry: isEntry ? entry : nil, damage: reader.tally.samples.last?.damage)
    }
}
