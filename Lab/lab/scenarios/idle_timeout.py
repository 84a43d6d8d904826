"""Connections silent for longer than the firewall remembers, then an end speaks again.

Beside them: connections kept alive through the same silence, and one that ends in FIN before it.
"""

from ..wire import DROP, HOLD

CAUSE = "idle-timeout"


def run(lab):
    lab.line()
    lab.listen()
    lab.chatter(lab.rng.randrange(2, 5))
    established(lab)
    if lab.rng.random() < 0.7:
        half_closed(lab)
    if lab.rng.random() < 0.6:
        opening(lab)
    lab.chatter(2)


def established(lab):
    """Some sleepers with one silence: the client, the server, or a close wakes them."""
    sleepers = [lab.flow().open().talk() for _ in range(lab.rng.randrange(2, 5))]
    awake = [lab.flow().open().talk() for _ in range(lab.rng.randrange(1, 3))]
    lab.flow().open().talk().finish()
    # A part of the silence at which those kept alive speak: they survive it.
    for _ in range(2):
        lab.idle("established", share=0.6)
        for flow in awake:
            flow.talk(20, 20)
        lab.wait(0.05)
    for flow in awake:
        flow.close("c")
        flow.close("s")
    ways = [lab.rng.choice(("client", "server", "close", "abort", "keepalive"))
            for _ in sleepers]
    for flow, way in zip(sleepers, ways):
        lab.truth.flow(flow, CAUSE, "established", least=1)
        speak(lab, flow, way)
    for flow in sleepers:
        lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.6, 2.0))
    for flow, way in zip(sleepers, ways):
        if way in ("client", "server"):
            flow.abort("c" if way == "client" else "s")
    # The client gives up and connects anew: the pair works.
    for flow in sleepers:
        lab.flow(source=flow.client[0], target=flow.server[0],
                 port=flow.server[1]).open().talk().finish()
    lab.retire(*sleepers)
    lab.wait(0.2)


def speak(lab, flow, way):
    end = "s" if way == "server" else "c"
    if way in ("client", "server"):
        flow.say(end, lab.rng.randrange(1, 900))
    elif way == "keepalive":
        # Switched on after the silence, so the first probe comes at once.
        flow.keepalive(lab.rng.choice("cs"), 1, lab.rng.randrange(2, 4))
    elif way == "close":
        flow.close(lab.rng.choice("cs"))
    else:
        flow.abort(lab.rng.choice("cs"))


def half_closed(lab):
    """One end has closed, and the other goes on after the half-close timer."""
    flow = lab.flow().open().talk()
    first = lab.rng.choice("cs")
    other = "s" if first == "c" else "c"
    flow.half_close(first)
    lab.truth.flow(flow, CAUSE, "half-closed", least=1)
    lab.idle("half-closed")
    flow.say(other, lab.rng.randrange(1, 700))
    lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.3, 1.2))
    flow.abort(other)
    lab.retire(flow)
    lab.wait(0.2)


def opening(lab):
    """The SYN/ACK comes when the firewall has forgotten the SYN."""
    flow = lab.flow(timeout=6)
    wire = lab.wires["wan"]
    # The client's own repeats would open a new state, so they are held too.
    undo = wire.rule(lambda p, port: HOLD if flow.matches(p, "s") else None)
    lost = lab.wires["lan"].rule(lambda p, port: DROP if flow.matches(p, "c")
                                 and lab.now() > begun + 0.5 else None)
    begun = lab.now()
    flow.start()
    lab.truth.flow(flow, CAUSE, "opening", least=1)
    lab.wait(0.3)
    lab.idle("opening")
    undo()
    wire.release()
    lab.await_drops(flow)
    lab.wait(0.5)
    lost()
    lab.retire(flow)
    lab.wait(0.2)
