// What filterlog tells of an ICMP message.
//
// Read `Filterlog` first, then print-icmp.c of pfSense's and of OPNsense's filterlog. pfSense puts
// a word of its own behind the addresses, and nothing for ICMPv6; OPNsense, of late, puts
// `datalength=N` and then the type as pf.conf spells it, for both.

import Bytes
import Facts

extension Filterlog {
    /// `unreachport, ...` or `datalength=N, unreach, port-unr, ...` from column `first` on.
    @inline(never)
    func readICMP(
        _ line: borrowing Line, _ first: Int, _ context: inout Context, _ entry: inout Entry
    ) {
        let isNamed = line.has("datalength=", at: context.columns[first].start)
        let word = context.columns[isNamed ? first &+ 1 : first]
        // The beginnings tell: a packet's length may be glued to the word (`source quench36`).
        for (start, type) in Filterlog.errorWords where line.has(start, at: word.start) {
            // An IPv6 type that IPv4 spells alike has another number.
            entry.noteICMP(type: entry.ipProtocol == 58 ? 1 : type)
            return
        }
    }

    private static let errorWords: [(StaticString, UInt8)] = [
        ("unreach", 3), ("needfrag", 3), ("timex", 11), ("paramprob", 12),
        ("source quench", 4), ("squench", 4), ("toobig", 3),
    ]
}
