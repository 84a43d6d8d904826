"""What no rule allows: SYNs with their repeats, UDP and ICMP. Nothing of it is a stray.

Beside it: a late close of an allowed connection, which is one.
"""

import socket

from .. import packet
from ..traffic import Raw
from . import late_close

CAUSE = "policy"


def run(lab):
    lab.line(allow=("iifname eth0 tcp dport { 22, 25, 80, 443, 993, 1883, 3306, 3389, 5432, 5672, "
                    "8080, 8443 }", "iifname eth1 tcp dport 443"))
    lab.listen()
    lab.chatter(2)
    flows = refused_syns(lab, lab.rng.randrange(2, 6))
    datagrams(lab)
    lab.wait(lab.rng.uniform(2, 4))
    lab.retire(*flows)
    if lab.rng.random() < 0.6:
        late_close.unanswered_fin(lab, lab.flow().open().talk(), "c", "s")
    lab.chatter(1)


def refused_syns(lab, count):
    flows = []
    for _ in range(count):
        places = lab.rng.choice((("lan", "wan"), ("wan", "lan")))
        flow = lab.flow(*places, port=lab.rng.choice((23, 135, 445, 2323, 5900, 6379)))
        lab.truth.flow(flow, CAUSE, "syn", least=1)
        flow.start()
        flows.append(flow)
        lab.wait(lab.rng.uniform(0, 0.3))
    return flows


def datagrams(lab):
    """UDP to services that are closed, and an echo request."""
    for _ in range(lab.rng.randrange(2, 6)):
        client, server = lab.host("wan"), lab.host("lan")
        port = lab.rng.choice((53, 123, 161, 1900, 5353))
        with lab.net.socket("wan", kind=socket.SOCK_DGRAM) as out:
            out.bind((client, lab.port()))
            out.sendto(b"q" * lab.rng.randrange(8, 60), (server, port))
        lab.truth.when(lambda one, client=client: one.packet.src == client, CAUSE, "udp", least=1)
    client, server = lab.host("wan"), lab.host("lan")
    lab.truth.when(lambda one: one.packet.src == client and one.packet.proto == 1, CAUSE, "icmp",
                   least=1)
    raw = Raw(lab.net, "wan")
    raw.send(packet.icmp(client, server, 8, 0, b"\0\7\0\1", b"z" * 32))
    lab.wait(0.1)
    raw.close()
