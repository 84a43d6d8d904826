"""A FIN, RST or last ACK that comes after the firewall has forgotten the closed connection.

Beside them: an idle connection that ends in FIN after its silence (idle-timeout) looks much alike.
"""

from ..packet import ACK, FIN, RST
from ..wire import DROP, HOLD

CAUSE = "late-close"


def run(lab):
    lab.line()
    lab.listen()
    lab.chatter(lab.rng.randrange(2, 5))
    shapes = [unanswered_fin, lost_fin, late_ack, late_rst, half_closed]
    lab.rng.shuffle(shapes)
    for shape in shapes[:lab.rng.randrange(2, 4)]:
        first = lab.rng.choice("cs")
        shape(lab, lab.flow().open().talk(), first, "s" if first == "c" else "c")
        lab.chatter(1)
    look_alike(lab)
    lab.chatter(1)


def wire_of(lab, flow, end):
    """The wire between the firewall and an end of a flow."""
    return lab.wires[flow.client_node if end == "c" else flow.server_node]


def after_fin(flow, end, passed=1):
    """A rule that cuts a host off once `passed` FINs of it went by: it sleeps, or its link does."""
    seen = []

    def rule(parsed, _):
        if flow.matches(parsed, end) and parsed.flags & FIN and len(seen) < passed:
            seen.append(parsed)
            return None
        return DROP if len(seen) == passed and flow.matches(parsed) else None
    rule.seen = seen
    return rule


def unanswered_fin(lab, flow, first, last):
    """Both have closed; the answer to the second FIN is lost beyond the firewall."""
    cut = after_fin(flow, last)
    undo = wire_of(lab, flow, last).rule(cut)
    flow.close(first)
    lab.wait(0.12)
    flow.close(last)
    lab.until(lambda: cut.seen, what="the second FIN")
    lab.truth.flow(flow, CAUSE, "fin", least=1)
    lab.idle("closed")
    undo()
    lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.1, 2))
    lab.retire(flow)


def lost_fin(lab, flow, first, last):
    """The first FIN is lost beyond the firewall, and comes again when the state is gone."""
    cut = after_fin(flow, first)
    undo = wire_of(lab, flow, first).rule(cut)
    drop = wire_of(lab, flow, last).rule(
        lambda p, _: DROP if flow.matches(p, first) and p.flags & FIN else None)
    flow.close(first)
    lab.until(lambda: cut.seen, what="the first FIN")
    lab.truth.flow(flow, CAUSE, "fin", least=1)
    lab.idle("half-closed")
    undo()
    lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.1, 1))
    drop()
    lab.retire(flow)


def late_ack(lab, flow, first, last):
    """The last ACK is under way for longer than the firewall waits for it."""
    wire = wire_of(lab, flow, first)
    fins = []
    cut = wire_of(lab, flow, last).rule(after_fin(flow, last))

    def rule(parsed, _):
        if flow.matches(parsed, last) and parsed.flags & FIN:
            fins.append(parsed)
        return HOLD if fins and flow.matches(parsed, first) and parsed.flags == ACK else None
    undo = wire.rule(rule)
    flow.close(first)
    lab.wait(0.12)
    flow.close(last)
    lab.until(lambda: wire.held, what="the last ACK")
    lab.truth.flow(flow, CAUSE, "last-ack", least=1)
    lab.idle("closed")
    undo()
    wire.release()
    lab.await_drops(flow)
    lab.retire(flow)
    cut()


def late_rst(lab, flow, first, last):
    """A host without a socket refuses what still comes; its second RST is late."""
    wire = wire_of(lab, flow, first)
    resets = []

    def rule(parsed, _):
        if flow.matches(parsed, first) and parsed.flags & RST:
            resets.append(parsed)
            return HOLD if len(resets) > 1 else None
        return None
    undo = wire.rule(rule)
    flow.close(first)
    lab.wait(0.12)
    flow.say(last, 40).say(last, 60)
    lab.until(lambda: wire.held, what="the second RST")
    lab.truth.flow(flow, CAUSE, "rst", least=1)
    lab.idle("reset")
    undo()
    wire.release()
    lab.await_drops(flow)
    lab.retire(flow)


def half_closed(lab, flow, first, last):
    """The second end closes after the half-close timer, with nothing more to say."""
    flow.half_close(first)
    lab.truth.flow(flow, CAUSE, "half-closed", least=1)
    lab.idle("half-closed")
    flow.close(last)
    lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.2, 1.5))
    lab.retire(flow)


def look_alike(lab):
    """No FIN before the silence: what comes after it is a FIN all the same."""
    flow = lab.flow().open().talk()
    lab.truth.flow(flow, "idle-timeout", "established", least=1)
    lab.idle("established")
    flow.close(lab.rng.choice("cs"))
    lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.2, 1.5))
    lab.retire(flow)
