"""An hour of an office's firewall: several causes one after the other, over background traffic.

Each part is that of its own scenario; quiet minutes lie between.
"""

import threading

from ..traffic import Raw, curl, serve_http
from . import backscatter, late_close, not_tcp, overloaded_host, policy, scan, spoofed_flags


def run(lab):
    lab.line(allow=("iifname eth0 tcp dport != { 23, 135, 445, 2323, 5900, 6379 }",))
    web = lab.host("wan"), 80
    server = serve_http(lab.net, "wan", web)
    # Victims that go on for a minute would be heard in the quiet minutes, which last 0.1 s here.
    lab.net.sysctl("wan", {"net.ipv4.tcp_synack_retries": 1})
    lab.listen()
    parts = [closes, sleepers, probes, scattered, tunnel, busy, refused, forged]
    lab.rng.shuffle(parts)
    for part in parts[:lab.rng.randrange(4, 6)]:
        background(lab, web)
        part(lab)
        lab.pause(lab.rng.uniform(120, 700))
    background(lab, web)
    server.shutdown()
    server.socket.close()


def background(lab, web):
    """Browsers and other clients, all at once."""
    clients = [lab.host("lan") for _ in range(lab.rng.randrange(1, 4))]
    browsing = [threading.Thread(target=curl, args=(lab.net, "lan", client, web, "/page"))
                for client in clients]
    for one in browsing:
        one.start()
    lab.chatter(lab.rng.randrange(1, 4))
    for one in browsing:
        one.join()


def closes(lab):
    shape = lab.rng.choice((late_close.unanswered_fin, late_close.late_ack, late_close.late_rst))
    first = lab.rng.choice("cs")
    shape(lab, lab.flow().open().talk(), first, "s" if first == "c" else "c")


def sleepers(lab):
    flow = lab.flow().open().talk(rounds=2)
    lab.truth.flow(flow, "idle-timeout", "established", least=1)
    lab.idle("established")
    flow.say(lab.rng.choice("cs"), lab.rng.randrange(10, 400))
    lab.await_drops(flow)
    lab.wait(lab.rng.uniform(0.5, 2))
    lab.retire(flow)


def probes(lab):
    hosts = [lab.host("lan") for _ in range(2)]
    scan.nmap(lab, lab.host("wan"), hosts, lab.rng.choice(sorted(scan.TECHNIQUES)))


def scattered(lab):
    raw = Raw(lab.net, "wan")
    # From the Internet's own side, so that the forged packets do not cross the firewall.
    backscatter.attack(lab, raw, lab.rng.choice(("syn-ack", "rst")))
    lab.wait(1)
    raw.close()


def tunnel(lab):
    made = not_tcp.Tunnel(lab, lab.rng.choice(("phantun-like", "udp2raw-like", "ipsec-over-tcp")))
    lab.truth.when(made.fits, not_tcp.CAUSE, made.shape, least=5)
    made.speak(lab.rng.randrange(15, 40))
    made.close()


def busy(lab):
    lab.rng.choice((overloaded_host.late_syn_acks, overloaded_host.late_answers))(lab)


def refused(lab):
    flows = policy.refused_syns(lab, lab.rng.randrange(2, 5))
    lab.wait(1.3)
    lab.retire(*flows)


def forged(lab):
    spoofed_flags.forged(lab, lab.rng.randrange(2, 5))
