"""A busy server answers after its clients have given up: late SYN/ACKs, late answers.

Beside them: another server that answers in time, and one late close of a single client.
"""

from ..wire import HOLD
from . import late_close

CAUSE = "overloaded-host"


def run(lab):
    lab.line()
    lab.listen()
    lab.chatter(3)
    shapes = [late_syn_acks, late_answers]
    lab.rng.shuffle(shapes)
    for shape in shapes[:lab.rng.randrange(1, 3)]:
        shape(lab)
        lab.chatter(2)
    if lab.rng.random() < 0.6:
        late_close.unanswered_fin(lab, lab.flow().open().talk(), "c", "s")
    lab.chatter(1)


def clients_of_one(lab):
    """Several clients of one server, which listens."""
    first = lab.flow().listen(64)
    first.keep = True
    others = [lab.flow(target=first.server[0], port=first.server[1], shared=first)
              for _ in range(lab.rng.randrange(3, 8))]
    return first, [first, *others]


def late_syn_acks(lab):
    """The server's SYN/ACKs come in a burst when the firewall has forgotten the SYNs."""
    _, flows = clients_of_one(lab)
    wire = lab.wires["wan"]
    answers = [wire.rule(lambda p, _, flow=flow: HOLD if flow.matches(p, "s") else None)
               for flow in flows]
    for flow in flows:
        lab.truth.flow(flow, CAUSE, "syn-ack", least=1)
        flow.start()
        lab.wait(lab.rng.uniform(0, 0.08))
    lab.wait(0.3)
    for flow in flows:
        flow.c.close()  # gives up: a close before the answer sends nothing
    lab.idle("opening")
    for undo in answers:
        undo()
    wire.release()
    for flow in flows:
        lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.3, 2))
    lab.retire(*flows)


def late_answers(lab):
    """Clients ask, wait, and reset; the server has not noticed, and answers then."""
    first, flows = clients_of_one(lab)
    for flow in flows:
        flow.open().talk()
    first.listener.close()
    lab.wait(0.2)  # the clients' delayed ACKs arrive, or the server would repeat itself
    wire = lab.wires["wan"]
    asked = [wire.rule(lambda p, _, flow=flow: HOLD if flow.matches(p, "c") else None)
             for flow in flows]
    for flow in flows:
        lab.truth.flow(flow, CAUSE, "answer", least=1)
        flow.say("c", lab.rng.randrange(50, 500))
        lab.wait(lab.rng.uniform(0, 0.1))
    lab.wait(lab.rng.uniform(0.4, 1))
    for flow in flows:
        flow.abort("c")
    lab.idle("reset")
    for flow in flows:
        flow.say("s", lab.rng.randrange(100, 1400))
        lab.wait(lab.rng.uniform(0, 0.05))
    for flow in flows:
        lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.3, 1.5))
    for undo in asked:
        undo()
    lab.retire(*flows)
    wire.forget()
