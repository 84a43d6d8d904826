"""A state exists, and a packet does not fit it: far ahead, acknowledging the unsent, an old RST.

The connection goes on and works. Beside it: a state that is gone (idle-timeout).
"""

from .. import packet
from ..traffic import Raw
from . import late_close

CAUSE = "out-of-window"


def run(lab):
    lab.line()
    lab.listen()
    lab.chatter(2)
    raws = {"c": Raw(lab.net, "lan"), "s": Raw(lab.net, "wan")}
    for _ in range(lab.rng.randrange(2, 5)):
        flow = lab.flow().open().talk(rounds=2)
        lab.wait(0.12)
        lab.truth.flow(flow, CAUSE, "", least=1)
        for way in lab.rng.sample((ahead, unsent, old_rst), lab.rng.randrange(1, 4)):
            way(lab, flow, lab.rng.choice("cs"), raws)
            lab.wait(lab.rng.uniform(0.02, 0.2))
        flow.talk()
        flow.finish()
        lab.wait(0.1)
    if lab.rng.random() < 0.5:
        late_close.look_alike(lab)
    lab.chatter(1)
    for raw in raws.values():
        raw.close()


def send(lab, flow, end, raws, flags, ahead=0, ack=0, data=b""):
    newest = lab.last(flow, end)
    ends = (*flow.client, *flow.server) if end == "c" else (*flow.server, *flow.client)
    raws[end].send(packet.tcp(*ends, flags, seq=newest.end + ahead, ack=newest.ack + ack,
                              window=newest.window, data=data, ident=lab.rng.randrange(1, 65536),
                              options=newest.options if len(newest.options) == 12 else b""))


def ahead(lab, flow, end, raws):
    """A segment far above what the receiver allows."""
    send(lab, flow, end, raws, packet.ACK | packet.PSH, ahead=lab.rng.randrange(1 << 27, 1 << 30),
         data=bytes(lab.rng.randrange(1, 600)))


def unsent(lab, flow, end, raws):
    """An ACK of data that the firewall never saw."""
    send(lab, flow, end, raws, packet.ACK, ack=lab.rng.randrange(1 << 20, 1 << 30))


def old_rst(lab, flow, end, raws):
    """A RST with a number that the other end has long acknowledged."""
    send(lab, flow, end, raws, packet.RST, ahead=-lab.rng.randrange(1 << 20, 1 << 28))
