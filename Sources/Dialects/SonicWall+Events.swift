// What SonicOS calls its fields, and what its messages mean.
//
// Read first: `SonicWall`. Numbers come first, words where a number is not known.

import Bytes
import Facts

extension SonicWall {
    typealias Event = (action: Action, reason: Reason)

    static let keys = KeyTable([
        ("src", .source), ("srcV6", .own2), ("spt", .sourcePort), ("dst", .destination),
        ("dstV6", .own3), ("dpt", .destinationPort), ("proto", .ipProtocol), ("m", .own1),
        ("msg", .message), ("note", .note), ("time", .date), ("fw", .host), ("rule", .rule),
        ("sent", .bytesOut), ("out", .bytesOut), ("rcvd", .bytesIn), ("in", .bytesIn),
        ("cdur", .milliseconds), ("natSrc", .natSource),
        ("sourceTranslatedAddress", .natSource), ("cs1Label", .natSource),
        ("sourceTranslatedPort", .natSourcePort), ("snpt", .natSourcePort),
        ("natDst", .natDestination), ("destinationTranslatedAddress", .natDestination),
        ("cs2Label", .natDestination), ("dnpt", .natDestinationPort), ("cs1", .rule),
        ("destinationTranslatedPort", .natDestinationPort), ("srcMac", .macSource),
        ("smac", .macSource), ("dstMac", .macDestination), ("dmac", .macDestination),
        ("deviceInboundInterface", .inbound), ("deviceOutboundInterface", .outbound),
        ("type", .icmpType), ("rt", .epoch),
    ])

    /// What the message tells; nil for one that is of no packet and no connection.
    func event(_ line: borrowing Line, _ record: inout Record) -> Event? {
        switch line.decimal(record[.own1]) ?? 0 {
        case 98: (.open, .match)
        case 537: (.close, .unknown)
        case 36, 37, 38, 41, 46, 173, 174, 175, 524: (.block, .match)
        case 888, 713, 712, 181: (.block, .noState)
        case 23: (.block, .antiSpoofing)
        case 177, 178, 267: (.block, .invalidFlags)
        case 53: (.block, .tableFull)
        // Scans, floods, web sites, translations: they sum packets up, or tell of none.
        case 82, 83, 97, 860...867, 1197, 1369...1371: nil
        default: SonicWall.messages.within(line, record[.message])
        }
    }

    /// The protocol that a message's number implies; 255 for most, which imply none.
    static func protocols(_ number: UInt32) -> UInt8 {
        switch number {
        case 36, 173, 181, 712, 713, 888: Entry.tcp
        case 37, 174: Entry.udp
        case 38, 175: 1
        default: 255
        }
    }

    private static let messages = WordTable<Event>([
        ("non-existent/closed connection", (.block, .noState)),
        ("fin packet dropped", (.block, .noState)),
        ("abort received; tcp connection dropped", (.block, .noState)),
        ("reject received; tcp connection dropped", (.block, .noState)),
        ("invalid seq", (.block, .stateMismatch)), ("invalid ack", (.block, .stateMismatch)),
        ("handshake violation", (.block, .stateMismatch)),
        ("on a closing connection", (.block, .stateMismatch)),
        ("syn received on an existing", (.block, .stateMismatch)),
        ("ip spoof", (.block, .antiSpoofing)), ("bad header", (.block, .malformed)),
        ("malformed", (.block, .malformed)), ("bad checksum", (.block, .badChecksum)),
        ("connection opened", (.open, .match)), ("connection closed", (.close, .unknown)),
        ("tcp connection dropped", (.block, .match)), ("packet dropped", (.block, .match)),
    ])
}
