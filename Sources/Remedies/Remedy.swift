// A remedy: what to do about a cause on one platform, exact enough to type or click.

import Causes

public struct Remedy: Equatable, Sendable {
    public let title: String
    /// In order. `{server}`, `{client}`, `{port}` and `{interface}` are filled in from the
    /// finding; a step that the finding cannot fill shows `<server>` and so on.
    public let steps: [String]
    /// What following it costs, where it costs anything.
    public let cost: String?

    public init(_ title: String, _ steps: [String], cost: String? = nil) {
        self.title = title
        self.steps = steps
        self.cost = cost
    }
}

/// A firewall product that remedies can be named for.
public protocol Platform: Sendable {
    /// A short stable word: `pfsense`, `opnsense`, `linux`, `forcepoint`, `cisco-asa`.
    var id: String { get }
    /// As its maker writes it.
    var name: String { get }
    /// What to do, best first; empty where there is nothing to do on this platform.
    func remedies(for cause: CauseID, variant: Variant?) -> [Remedy]
    /// How to collect what would decide an undecided case.
    var collect: [String] { get }
}
