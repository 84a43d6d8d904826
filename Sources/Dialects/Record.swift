// A record: what a line of named fields tells, gathered in one walk, whatever the shape of the line.
//
// Read first: `KeyTable`. CEF, LEEF, `key=value`, JSON and separated values differ in how a field is
// found, and every product in what it calls it; what is wanted of them is the same. A dialect is a
// table from names to roles, and what is its own: how it is recognised, and what its words mean.

import Bytes
import Facts

/// What a field of a record tells.
enum Role: UInt8, CaseIterable, Sendable {
    case source
    case destination
    case sourcePort
    case destinationPort
    case ipProtocol
    /// What was done with the packet.
    case action
    /// What kind of record it is, and of which kind within that.
    case event
    case subevent
    case inbound
    case outbound
    case inZone
    case outZone
    case direction
    case rule
    case ruleName
    /// The name of the firewall, and what stands in for it.
    case node
    case host
    case message
    case reason
    case note
    case flags
    case date
    case time
    case zone
    /// Seconds, milliseconds, microseconds or nanoseconds since 1970, told by their size.
    case epoch
    case start
    case end
    case seconds
    case milliseconds
    case bytes
    case bytesOut
    case bytesIn
    case packets
    case packetsIn
    /// How many packets or connections the line stands for.
    case count
    case natSource
    case natDestination
    case natSourcePort
    case natDestinationPort
    case connection
    case ttl
    case ipID
    case length
    case sequence
    case acknowledgement
    case window
    case macSource
    case macDestination
    case icmpType
    case icmpCode
    case product
    case service
    case application
    /// Fields that only one dialect knows; it says what they are.
    case own1
    case own2
    case own3
    case own4
}

/// A stretch of the line for each role that the line fills.
struct Record {
    /// A field in half the room, since a record is made for every line.
    // Limit: lines lie in blocks of a few megabytes.
    private struct Stretch {
        var start: UInt32 = 0
        var end: UInt32 = 0
    }

    // Only what `filled` has a bit for means anything.
    private var fields: [64 of Stretch] = .init(repeating: Stretch())
    private var ranks: [64 of UInt8] = .init(repeating: 0)
    private var filled: UInt64 = 0

    // Inlined: what a call gives is copied.
    @inline(__always)
    init() {}

    /// The field of a role; empty where the line has none.
    @inline(__always)
    subscript(role: Role) -> Field {
        let stretch = fields[Int(role.rawValue)]
        return Field(Int(stretch.start), Int(stretch.end))
    }

    @inline(__always)
    func has(_ role: Role) -> Bool { filled & (1 &<< UInt64(role.rawValue)) != 0 }

    /// Whether the line fills any of some roles, a bit for each.
    @inline(__always)
    func has(any roles: UInt64) -> Bool { filled & roles != 0 }

    /// The bits of the fields behind a translation.
    static var translations: UInt64 {
        1 << UInt64(Role.natSource.rawValue) | 1 << UInt64(Role.natDestination.rawValue)
            | 1 << UInt64(Role.natSourcePort.rawValue)
            | 1 << UInt64(Role.natDestinationPort.rawValue)
    }

    /// Takes a field, unless one of a better name is there. Empty ones say nothing.
    @inline(__always)
    mutating func take(_ key: KeyTable.Meaning, _ value: Field) {
        let index = Int(key.role.rawValue)
        guard value.start < value.end, !has(key.role) || ranks[index] > key.rank else { return }
        set(key.role, value)
        ranks[index] = key.rank
    }

    /// Puts a field in place of what is there.
    @inline(__always)
    mutating func set(_ role: Role, _ value: Field) {
        fields[Int(role.rawValue)] = Stretch(
            start: UInt32(truncatingIfNeeded: value.start),
            end: UInt32(truncatingIfNeeded: value.end))
        filled |= 1 &<< UInt64(role.rawValue)
    }

    mutating func clear(_ role: Role) {
        fields[Int(role.rawValue)] = Stretch()
        filled &= ~(1 &<< UInt64(role.rawValue))
    }
}
