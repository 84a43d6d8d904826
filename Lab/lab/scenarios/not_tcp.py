"""Two ends that dress their datagrams as TCP, and keep no connection: tunnels.

Beside them: a real connection of the same hosts' networks that carries much data.
"""

from .. import packet
from ..traffic import Raw

CAUSE = "not-tcp"


class Tunnel:
    """A pair of ends that no stack owns; both speak by raw sockets."""

    def __init__(self, lab, shape):
        self.lab, self.shape = lab, shape
        port = {"phantun-like": lab.rng.choice((4567, 443, 51820)),
                "udp2raw-like": lab.rng.choice((4096, 8855, 443)),
                "ipsec-over-tcp": 10000}[shape]
        self.ends = [(lab.phantom_lan(), lab.port()), (lab.address("wan"), port)]
        self.raws = [Raw(lab.net, "lan"), Raw(lab.net, "wan")]
        real = shape == "udp2raw-like"
        self.seq = [lab.rng.getrandbits(32) if real else 0 for _ in self.ends]
        self.count = [lab.rng.randrange(65536) for _ in self.ends]
        self.clock = lab.rng.getrandbits(31)

    def fits(self, one):
        return {(one.packet.src, one.packet.sport),
                (one.packet.dst, one.packet.dport)} == set(self.ends)

    def send(self, side, flags, data=b"", options=None):
        src, dst = self.ends[side], self.ends[1 - side]
        self.count[side] += 1
        window, ident, extra = 65535, 0, options or b""
        if self.shape == "udp2raw-like":
            window, ident = 40960 + self.lab.rng.randrange(512), self.count[side]
            self.clock += 7
            extra = extra or packet.TIMES(self.clock, self.clock - 40)
        elif self.shape == "ipsec-over-tcp":
            window, ident = 8192, self.count[side]
        ack = self.seq[1 - side] if flags & packet.ACK else 0
        self.raws[side].send(packet.tcp(*src, *dst, flags, seq=self.seq[side], ack=ack, data=data,
                                        window=window, ident=ident, options=extra))
        self.seq[side] += len(data) + bool(flags & packet.SYN)

    def open(self):
        option = b"\1\3\3\x0e" if self.shape == "phantun-like" else packet.MSS(1460) + b"\4\2\1\1"
        for side, flags in ((0, packet.SYN), (1, packet.SYN | packet.ACK), (0, packet.ACK)):
            self.send(side, flags, options=None if flags == packet.ACK else option)
            self.lab.wait(0.08)

    def speak(self, count, pace=0.03):
        """Datagrams both ways; none is ever sent again."""
        for _ in range(count):
            side = self.lab.rng.randrange(2)
            flags = packet.ACK | (packet.PSH if self.shape == "ipsec-over-tcp" else 0)
            self.send(side, flags, bytes(self.lab.rng.randrange(40, 1200)))
            self.lab.wait(self.lab.rng.expovariate(1 / pace))

    def close(self):
        for raw in self.raws:
            raw.close()


def run(lab):
    firewall = lab.line()
    lab.listen()
    lab.chatter(2)
    shapes = ["phantun-like", "udp2raw-like", "ipsec-over-tcp"]
    for shape in lab.rng.sample(shapes, lab.rng.randrange(1, 3)):
        tunnel = Tunnel(lab, shape)
        lab.truth.when(tunnel.fits, CAUSE, shape, least=5)
        # Cisco's has no handshake that a firewall would accept; the others may lose their state.
        if shape != "ipsec-over-tcp" and lab.rng.random() < 0.6:
            tunnel.open()
            tunnel.speak(lab.rng.randrange(4, 12))
            firewall.flush_states()
            lab.lost.append(lab.now())
        tunnel.speak(lab.rng.randrange(30, 70))
        tunnel.close()
    flow = lab.flow().open().talk(300, 30000, 2)
    flow.finish()
    lab.chatter(2)
