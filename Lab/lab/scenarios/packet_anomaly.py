"""Packets refused for what they are: IP options, fragments, cut headers, wrong checksums.

Beside them: the same ends' sound connection, which works.
"""

from .. import packet
from ..traffic import Raw

CAUSE = "packet-anomaly"


def run(lab):
    lab.line()
    lab.listen()
    lab.chatter(2)
    raw = Raw(lab.net, "wan")
    makers = [ip_option, fragment, short, bad_checksum]
    lab.rng.shuffle(makers)
    for make in makers[:lab.rng.randrange(2, 5)]:
        for _ in range(lab.rng.randrange(1, 5)):
            flow = lab.flow("wan", "lan", port=lab.rng.choice((80, 443, 25)))
            variant, packets = make(lab, flow)
            lab.truth.when(lambda one, flow=flow: one.packet.src == flow.client[0], CAUSE, variant,
                           least=1)
            for data in packets:
                raw.send(data)
            lab.wait(lab.rng.uniform(0.05, 0.3))
    raw.close()
    lab.chatter(2)


def ends(flow):
    return (*flow.client, *flow.server)


def common(lab):
    return {"seq": lab.rng.getrandbits(32), "ident": lab.rng.randrange(1, 65536),
            "ttl": lab.rng.randrange(40, 128)}


def ip_option(lab, flow):
    option = lab.rng.choice((b"\x07\x07\x04\0\0\0\0\0", b"\x94\x04\0\0", b"\x44\x08\x05\0\0\0\0\0"))
    flags = lab.rng.choice((packet.SYN, packet.ACK))
    whole = packet.tcp(*ends(flow), flags, **common(lab))
    return "ip-option", [with_option(whole, option)]


def with_option(data, option):
    whole = packet.parse(data)
    return packet.ipv4(whole.src, whole.dst, 6, data[20:], ttl=whole.ttl, ident=whole.id,
                       df=False, options=option)


def fragment(lab, flow):
    """All pieces of one segment, or only the later ones, for the first was lost."""
    whole = packet.tcp(*ends(flow), packet.ACK | packet.PSH, ack=lab.rng.getrandbits(32),
                       data=bytes(lab.rng.randrange(600, 1400)), **common(lab))
    first = packet.parse(whole)
    body, cut = whole[20:], 8 * lab.rng.randrange(20, 60)
    options = {"ttl": first.ttl, "ident": first.id, "df": False}
    pieces = [packet.ipv4(first.src, first.dst, 6, body[:cut], more=True, **options),
              packet.ipv4(first.src, first.dst, 6, body[cut:], frag=cut, **options)]
    return "fragment", pieces[lab.rng.randrange(2):]


def short(lab, flow):
    whole = packet.tcp(*ends(flow), packet.ACK, **common(lab))
    first = packet.parse(whole)
    cut = whole[20:20 + 4 * lab.rng.randrange(2, 5)]
    return "short", [packet.ipv4(first.src, first.dst, 6, cut, ttl=first.ttl, ident=first.id)]


def bad_checksum(lab, flow):
    flags = lab.rng.choice((packet.SYN, packet.ACK, packet.ACK | packet.FIN))
    return "checksum", [packet.tcp(*ends(flow), flags, bad_checksum=True, **common(lab))]
