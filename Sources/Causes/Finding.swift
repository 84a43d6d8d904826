// A finding: the strays that share a cause and a subject.

import Evidence
import Facts

public struct Finding: Sendable {
    /// From 1, in the order of the report.
    public internal(set) var id = 0
    public let cause: CauseID
    public let variant: Variant?
    public let harm: Harm
    public internal(set) var confidence = 0.0
    public let subject: Subject
    /// Packets the user's filters select, each counted once.
    public internal(set) var count = 0
    /// Lines that told of them: more than packets where one was logged several times.
    public internal(set) var lines = 0
    public internal(set) var connections = 0
    public internal(set) var events = 0
    /// All connections of the services concerned; nil where openings are not logged or services
    /// are not kept apart: then the share that strayed is not known.
    public internal(set) var ofConnections: Int?
    public internal(set) var from: Instant = .unknown
    public internal(set) var to: Instant = .unknown
    public internal(set) var interfaces: [Name] = []
    public internal(set) var nodes: [Name] = []
    public internal(set) var dialects: [DialectID] = []
    public internal(set) var isAlwaysPrevented: Bool
    public internal(set) var ledger: [Statement] = []
    public internal(set) var alternatives: [Alternative] = []
    public internal(set) var examples: [Mention] = []
    /// The earliest blocked packets, enough of them to show.
    public internal(set) var shown: [Example] = []
    /// The ports most concerned, with their counts: what a rule blocks is told by them.
    public internal(set) var ports: [(port: UInt16, ipProtocol: UInt8, count: Int)] = []
    /// Different senders and receivers, as far as they were kept apart.
    public internal(set) var senders: [Address] = []
    public internal(set) var receivers: [Address] = []
    public internal(set) var isServerSending: Bool?
    /// The two ways of a connection that has a wrong route; else none.
    public internal(set) var paths: [Path] = []
    public internal(set) var servicePort: UInt16?

    init(_ verdict: Verdict, _ subject: Subject) {
        cause = verdict.cause
        variant = verdict.variant
        harm = verdict.harm
        isAlwaysPrevented = verdict.isAlwaysPrevented
        self.subject = subject
    }
}

extension Harm {
    /// How early a report tells of it; always-prevented findings come before all.
    var urgency: Int {
        switch self {
        case .misconfigured: 0
        case .tune: 1
        case .attack: 2
        case .unknown: 3
        case .blockedByPolicy: 4
        case .harmless: 5
        }
    }
}
