// What a rule asks that neither the packet nor the file with the rules can tell.
//
// Read first: `Decision`. A rule that asks such a thing may match: then the answer says what is
// missing, if another answer would follow from it.

import Facts

public struct MissingFacts: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    @inlinable public static var interfaceAddress: MissingFacts { MissingFacts(rawValue: 1 << 0) }
    @inlinable public static var interface: MissingFacts { MissingFacts(rawValue: 1 << 1) }
    @inlinable public static var direction: MissingFacts { MissingFacts(rawValue: 1 << 2) }
    @inlinable public static var group: MissingFacts { MissingFacts(rawValue: 1 << 3) }
    @inlinable public static var table: MissingFacts { MissingFacts(rawValue: 1 << 4) }
    @inlinable public static var hostName: MissingFacts { MissingFacts(rawValue: 1 << 5) }
    @inlinable public static var route: MissingFacts { MissingFacts(rawValue: 1 << 6) }
    @inlinable public static var system: MissingFacts { MissingFacts(rawValue: 1 << 7) }
    @inlinable public static var user: MissingFacts { MissingFacts(rawValue: 1 << 8) }
    @inlinable public static var chance: MissingFacts { MissingFacts(rawValue: 1 << 9) }
    @inlinable public static var tag: MissingFacts { MissingFacts(rawValue: 1 << 10) }
    @inlinable public static var service: MissingFacts { MissingFacts(rawValue: 1 << 11) }
    @inlinable public static var rate: MissingFacts { MissingFacts(rawValue: 1 << 12) }
    @inlinable public static var mark: MissingFacts { MissingFacts(rawValue: 1 << 13) }
    @inlinable public static var expression: MissingFacts { MissingFacts(rawValue: 1 << 14) }
    @inlinable public static var translation: MissingFacts { MissingFacts(rawValue: 1 << 15) }
    @inlinable public static var header: MissingFacts { MissingFacts(rawValue: 1 << 16) }

    /// Each fact by itself, in words.
    public var sentences: [String] {
        MissingFacts.words.filter { contains($0.fact) }.map(\.text)
    }

    private static let words: [(fact: MissingFacts, text: String)] = [
        (.interfaceAddress, "the addresses of an interface"),
        (.interface, "the interface of the packet"),
        (.direction, "the direction of the packet"),
        (.group, "the members of an interface group"),
        (.table, "the contents of a table"),
        (.hostName, "the addresses of a host name"),
        (.route, "the routing table"),
        (.system, "the operating system of the sender"),
        (.user, "the user or group of a socket"),
        (.chance, "a probability"),
        (.tag, "a tag that was set before"),
        (.service, "the number of a service or protocol name"),
        (.rate, "how many packets met a limit before"),
        (.mark, "the mark of the packet or connection"),
        (.expression, "an expression that is not read"),
        (.translation, "an address that was translated"),
        (.header, "a header field that is not looked at"),
    ]
}

/// Whether something holds, as far as can be told.
@usableFromInline
enum Holding: UInt8, Sendable {
    case no
    case maybe
    case yes
}

/// What is known of the firewall beside its rules.
public struct PolicyFacts: Equatable, Sendable {
    /// An address of an interface, with the network it is in.
    public struct Place: Equatable, Sendable {
        public var address: Address
        public var prefixLength: Int

        public init(_ address: Address, prefixLength: Int) {
            self.address = address
            self.prefixLength = prefixLength
        }

        public var network: Network? { Network(address, prefixLength: prefixLength) }
    }

    /// The addresses of interfaces by their names.
    public var interfaces: [String: [Place]] = [:]
    /// The members of interface groups.
    public var groups: [String: [String]] = [:]
    /// The contents of tables that the file does not hold.
    public var tables: [String: [Network]] = [:]

    public init() {}
}
