// Walks `KEY=VALUE` and lone words separated by blanks, where they lie in the line.
//
// Read `Line` first. A key is compared as the number its bytes make, so that telling twenty keys
// apart costs no more than telling two.

import Bytes

/// One word of a line: `KEY=VALUE`, or a word without an equals sign.
struct KeyValue {
    /// The first eight bytes of the key, the first in the lowest bits.
    var key: UInt64 = 0
    /// Where the word starts.
    var start = 0
    /// What stands behind the equals sign; empty for a lone word.
    var value = Field(0, 0)
    var isLone = true
}

/// Goes from word to word.
struct KeyValueWalk {
    /// Where the next word is looked for.
    var at: Int

    init(from at: Int) { self.at = at }

    /// The next word; nil at the line's end.
    @inline(__always)
    mutating func next(_ line: borrowing Line) -> KeyValue? {
        let start = line.skipBlanks(at)
        guard start < line.end else { return nil }
        var word = KeyValue()
        word.start = start
        let place = line.find(0x3D, 0x20, 0x09, from: start) ?? line.end
        let count = place &- start
        let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* min(count, 8))
        if count > 0 { word.key = line.word(start) & (~0 &>> shift) }
        at = place
        guard place < line.end, line[place] == 0x3D else { return word }
        word.isLone = false
        at = line.endOfWord(place + 1)
        word.value = Field(place + 1, at)
        return word
    }

    /// The value of the next word, if a blank and then `name`, with its equals sign, stand here.
    @inline(__always)
    mutating func take(_ name: StaticString, _ line: borrowing Line) -> Field? {
        guard line.has(name, at: at) else { return nil }
        let start = at &+ name.utf8CodeUnitCount
        at = line.endOfWord(start)
        return Field(start, at)
    }

    /// Goes on behind the next `byte`, or at the line's end when there is none.
    mutating func skip(past byte: UInt8, _ line: borrowing Line) {
        at = line.find(byte, from: at).map { $0 + 1 } ?? line.end
    }
}

/// The keys, as the numbers their first eight bytes make.
enum Key {
    static var src: UInt64 { 0x43_5253 }
    static var dst: UInt64 { 0x54_5344 }
    static var len: UInt64 { 0x4E_454C }
    static var ttl: UInt64 { 0x4C_5454 }
    static var hopLimit: UInt64 { 0x5449_4D49_4C50_4F48 }
    static var id: UInt64 { 0x4449 }
    static var proto: UInt64 { 0x4F_544F_5250 }
    static var spt: UInt64 { 0x54_5053 }
    static var dpt: UInt64 { 0x54_5044 }
    static var type: UInt64 { 0x4550_5954 }
    static var seq: UInt64 { 0x51_4553 }
    static var ack: UInt64 { 0x4B_4341 }
    static var window: UInt64 { 0x574F_444E_4957 }
    static var res: UInt64 { 0x53_4552 }
    static var urgp: UInt64 { 0x5047_5255 }
    static var mac: UInt64 { 0x43_414D }
    static var macSource: UInt64 { 0x4352_5343_414D }
    static var macDestination: UInt64 { 0x5453_4443_414D }
    static var opt: UInt64 { 0x54_504F }
    static var incomplete: UInt64 { 0x454C_504D_4F43_4E49 }
    static var moreFragments: UInt64 { 0x464D }
    static var arp: UInt64 { 0x50_5241 }
    static var cwr: UInt64 { 0x52_5743 }
    static var ece: UInt64 { 0x45_4345 }
    static var urg: UInt64 { 0x47_5255 }
    static var psh: UInt64 { 0x48_5350 }
    static var rst: UInt64 { 0x54_5352 }
    static var syn: UInt64 { 0x4E_5953 }
    static var fin: UInt64 { 0x4E_4946 }

    // Conntrack's are in small letters.
    static var source: UInt64 { 0x63_7273 }
    static var destination: UInt64 { 0x74_7364 }
    static var sport: UInt64 { 0x74_726F_7073 }
    static var dport: UInt64 { 0x74_726F_7064 }
    static var packets: UInt64 { 0x73_7465_6B63_6170 }
    static var bytes: UInt64 { 0x73_6574_7962 }
    static var number: UInt64 { 0x6469 }
    static var deltaTime: UInt64 { 0x6974_2D61_746C_6564 }
    static var start: UInt64 { 0x7472_6174_735B }
    static var stop: UInt64 { 0x706F_7473_5B }
    static var unreplied: UInt64 { 0x494C_5045_524E_555B }
    static var userspace: UInt64 { 0x4150_5352_4553_555B }
    static var offload: UInt64 { 0x4441_4F4C_4646_4F5B }
    static var hardwareOffload: UInt64 { 0x4C46_464F_5F57_485B }
}
