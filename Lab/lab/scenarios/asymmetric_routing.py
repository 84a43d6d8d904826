"""The firewall sees one direction of a connection only, for the other has another way.

Beside them: connections of other hosts whose two directions both come through.
"""

CAUSE = "asymmetric-routing"


def run(lab):
    shape = (reply_only, open_only, same_interface, multi_wan, two_nodes)[lab.seed % 5]
    shape(lab)


def detour(lab, name="r2"):
    """A second router between lan and wan, without a firewall; both ends are left unrouted."""
    lab.net.node(name, forward=True)
    lab.net.link("lan", "e1", name, "d0")
    lab.net.link(name, "d1", "wan", "e1")
    lab.net.ip(name, "addr add 172.31.255.1/30 dev d0", "addr add 172.31.255.5/30 dev d1",
               f"route add {lab.lan_net}.0/24 via 172.31.255.2",
               "route add default via 172.31.255.6")
    lab.net.ip("lan", "addr add 172.31.255.2/30 dev e1")
    lab.net.ip("wan", "addr add 172.31.255.6/30 dev e1")


def bypass_out(lab, flow):
    """What the client sends goes past the firewall."""
    lab.net.ip("lan", f"rule add from {flow.client[0]} to {flow.server[0]} lookup 100")
    lab.net.ip("lan", "route replace default via 172.31.255.1 table 100")


def bypass_back(lab, flow):
    """What the server sends goes past the firewall."""
    lab.net.ip("wan", f"rule add from {flow.server[0]} to {flow.client[0]} lookup 100")
    lab.net.ip("wan", "route replace default via 172.31.255.5 table 100")


def reply_only(lab):
    """The SYN went another way; SYN/ACK, data and FIN of the server come through, and stray."""
    lab.line()
    detour(lab)
    lab.listen()
    lab.chatter(2)
    hosts = [lab.host("lan") for _ in range(lab.rng.randrange(1, 4))]
    flows = []
    for _ in range(lab.rng.randrange(2, 6)):
        flow = lab.flow(source=lab.rng.choice(hosts))
        bypass_out(lab, flow)
        lab.truth.flow(flow, CAUSE, "reply-only", least=1)
        flow.start()
        flows.append(flow)
        lab.wait(lab.rng.uniform(0, 0.5))
    lab.chatter(1)
    lab.wait(lab.rng.uniform(3, 5))
    lab.retire(*flows)
    lab.chatter(1)


def open_only(lab):
    """The SYN came through, the SYN/ACK did not: what follows the SYN is refused."""
    lab.line()
    detour(lab)
    lab.listen()
    lab.chatter(2)
    flows = []
    for _ in range(lab.rng.randrange(2, 5)):
        flow = lab.flow()
        bypass_back(lab, flow)
        flows.append(flow)
        lab.truth.flow(flow, CAUSE, "open-only", least=1)
    half_open(lab, flows)
    lab.chatter(2)


def half_open(lab, flows):
    """Opens with the answers on another way; the client's data comes after the opening timer."""
    # The server would repeat its SYN/ACK all through the silence.
    lab.net.sysctl(flows[0].server_node, {"net.ipv4.tcp_synack_retries": 0})
    for flow in flows:
        flow.start()
    lab.wait(0.3)
    lab.idle("opening")
    for flow in flows:
        try:
            flow.say("c", lab.rng.randrange(20, 800))
        except OSError:
            pass  # the client has given the connection up meanwhile
    lab.wait(lab.rng.uniform(1.5, 3))
    lab.retire(*flows)
    lab.wait(0.1)


def same_interface(lab):
    """A route to a second router on the same LAN: requests through the firewall, answers direct."""
    inner = f"10.{lab.rng.randrange(251, 255)}.{lab.rng.randrange(250)}"
    firewall = lab.line()
    lab.net.node("site", forward=True)
    lab.net.link("lan", "e1", "site", "s0")
    # One LAN: the second router's port and the hosts' port are bridged.
    mac = lab.net.mac("lan", "e0")
    lab.net.ip("lan", "link add br0 type bridge", "addr flush dev e0",
               "link set e0 master br0", "link set e1 master br0", f"link set br0 address {mac}",
               "link set br0 up", f"addr add {lab.lan_net}.2/24 dev br0",
               f"route replace default via {lab.lan_net}.1")
    lab.home["lan"] = "br0"
    lab.net.ip("site", f"addr add {lab.lan_net}.254/24 dev s0")
    lab.net.ip("fw1", f"route add {inner}.0/24 via {lab.lan_net}.254")
    lab.net.sysctl("lan", {"net.ipv4.conf.all.accept_redirects": 0,
                           "net.ipv4.conf.br0.accept_redirects": 0})
    firewall.load()
    lab.listen()
    lab.chatter(2)
    flows = []
    for _ in range(lab.rng.randrange(2, 5)):
        target = f"{inner}.{lab.rng.randrange(5, 250)}"
        lab.net.ip("site", f"addr replace {target}/32 dev lo")
        flow = lab.flow("lan", "site", target=target)
        lab.truth.flow(flow, CAUSE, "same-interface", least=1)
        flows.append(flow)
    half_open(lab, flows)
    lab.chatter(1)


def multi_wan(lab):
    """Opened by the first WAN, answered by the second."""
    firewall = lab.line()
    lab.net.link("fw1", "eth2", "wan", "e2")
    lab.net.ip("fw1", "addr add 198.18.7.2/24 dev eth2")
    lab.net.ip("wan", "addr add 198.18.7.1/24 dev e2",
               "route replace default via 198.18.7.2 table 100")
    firewall.interfaces["eth2"] = "wan2"
    # A state belongs to the interface that it was made on, as pf's if-bound policy has it.
    firewall.bound = {"eth1": 1, "eth2": 2, "eth0": 1}
    firewall.load()
    lab.listen()
    lab.chatter(2)
    flows = []
    for _ in range(lab.rng.randrange(2, 5)):
        flow = lab.flow()
        lab.net.ip("wan", f"rule add from {flow.server[0]} to {flow.client[0]} lookup 100")
        lab.truth.flow(flow, CAUSE, "multi-wan", least=1)
        flow.start()
        flows.append(flow)
    lab.wait(lab.rng.uniform(2.5, 4))
    lab.retire(*flows)
    lab.chatter(1)


def two_nodes(lab):
    """Two firewalls without a shared table: one has the requests, the other the answers."""
    lab.line()
    lab.second_firewall()
    lab.listen()
    lab.chatter(2)
    flows = []
    for _ in range(lab.rng.randrange(2, 5)):
        flow = lab.flow()
        lab.net.ip("wan", f"rule add from {flow.server[0]} to {flow.client[0]} lookup 102")
        lab.truth.flow(flow, CAUSE, "reply-only", least=1)
        flow.start()
        flows.append(flow)
        lab.wait(lab.rng.uniform(0, 0.4))
    lab.wait(lab.rng.uniform(3, 5))
    lab.retire(*flows)
    lab.chatter(1)
