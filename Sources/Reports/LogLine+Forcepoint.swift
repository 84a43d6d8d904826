// A packet as Forcepoint's Log Server forwards it, in CEF.
//
// Read first: Forcepoint's help page "Respond to Not a Valid SYN Packet log messages";
// `Dialects/Forcepoint` reads it back.

import Bytes
import Facts
import Policy
import Replay

extension ByteWriter {
    /// The record of one packet, and the newline. `stamp` writes the time of the event.
    mutating func putForcepoint(
        _ packet: Packet, _ verdict: Verdict, _ rules: Rules, _ names: Names,
        stamp: (inout ByteWriter) -> Void
    ) {
        put("CEF:0|FORCEPOINT|Firewall|6.10.6|")
        put(verdict.passes ? "70018|Connection_Allowed" : "70019|Connection_Discarded")
        put("|0|deviceExternalId=stray-replay node 1 src=")
        put(packet.source.address, names)
        put(" dst=")
        put(packet.destination.address, names)
        if !packet.form.contains(.laterFragment), !packet.isICMP {
            put(" spt=")
            put(packet.source.port)
            put(" dpt=")
            put(packet.destination.port)
        }
        put(" proto=")
        put(Int(packet.ipProtocol))
        put(packet.direction == .outward ? " deviceOutboundInterface=" : " deviceInboundInterface=")
        put(packet.interface.isNone ? Array("0".utf8) : names.bytes(packet.interface))
        put(verdict.passes ? " act=Allow" : " act=Discard")
        if !verdict.passes, packet.cannotOpen { putMessage(packet, verdict) }
        put(" deviceFacility=Packet Filtering rt=")
        stamp(&self)
        if let number = rules.identifier(verdict.rule, packet) {
            put(" cs1Label=RuleID cs1=")
            put(number)
            put(".0")
        }
        put("\n")
    }

    /// The engine's message: of a packet that no connection has, and of one its own refuses.
    private mutating func putMessage(_ packet: Packet, _ verdict: Verdict) {
        put(verdict.hasState ? " msg=TCP segment out of window [" : " msg=Not a Valid SYN Packet [")
        put(packet.flags.text)
        put("]")
    }
}
