"""The firewall loses its states while connections live: flush, failover, full table.

Beside them: connections before the loss that end well, and new ones after it, which work.
"""

CAUSE = "state-loss"


def run(lab):
    (flush, failover, table_full, flush)[lab.seed % 4](lab)


def crowd(lab, places=("lan", "wan")):
    """Connections between several hosts and services, all alive."""
    clients = [lab.host(places[0]) for _ in range(lab.rng.randrange(3, 6))]
    return [lab.flow(*places, source=lab.rng.choice(clients)).open().talk()
            for _ in range(lab.rng.randrange(5, 10))]


def go_on(lab, flows, variant):
    """All speak after the loss, at their own moments, and give up some time later."""
    for flow in flows:
        lab.truth.flow(flow, CAUSE, variant, least=1)
    lab.wait(lab.rng.uniform(0.1, 0.5))
    for flow in flows:
        end = lab.rng.choice("cs")
        if lab.rng.random() < 0.75:
            flow.say(end, lab.rng.randrange(1, 900))
        else:
            flow.close(end)
        lab.wait(lab.rng.uniform(0, 0.25))
    for flow in flows:
        lab.await_drops(flow, node=list(lab.firewalls)[-1])
    lab.wait(lab.rng.uniform(0.8, 2))
    lab.retire(*flows)
    for flow in flows[:3]:
        lab.flow(source=flow.client[0], target=flow.server[0],
                 port=flow.server[1]).open().talk().finish()
    lab.wait(0.1)


def flush(lab):
    """The table is emptied, as by a reload that clears states, or a reboot."""
    firewall = lab.line()
    lab.listen()
    lab.chatter(3)
    flows = crowd(lab)
    firewall.flush_states()
    firewall.load()
    lab.lost.append(lab.now())
    go_on(lab, flows, "flush")
    lab.chatter(3)


def failover(lab):
    """All traffic moves to a second firewall that knows none of its states."""
    lab.line()
    lab.second_firewall()
    lab.listen()
    lab.chatter(3)
    flows = crowd(lab)
    for place, way in (("lan", "172.31.254.1"), ("wan", "172.31.254.5")):
        target = "default" if place == "lan" else f"{lab.lan_net}.0/24"
        lab.net.ip(place, f"route replace {target} via {way}")
    go_on(lab, flows, "failover")
    lab.chatter(3)


def table_full(lab):
    """New openings are refused for want of room, and those already open go on."""
    firewall = lab.line()
    firewall.state_limit = lab.rng.randrange(6, 12)
    firewall.load()
    lab.listen()
    held = [lab.flow().open().talk() for _ in range(firewall.state_limit)]
    refused = [lab.flow() for _ in range(lab.rng.randrange(3, 7))]
    for flow in refused:
        lab.truth.flow(flow, CAUSE, "table-full", least=1, unexplainable=True)
        flow.start()
    for _ in range(4):
        for flow in held:
            flow.talk(10, 20)
        lab.wait(0.4)
    lab.retire(*refused)
    for flow in held:
        flow.finish(wait=0)
    lab.wait(0.3)
