// Flags in every notation: what is read, what is refused, and that writing and reading agree.

import Facts
import Testing
import Wire

private typealias Row = (text: String, letters: String, notation: FlagReading.Notation)

private let letterRows: [Row] = [
    ("FA", "FA", .letters), ("AF", "FA", .letters), ("F.", "FA", .letters), (".", "A", .letters),
    ("S", "S", .letters), ("SEW", "SEC", .letters), ("SEC", "SEC", .letters),
    ("fpa", "FPA", .letters), ("ra", "RA", .letters), ("e", "E", .letters),
    ("FPU", "FPU", .letters), ("FSRPAUEC", "FSRPAUEC", .letters), ("CE", "EC", .letters),
    ("ACE", "AEC", .letters), ("UAPRSF", "FSRPAU", .letters),
    // OpenBSD's old tcpdump.
    ("F 10:10(0) ack 20", "FA", .letters), (". ack 20", "A", .letters),
    ("S 10:10(0) ack 11", "SA", .letters),
]

private let wrappedRows: [Row] = [
    ("[FA]", "FA", .letters), (" [F.] ", "FA", .letters), ("Flags [P.]", "PA", .letters),
    ("Flags [S.E], ", "SAE", .letters), ("flags: \"FA\"", "FA", .letters),
    ("“FA”", "FA", .letters), ("'FA'", "FA", .letters), ("tcp_flag=\"AF\"", "FA", .letters),
    ("{\"FA\"}", "FA", .letters), ("FA;", "FA", .letters),
]

private let wordRows: [Row] = [
    ("ACK FIN", "FA", .words), ("FIN,ACK", "FA", .words), ("FIN-ACK", "FA", .words),
    ("(ACK,FIN)", "FA", .words), ("syn|ack", "SA", .words), ("SYN/ACK", "SA", .words),
    ("SYN + ACK", "SA", .words), ("FIN-PUSH-ACK", "FPA", .words), ("[SYN, ACK]", "SA", .words),
    ("synack", "SA", .words), ("FINPSHACK", "FPA", .words), ("PUSHACK", "PA", .words),
    ("reset", "R", .words), ("URGENT", "U", .words), ("ECE", "E", .words), ("CWR", "C", .words),
    ("CWR ECE SYN", "SEC", .words), ("RST", "R", .words), ("tcp_flags: FIN-ACK; ", "FA", .words),
    ("tcp_flags:\"FIN-ACK\"", "FA", .words), ("note=\"TCP Flag(s): ACK FIN\"", "FA", .words),
    ("tcpflags=\"ACK RST\"", "RA", .words), ("flags PSH ACK ", "PA", .words),
    ("flag 12 syn ack", "SA", .words), ("flag 0x12 syn ack", "SA", .words),
    ("0x011 (FIN, ACK)", "FA", .words), ("ACK", "A", .words),
    ("URG=0 ACK=1 PSH=0 RST=0 SYN=0 FIN=1", "FA", .switches), ("syn=1", "S", .switches),
    ("ACK=0", "", .switches),
]

private let otherRows: [Row] = [
    ("0x11", "FA", .hexadecimal), ("0X11", "FA", .hexadecimal), ("17", "FA", .decimal),
    ("2", "S", .decimal), ("0x002", "S", .hexadecimal), ("1b", "FSPA", .hexadecimal),
    ("0", "", .decimal), ("0xff", "FSRPAUEC", .hexadecimal), ("tcp_flags=18", "SA", .decimal),
    ("\"tcp_flags\":\"1b\"", "FSPA", .hexadecimal), ("tcp-flags 2", "S", .decimal),
    ("***A***F", "FA", .places), ("···A···F", "FA", .places), ("...A...F", "FA", .places),
    ("12****S*", "SEC", .places), ("******S*", "S", .places), ("--------", "", .places),
    ("none", "", .none), ("[none]", "", .none), ("[]", "", .none), ("-", "", .none),
    ("NULL", "", .none), ("tcpflags=\"\"", "", .none), ("[<None>]", "", .none),
]

@Suite struct TCPFlagNotationTests {
    @Test(arguments: 0..<(letterRows.count + wrappedRows.count + wordRows.count + otherRows.count))
    func notationIsRead(_ index: Int) throws {
        let row = (letterRows + wrappedRows + wordRows + otherRows)[index]
        let reading = try FlagReading(row.text)
        #expect(reading.flags.text == row.letters, "\(row.text)")
        #expect(reading.notation == row.notation, "\(row.text)")
    }

    @Test(
        arguments: [
            ("", .empty), ("   ", .empty), ("FX", .unknown(offset: 0, count: 2)),
            ("FF", .unknown(offset: 0, count: 2)), ("ACK FOO", .unknown(offset: 4, count: 3)),
            ("flags ACK FOO", .unknown(offset: 10, count: 3)), ("K", .unknown(offset: 0, count: 1)),
            ("hello", .unknown(offset: 0, count: 5)), ("512", .tooLarge(offset: 0, count: 3)),
            ("[0x5011]", .tooLarge(offset: 1, count: 6)), ("-1", .unknown(offset: 1, count: 1)),
            ("99999999999999999999999", .tooLarge(offset: 0, count: 23)),
            ("ACK=2", .unknown(offset: 0, count: 5)), ("ACK=", .unknown(offset: 0, count: 4)),
            ("flag 12 fin", .contradiction(number: 0x12, words: 0x01)),
            ("S\u{1b}[31m", .unknown(offset: 0, count: 2)), ("٣", .unknown(offset: 0, count: 2)),
            ("synackx", .unknown(offset: 0, count: 7)), ("***A***Q", .unknown(offset: 0, count: 8)),
            ("ACK 12 FIN", .unknown(offset: 4, count: 2)),
            ("fff syn", .unknown(offset: 0, count: 3)),
        ] as [(String, FlagFailure)])
    func whatIsNoFlagsIsRefused(_ text: String, _ expected: FlagFailure) {
        #expect(throws: expected) { try FlagReading(text) }
    }

    @Test func theNinthFlagIsToldOf() throws {
        #expect(try FlagReading("0x1c2").accurateECN)
        #expect(try FlagReading("[SEWe]").accurateECN)
        #expect(try FlagReading("NS ACK").accurateECN)
        #expect(try FlagReading("NS ACK").flags == .ack)
        #expect(try !FlagReading("SEW").accurateECN)
        #expect(try !FlagReading("e").accurateECN)
    }

    @Test func aDecimalNumberTellsWhatItWouldBeInHexadecimal() throws {
        #expect(try FlagReading("12").flags == [.rst, .psh])
        #expect(try FlagReading("12").asHexadecimal == [.syn, .ack])
        #expect(try FlagReading("2").asHexadecimal == nil)
        #expect(try FlagReading("0x12").asHexadecimal == nil)
    }

    @Test(arguments: allSpellings.map(\.id))
    func whatASpellingWritesIsReadBack(_ id: String) throws {
        let spelling = try #require(allSpellings.first { $0.id == id })
        for raw in UInt8.min...UInt8.max {
            let flags = TCPFlags(rawValue: raw)
            var shown: TCPFlags = []
            for (flag, _, _) in TCPFlags.glossary
            where flags.contains(flag) && spelling.name(flag) != nil { shown.formUnion(flag) }
            // `(empty)` is our word for a field with nothing in it.
            let text = spelling.text(flags)
            guard text != "(empty)" else { continue }
            #expect(try FlagReading(text).flags == shown, "\(id) \(text)")
        }
    }

    @Test func finAckInEveryDialect() {
        let written = allSpellings.map { $0.text([.fin, .ack]) }
        #expect(
            written == [
                "FA", "[F.]", "ACK FIN", "[FA]", "FIN ACK", "FIN-ACK", "(ACK,FIN)", "[FIN, ACK]",
            ])
        #expect(TCPFlags([.fin, .ack]).hexadecimal == "0x11")
        #expect(TCPFlags.syn.hexadecimal == "0x02")
    }

    @Test func meaningAgreesWithWhatAStackSends() {
        for raw in UInt8.min...UInt8.max {
            let flags = TCPFlags(rawValue: raw)
            #expect(flags.meaning.contains("no TCP stack") == !flags.isPossible, "\(flags.text)")
            #expect(flags.meaning.hasPrefix("Opens a connection") == flags.opens, "\(flags.text)")
        }
        #expect(TCPFlags([.syn, .ece, .cwr]).meaning.contains("no scan"))
        #expect(TCPFlags([.fin, .psh, .urg]).meaning.contains("Xmas"))
        #expect(TCPFlags([.syn, .fin, .rst]).meaning.hasPrefix("FIN and SYN and RST together"))
    }
}
