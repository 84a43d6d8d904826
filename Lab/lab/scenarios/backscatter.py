"""Answers to packets that somebody sent with our addresses as the source.

The victims are real: their stacks answer forged SYNs. Beside them: clients that really use such
servers, and one whose SYN took another way (asymmetric-routing).
"""

import threading

from .. import packet
from ..traffic import Flow, Raw
from . import asymmetric_routing

CAUSE = "backscatter"


def run(lab):
    lab.line(allow=("iifname eth0 meta l4proto tcp",))
    asymmetric_routing.detour(lab)
    # Forged packets enter the Internet beside the firewall, so only answers come to it.
    raw = Raw(lab.net, "wan")
    lab.listen()
    lab.chatter(3)
    attacks = [threading.Thread(target=attack, args=(lab, raw, shape)) for shape in
               lab.rng.sample(("syn-ack", "rst", "icmp", "rst-bare"), lab.rng.randrange(2, 4))]
    for one in attacks:
        one.start()
    for one in attacks:
        one.join()
    look_alike(lab)
    lab.chatter(2)
    raw.close()


def attack(lab, raw, shape):
    """Somebody floods one victim with SYNs that seem to come from our network."""
    victim, port = lab.host("wan"), lab.rng.choice((80, 443, 22, 53, 25565, 3389))
    if shape == "syn-ack":
        lab.flows.append(Flow(lab.net, "wan", (victim, 1), "wan", (victim, port)).listen(64))
    if shape == "icmp":
        lab.net.exec("wan", "nft", f"add table ip v{port}; add chain ip v{port} i "
                     "{ type filter hook input priority 0; }; "
                     f"add rule ip v{port} i ip daddr {victim} tcp dport {port} reject")
    lab.truth.when(lambda one: one.packet.src == victim, CAUSE, shape, least=2)
    isn = lab.rng.getrandbits(32)
    for _ in range(lab.rng.randrange(6, 16)):
        ours = f"{lab.lan_net}.{lab.rng.randrange(10, 250)}"
        flags = packet.ACK if shape == "rst-bare" else packet.SYN
        forged = packet.tcp(ours, lab.rng.randrange(1024, 65536), victim, port, flags, seq=isn,
                            ack=lab.rng.getrandbits(32) if flags == packet.ACK else 0,
                            ttl=lab.rng.randrange(40, 120), options=packet.MSS(1460)
                            if flags == packet.SYN else b"")
        raw.send(forged)
        lab.wait(lab.rng.uniform(0.02, 0.15))
    lab.wait(2.5 if shape == "syn-ack" else 0.2)


def look_alike(lab):
    """A SYN/ACK without a SYN here too, but its client is one that opens connections."""
    client = lab.host("lan")
    lab.flow(source=client).open().talk().finish()
    flow = lab.flow(source=client, port=443)
    asymmetric_routing.bypass_out(lab, flow)
    lab.truth.flow(flow, "asymmetric-routing", "reply-only", least=1)
    flow.start()
    lab.wait(1.5)
    lab.retire(flow)
