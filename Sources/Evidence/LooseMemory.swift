// The case of the last blocked packet that no connection was asked about: most often it is that
// of the next one too, since a handful of cases holds all that a rule blocks.

import Facts

struct LooseMemory: Sendable {
    private(set) var kind = CaseKind.stray
    private var ipProtocol: UInt8 = 0
    private var reason = Reason.unknown
    private var direction = Direction.unknown
    private var dialect = DialectID.unknown
    private var inside = -1
    private var interface = Name.none
    private var node = Name.none
    /// Where the case lies, and the ports of its interface.
    private(set) var place = 0
    private(set) var portPlace = 0

    init() {}

    init(_ entry: Entry, _ kind: CaseKind, _ inside: Int, place: Int, portPlace: Int) {
        self.kind = kind
        ipProtocol = entry.ipProtocol
        reason = entry.reason
        direction = entry.direction
        dialect = entry.dialect
        self.inside = inside
        interface = entry.interface
        node = entry.node
        self.place = place
        self.portPlace = portPlace
    }

    @inline(__always)
    func fits(_ entry: Entry, _ kind: CaseKind, _ inside: Int) -> Bool {
        self.kind == kind && ipProtocol == entry.ipProtocol && reason == entry.reason
            && direction == entry.direction && dialect == entry.dialect && self.inside == inside
            && interface == entry.interface && node == entry.node
    }
}
