// A firewall's memory of connections, as its source has it: what the replay asks for each packet.
//
// Read first: `Packet` in Facts, `Decision` in Policy. Two steps for each packet, for every firewall
// has them: first the states are asked (`meet`), and if they leave it open, the rules; what the
// rules passed is told to the model (`admit`), which only then remembers it.

import Facts
import Policy

/// What the states alone say of a packet.
public enum Step: UInt8, Sendable {
    /// A state passes it, and no rule is looked at.
    case pass
    /// It is dropped, and no rule is looked at.
    case block
    /// The rules decide.
    case askRules
}

/// What a model made of a packet.
public struct Tracked: Equatable, Sendable {
    public var step: Step
    public var kind: StateClass
    /// Why it was blocked, or called invalid; `match` where the rules decided.
    public var reason: Reason
    /// The model's own words for it: the bound that failed, the cell of its table.
    public var says: StaticString
    /// The number of its state in the table, for `describe`; nil where there is none.
    public var state: Int?
    /// The state after the packet, as the model numbers it: meaningful together with `state`.
    public var phase: UInt16
    /// When that state ends if nothing more comes.
    public var expiry: Instant
    /// The rule that made the state.
    public var rule: Int?

    public init(_ step: Step, _ kind: StateClass) {
        self.step = step
        self.kind = kind
        reason = .unknown
        says = ""
        state = nil
        phase = 0
        expiry = .unknown
        rule = nil
    }

    // Written out: StaticString is not Equatable, and the words follow from the rest.
    public static func == (a: Tracked, b: Tracked) -> Bool {
        a.step == b.step && a.kind == b.kind && a.reason == b.reason && a.state == b.state
            && a.phase == b.phase && a.expiry == b.expiry && a.rule == b.rule
    }
}

/// A state that is gone, and why: what a later stray of its connection is explained with.
public struct EndedState: Equatable, Sendable {
    public enum Why: UInt8, Sendable, CaseIterable {
        /// Its time ran out in the phase it was in.
        case expired
        /// A packet ended it: a RST, or a SYN that opened the ports anew.
        case closed
        /// It made room for another.
        case evicted
        /// All states were removed.
        case flushed
    }

    public var source: Endpoint
    public var destination: Endpoint
    public var ipProtocol: UInt8
    /// The phase it was in at the end.
    public var phase: UInt16
    public var why: Why
    public var began: Instant
    /// The last packet that renewed it.
    public var renewed: Instant
    public var ended: Instant
}

public protocol StateModel: Sendable {
    /// What the states say of a packet. Times that run backwards are taken as no time passing.
    mutating func meet(_ packet: borrowing Packet) -> Tracked

    /// What `meet` will look for, to be given to `expect`; nil where it is not worth it. It is told
    /// what it needs of a packet, which would else be copied.
    mutating func expected(
        _ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8, _ direction: Direction
    ) -> UInt64?

    /// Has it fetched into the cache: first, about sixteen packets ahead, where it is found; then,
    /// about eight ahead, itself. Changes no answer.
    mutating func expect(_ hash: UInt64, isNear: Bool)

    /// The rules passed the packet that `meet` left open. Its state is made, or refused for want of
    /// room: then the answer blocks.
    mutating func admit(
        _ packet: borrowing Packet, _ tracked: Tracked, _ rule: Int?, _ options: StateOptions
    ) -> Tracked

    /// The rules blocked it: what `meet` prepared is forgotten.
    mutating func refuse(_ packet: borrowing Packet, _ tracked: Tracked)

    /// The phase in the firewall's own words: `SYN_SENT`, `ESTABLISHED:FIN_WAIT_2`.
    func phaseName(_ phase: UInt16, ipProtocol: UInt8) -> String

    /// Changes a timeout or a switch, by the firewall's own name for it.
    mutating func set(_ name: String, to value: String) throws(SettingFault)

    /// How many states there are, and how many there were at most.
    var stateCount: Int { get }
    var statePeak: Int { get }

    /// The states that ended since this was last emptied; the replay empties it after each packet.
    var ended: [EndedState] { get set }
}

/// Why a setting was refused.
public enum SettingFault: Error, Equatable, Sendable {
    /// No such name; the nearest one that there is.
    case unknownName(nearest: String?)
    /// What it takes, in words.
    case badValue(expected: String)
}
