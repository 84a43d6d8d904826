"""A client comes again on the same ports while the firewall still holds the closing state.

Beside it: a SYN to a service that no rule allows (policy), and clients that change their port.
"""

from ..wire import DROP

CAUSE = "port-reuse"


def run(lab):
    firewall = lab.line(allow=("tcp dport { 22, 25, 80, 443, 993, 1883, 3306, 3389, 5432, 5672, "
                               "8080, 8443 }",))
    firewall.strict_syn = True
    firewall.load()
    lab.listen()
    lab.chatter(3)
    for _ in range(lab.rng.randrange(2, 4)):
        again(lab)
        lab.chatter(1)
    blocked = lab.flow(port=lab.rng.choice((23, 135, 445)))
    lab.truth.flow(blocked, "policy", "syn", least=1)
    blocked.start()
    lab.wait(1.3)
    lab.retire(blocked)


def again(lab):
    """The server has closed; the client's reset is lost, and its port comes round at once."""
    flow = lab.flow().open().talk(rounds=lab.rng.randrange(1, 3))
    flow.half_close("s")
    lab.wait(0.12)
    cuts = [wire.rule(lambda p, _: DROP if flow.matches(p) else None)
            for wire in lab.wires.values()]
    flow.abort("c").abort("s")
    lab.wait(0.1)
    for cut in cuts:
        cut()
    lab.truth.flow(flow, CAUSE, "closing", least=1)
    flow.listener = None
    flow.start()
    lab.await_drops(flow, lab.rng.randrange(1, 3))
    flow.c.close()
    flow.listener.close()
    lab.idle("half-closed")
    flow.listener = None
    flow.open().talk().finish()
    lab.wait(0.1)
