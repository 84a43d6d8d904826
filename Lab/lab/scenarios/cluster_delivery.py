"""Frames to a cluster's common MAC reach the secondary too, which owns no connection.

The wire floods them as a switch does. Beside it: the primary's own log, on which all works.
"""

import ipaddress

CAUSE = "cluster-delivery"
PRIMARY = "203.0.113.2"


def run(lab):
    kind = ("nlb-unicast", "nlb-multicast", "nlb-igmp")[lab.seed % 3]
    four = ipaddress.ip_address(PRIMARY).packed
    mac = {"nlb-unicast": b"\x02\xbf" + four, "nlb-multicast": b"\x03\xbf" + four,
           "nlb-igmp": b"\x01\x00\x5e\x7f" + four[2:]}[kind].hex(":")
    lab.line()
    lab.net.ip("wan", f"neigh replace {PRIMARY} lladdr {mac} nud permanent dev e0")
    if kind == "nlb-unicast":
        lab.net.ip("fw1", f"link set eth1 address {mac}", "route replace default via 203.0.113.1")
    secondary(lab, mac if kind == "nlb-unicast" else None)
    lab.listen()
    lab.truth.when(lambda one: one.node == "fw2", CAUSE, kind, least=5)
    for _ in range(lab.rng.randrange(3, 6)):
        inbound = lab.flow("wan", "lan", port=lab.rng.choice((443, 80, 25))).open()
        inbound.talk(lab.rng.randrange(50, 700), lab.rng.randrange(50, 2000),
                     lab.rng.randrange(1, 4)).finish(lab.rng.choice("cs"))
        lab.wait(lab.rng.uniform(0.05, 0.4))
    lab.chatter(lab.rng.randrange(1, 3))


def secondary(lab, mac):
    """A second firewall on the same WAN segment, in waiting: it refuses whatever reaches it."""
    lab.net.node("fw2", forward=True)
    lab.net.link("lan", "f2", "fw2", "eth0")
    lab.net.link("fw2", "eth1", "cable", "x0", a_mac=mac)
    lab.net.ip("fw2", "addr add 172.31.254.1/30 dev eth0",
               f"route add {lab.lan_net}.0/24 via 172.31.254.2")
    lab.net.ip("lan", "addr add 172.31.254.2/30 dev f2")
    lab.wires["wan"].flood.append(lab.net.frame_socket("cable", "x0"))
    waiting = lab.firewall("fw2", {"eth0": "lan", "eth1": "wan"})
    waiting.active = False
    waiting.load()
