"""Single packets with flags that no stack sends, each from somewhere else, without a pattern.

Beside them: working connections of the same targets.
"""

from .. import packet
from ..packet import ACK, FIN, PSH, RST, SYN, URG
from ..traffic import Raw

CAUSE = "spoofed-flags"
IMPOSSIBLE = (SYN | FIN, SYN | RST, FIN | RST, SYN | FIN | RST | PSH | ACK | URG, SYN | FIN | PSH,
              SYN | RST | ACK, 0xFF, FIN | RST | ACK, 0)


def run(lab):
    lab.line(allow=("iifname eth0 meta l4proto tcp", "iifname eth1 tcp dport 443"))
    lab.listen()
    lab.chatter(2)
    forged(lab, lab.rng.randrange(4, 10))
    lab.chatter(2)


def forged(lab, count):
    raw = Raw(lab.net, "wan")
    for _ in range(count):
        source, target = lab.address("wan"), lab.host("lan")
        flags = lab.rng.choice(IMPOSSIBLE)
        variant = packet.flag_letters(flags) or "none"
        lab.truth.when(lambda one, source=source: one.packet.src == source, CAUSE, variant,
                       least=1)
        raw.send(packet.tcp(
            source, lab.rng.choice((0, lab.rng.randrange(1, 65536))), target,
            lab.rng.randrange(1, 65536), flags, seq=lab.rng.choice((0, lab.rng.getrandbits(32))),
            ack=lab.rng.choice((0, lab.rng.getrandbits(32))), ttl=lab.rng.randrange(20, 250),
            window=lab.rng.choice((0, 512, 8192)), df=False, ident=lab.rng.randrange(1, 65536)))
        lab.wait(lab.rng.uniform(0.05, 0.5))
    raw.close()
