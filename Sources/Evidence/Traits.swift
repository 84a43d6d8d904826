// What one end's strays of one connection say, each as a yes or no.
//
// A dossier is reduced to its traits when it is over: connections that say the same of the same
// ends are one case, and each case is weighed once.

public struct Traits: OptionSet, Hashable, Sendable {
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable init(bit: UInt64) { rawValue = 1 &<< bit }

    // How many packets, and in what rhythm.
    @inlinable public static var single: Traits { Traits(bit: 0) }
    @inlinable public static var few: Traits { Traits(bit: 1) }
    @inlinable public static var repeated: Traits { Traits(bit: 2) }
    @inlinable public static var doublingGaps: Traits { Traits(bit: 3) }
    @inlinable public static var equalGaps: Traits { Traits(bit: 4) }

    // What the packets look like.
    @inlinable public static var timestamps: Traits { Traits(bit: 5) }
    @inlinable public static var noOptions: Traits { Traits(bit: 6) }
    @inlinable public static var toolWindow: Traits { Traits(bit: 7) }
    @inlinable public static var windowZero: Traits { Traits(bit: 8) }
    @inlinable public static var sequenceZero: Traits { Traits(bit: 9) }
    @inlinable public static var mssOnly: Traits { Traits(bit: 10) }
    @inlinable public static var clusterMAC: Traits { Traits(bit: 11) }
    @inlinable public static var hairpin: Traits { Traits(bit: 12) }

    // What the device says.
    @inlinable public static var saysNoState: Traits { Traits(bit: 13) }
    @inlinable public static var hadState: Traits { Traits(bit: 14) }
    @inlinable public static var invalidFlags: Traits { Traits(bit: 15) }

    // What came before.
    @inlinable public static var opened: Traits { Traits(bit: 16) }
    @inlinable public static var openedBySender: Traits { Traits(bit: 17) }
    /// A pass entry on another interface than the strays'.
    @inlinable public static var openedElsewhere: Traits { Traits(bit: 18) }
    @inlinable public static var knowsAnswered: Traits { Traits(bit: 19) }
    @inlinable public static var answered: Traits { Traits(bit: 20) }
    @inlinable public static var passedFin: Traits { Traits(bit: 22) }

    // How it ended, and whether the strays came after that.
    @inlinable public static var closed: Traits { Traits(bit: 23) }
    @inlinable public static var closedByFins: Traits { Traits(bit: 24) }
    @inlinable public static var closedByReset: Traits { Traits(bit: 25) }
    @inlinable public static var closedIdle: Traits { Traits(bit: 26) }
    @inlinable public static var closedHalfClosed: Traits { Traits(bit: 27) }
    @inlinable public static var closedHandshake: Traits { Traits(bit: 28) }
    @inlinable public static var closedFlushed: Traits { Traits(bit: 29) }
    @inlinable public static var closedByDevice: Traits { Traits(bit: 30) }
    @inlinable public static var strayedBeforeClose: Traits { Traits(bit: 31) }

    // The other end.
    @inlinable public static var otherStrayed: Traits { Traits(bit: 32) }
    @inlinable public static var otherSynAck: Traits { Traits(bit: 33) }
    @inlinable public static var otherData: Traits { Traits(bit: 34) }
    @inlinable public static var otherClosing: Traits { Traits(bit: 35) }

    // The two ends.
    @inlinable public static var senderInside: Traits { Traits(bit: 36) }
    @inlinable public static var receiverInside: Traits { Traits(bit: 37) }
    @inlinable public static var senderServes: Traits { Traits(bit: 38) }
    @inlinable public static var receiverServes: Traits { Traits(bit: 39) }
    @inlinable public static var bogusSource: Traits { Traits(bit: 40) }
    @inlinable public static var sameHost: Traits { Traits(bit: 41) }
    /// Only in the case of the end whose strays came first: the connection is counted there.
    @inlinable public static var countsConnection: Traits { Traits(bit: 42) }
    /// The connection opened and nothing shows that it did not work.
    @inlinable public static var worked: Traits { Traits(bit: 43) }
    /// Its first repeat came within a second: it was blocked when it was sent for the first time.
    /// Gaps double, so what is repeated long after it was sent is repeated at long gaps.
    @inlinable public static var freshSeries: Traits { Traits(bit: 62) }
    /// The first repeat came after seconds: it had been sent before, and that had passed.
    @inlinable public static var lateSeries: Traits { Traits(bit: 63) }
    /// The data blocked is no more than a farewell sent along with a FIN.
    @inlinable public static var farewell: Traits { Traits(bit: 45) }
    /// Packets that no connection can do without were blocked, and nothing shows that it worked.
    @inlinable public static var prevented: Traits { Traits(bit: 44) }

    // How it went on although it was blocked.
    /// New data came again and again: the sender never learnt that it was blocked, or does not
    /// care. A stack whose data is not acknowledged only repeats itself.
    @inlinable public static var goesOn: Traits { Traits(bit: 46) }
    /// Its acknowledgements grew: it heard from the other end, past this firewall.
    @inlinable public static var hearsAnswers: Traits { Traits(bit: 47) }
    /// An acknowledgement without data came after its own data: an answer to something it heard.
    @inlinable public static var acksAnswers: Traits { Traits(bit: 21) }
    /// More packets than a stack sends before it gives up.
    @inlinable public static var many: Traits { Traits(bit: 48) }
    /// For minutes, and not in the rhythm of a retransmission timer.
    @inlinable public static var steady: Traits { Traits(bit: 49) }
    /// All of several packets carried data and none asked to be pushed.
    @inlinable public static var unpushed: Traits { Traits(bit: 50) }
    /// All of several packets had phantun's window, or one that udp2raw draws.
    @inlinable public static var tunnelWindow: Traits { Traits(bit: 51) }
    /// The other end went on as well: with new data, or with more than a stack sends.
    @inlinable public static var otherGoesOn: Traits { Traits(bit: 52) }
    /// Its own opening had been blocked, and yet it went on.
    @inlinable public static var openingBlocked: Traits { Traits(bit: 53) }

    // Other nodes, other lives, other witnesses.
    /// Another node passed or saw the very packet.
    @inlinable public static var elsewhere: Traits { Traits(bit: 54) }
    /// What passed of the connection passed through another node.
    @inlinable public static var passedOtherNode: Traits { Traits(bit: 55) }
    /// An earlier connection on the same ports was heard of within minutes before.
    @inlinable public static var reusedPorts: Traits { Traits(bit: 56) }
    /// Its last packet was a FIN or a RST, or the firewall had told of its end.
    @inlinable public static var reusedAfterEnd: Traits { Traits(bit: 57) }
    /// A dump of the state table holds the connection: opening, open, or closing.
    @inlinable public static var heldOpening: Traits { Traits(bit: 58) }
    @inlinable public static var heldOpen: Traits { Traits(bit: 59) }
    @inlinable public static var heldClosing: Traits { Traits(bit: 60) }
    /// Before its first stray it was silent far longer than ever before.
    @inlinable public static var outlasted: Traits { Traits(bit: 61) }
}

/// How long something took, in steps whose edges are the timers firewalls have: what lies between
/// two edges is longer than the same timers.
public struct Stretch: Hashable, Comparable, Sendable {
    /// 0 is unknown; otherwise one more than the number of edges reached.
    public let step: UInt8

    /// Seconds.
    public static let edges: [Int64] = [
        1, 10, 28, 45, 60, 90, 120, 300, 600, 900, 1800, 3600, 10800, 18000, 86400, 432_000,
    ]

    public static var unknown: Stretch { Stretch(step: 0) }

    public init(step: UInt8) { self.step = step }

    public init(microseconds: Int64?) {
        guard let microseconds else {
            step = 0
            return
        }
        let reached = Stretch.edges.count { microseconds >= $0 * 1_000_000 }
        step = UInt8(reached + 1)
    }

    public var isKnown: Bool { step > 0 }

    /// Whether it is known to be at least this long; `seconds` should be an edge.
    public func isAtLeast(_ seconds: Int64) -> Bool {
        step > 1 && Stretch.edges[Int(step) - 2] >= seconds
    }

    /// Whether it is known to be shorter than this; `seconds` should be an edge.
    public func isBelow(_ seconds: Int64) -> Bool {
        step > 0 && Int(step) - 1 < Stretch.edges.count && Stretch.edges[Int(step) - 1] <= seconds
    }

    public static func < (a: Stretch, b: Stretch) -> Bool { a.step < b.step }
}
