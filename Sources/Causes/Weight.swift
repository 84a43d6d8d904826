// How much a fact says for or against a cause: a few classes, each with the odds it stands for.
//
// A weight is the logarithm of a ratio: how much likelier the fact is where the cause is true than
// where another is. Nobody has counted that over all networks there are, so a size is argued by
// class, by the question that the class asks, and not number by number; a tenth more or less would
// feign what is not known. The sign is the statement's own: it says in words why the fact speaks
// for the cause or against it. Weights add up as far as facts are independent; what repeats
// another fact is given a class less.

public struct Weight: Equatable, Sendable {
    /// In nats: 1 makes the cause e times as likely as before.
    public let nats: Double

    public init(nats: Double) { self.nats = nats }

    /// It decides nothing, and is told.
    public static var none: Weight { Weight(nats: 0) }
    /// 5 : 3. It tilts: other causes show it nearly as often.
    public static var slight: Weight { Weight(nats: 0.5) }
    /// 5 : 2. Usual here, and not rare elsewhere; or a good fact of which another has told half.
    public static var some: Weight { Weight(nats: 0.9) }
    /// 9 : 2. Other causes show it as well, but one time in four or five.
    public static var fair: Weight { Weight(nats: 1.5) }
    /// 9 : 1. Another cause would need a special case: a setting changed, a packet lost at the
    /// right moment.
    public static var good: Weight { Weight(nats: 2.2) }
    /// 20 : 1. Another cause would need a coincidence, or a stack that behaves as none should.
    public static var strong: Weight { Weight(nats: 3.0) }
    /// 90 : 1. The device's own word, or what by the protocol's rules only this cause leaves.
    /// Devices have faults and logs lack lines, so not more.
    public static var decisive: Weight { Weight(nats: 4.5) }
    /// 400 : 1. It is so by definition, as a lone SYN is no stray; what is left is a misread line.
    public static var certain: Weight { Weight(nats: 6.0) }
    /// Enough to set aside what is certain otherwise: the fact shows why the definition does not
    /// hold here, as a SYN on ports in use is not refused by a rule.
    public static var overruling: Weight { Weight(nats: 8.0) }

    public static prefix func - (weight: Weight) -> Weight { Weight(nats: -weight.nats) }
}
