// The state that a packet belongs to.
//
// pf.c, `pf_find_state()`: the states of a key, those bound to an interface before the floating
// ones. It does not look at the clock: a state whose time is over matches until the sweep has
// removed it. Read first: PFState.swift.

import Bytes
import Facts

extension PF {
    /// A state, and which of its ends sent the packet.
    struct Hit {
        /// Below zero: there is none.
        var state: Int
        var isFromCreator: Bool

        static let none = Hit(state: -1, isFromCreator: false)
    }

    // Both change nothing, and are mutating all the same: else each call may copy the model.

    public mutating func expected(
        _ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8, _ direction: Direction
    ) -> UInt64? {
        guard ipProtocol == Entry.tcp || ipProtocol == Entry.udp else { return nil }
        let outward = direction == .outward
        return states.hash(
            FlowKey(from: source, to: destination, ipProtocol, outward: outward))
    }

    @inline(__always)
    public mutating func expect(_ hash: UInt64, isNear: Bool) {
        if isNear { states.prefetchState(hash) } else { states.prefetch(hash) }
    }

    /// The state of a packet, or of one that it quotes (`reversed`: that went the other way).
    ///
    /// A capture that does not say which way its packets went is looked at both ways: its state may
    /// have been made by a packet of either.
    @inline(__always)
    func find(
        _ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8,
        _ packet: borrowing Packet, reversed: Bool = false
    ) -> Hit {
        let direction = packet.direction
        let outward = (direction == .outward) != reversed
        let hit = find(
            FlowKey(from: source, to: destination, ipProtocol, outward: outward),
            packet.interface, outward: outward)
        if hit.state >= 0 || direction != .unknown { return hit }
        return find(
            FlowKey(from: source, to: destination, ipProtocol, outward: !outward),
            packet.interface, outward: !outward)
    }

    @inline(__always)
    func find(_ key: FlowKey, _ interface: Name, outward: Bool) -> Hit {
        let hash = states.hash(key)
        var found: Int?
        if boundCount > 0 {
            found = states.find(key, hash) { state in
                !state.flags.contains(.floating) && state.interface == interface
            }
        }
        if found == nil, boundCount < states.count {
            found = states.find(key, hash) { state in state.flags.contains(.floating) }
        }
        guard let found else { return .none }
        return Hit(
            state: found, isFromCreator: states[found].flags.contains(.outward) == outward)
    }

    /// The packet's end and the other.
    @inline(__always)
    func peers(_ hit: Hit) -> (sender: PFPeer, receiver: PFPeer) {
        let creator = states[hit.state].creator
        let other = states[hit.state].other
        return hit.isFromCreator ? (creator, other) : (other, creator)
    }

    @inline(__always)
    mutating func keep(_ hit: Hit, _ sender: PFPeer, _ receiver: PFPeer) {
        states[hit.state].creator = hit.isFromCreator ? sender : receiver
        states[hit.state].other = hit.isFromCreator ? receiver : sender
    }

    /// Puts a state into the table. The caller has made sure that there is room.
    mutating func insert(_ state: PFState, _ key: FlowKey, _ hash: UInt64) -> Int {
        let number = states.insert(key, hash, state, expiry: visit(of: state, after: now), now: now)
        if !state.flags.contains(.floating) { boundCount += 1 }
        terms[Int(state.terms)].count += 1
        noteGrowth(Int(state.terms))
        return number
    }

    /// Takes a state out, and tells of it.
    mutating func remove(_ number: Int, _ why: EndedState.Why, at time: Instant) {
        let state = states[number]
        let key = states.key(number)
        states.remove(number)
        if !state.flags.contains(.floating) { boundCount -= 1 }
        terms[Int(state.terms)].count -= 1
        let outward = state.flags.contains(.outward)
        ended.append(
            EndedState(
                source: outward ? key.second : key.first,
                destination: outward ? key.first : key.second,
                ipProtocol: key.ipProtocol, phase: state.phase, why: why, began: state.began,
                renewed: state.renewed, ended: time))
        noteShrinking(Int(state.terms))
    }
}
