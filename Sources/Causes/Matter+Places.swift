// What hop counts and frames' addresses say of the way a case's packets came.
// Read first: `HopSet`, `Gates`.

import Bytes
import Evidence
import Facts

extension Matter {
    /// The strays came from as far away as the sender's packets that passed.
    public var cameFromHost: Bool {
        hostsAreApart && facts.hops.isOnePath && facts.hops.isLike(senderFacts.hops)
    }

    /// The strays came from another distance than all of the sender's packets that passed, and
    /// those from one. Where a host shows several distances there are several machines behind its
    /// address, or several paths, and one distance more says nothing.
    public var cameFromElsewhere: Bool {
        hostsAreApart && senderFacts.hops.isOnePath && facts.hops.isOnePath
            && facts.hops.isApart(from: senderFacts.hops)
    }

    /// The sender's strays came from so many distances that somebody drew them.
    public var drawsHops: Bool { hostsAreApart && senderFacts.strayHops.isDrawn }

    public var isResetOnly: Bool {
        let resets = FlagClasses(.reset, .resetAck, .resetAck)
        return !classes.isEmpty && classes.subtracting(resets).isEmpty
    }

    /// `5 routers away, its other packets 11`.
    public var distances: String {
        func text(_ hops: HopSet) -> String {
            hops.least == hops.most ? "\(hops.least)" : "\(hops.least) to \(hops.most)"
        }
        return "\(text(facts.hops)) routers away, those that passed \(text(senderFacts.hops))"
    }

    /// The router that both networks' packets come from on this interface: it can deliver between
    /// them without the firewall.
    public var commonRouter: UInt64? {
        guard let one = senderGate.from.value, one == receiverGate.from.value,
            one != border.own.value, networksDiffer
        else { return nil }
        return one
    }

    private var networksDiffer: Bool {
        key.sender.rolled(to: .network) != key.receiver.rolled(to: .network)
    }

    /// A network whose packets come from one router, while what goes to it leaves to another. An
    /// address that several routers share is answered from another by design.
    public var crossedRouters: (network: Address, from: UInt64, to: UInt64)? {
        guard let own = border.own.value else { return nil }
        for (address, gate) in [(key.sender, senderGate), (key.receiver, receiverGate)] {
            guard let from = gate.from.value, let to = gate.to.value, from != to, from != own,
                to != own, !isSharedMAC(from), !isSharedMAC(to)
            else { continue }
            return (address.rolled(to: .network), from, to)
        }
        return nil
    }
}

/// Six bytes as people write a MAC address.
public func textOfMAC(_ mac: UInt64) -> String {
    var writer = ByteWriter()
    for byte in 0..<6 {
        if byte > 0 { writer.put(":") }
        writer.putHex((mac >> UInt64(40 - 8 * byte)) & 0xFF, width: 2)
    }
    return writer.text
}
