"""Probes without a connection: nmap's techniques, and single shots as masscan and zmap send them.

Beside them: working connections of the probed hosts.
"""

import threading

from .. import packet
from ..traffic import Raw

CAUSE = "scan"
TECHNIQUES = {"-sA": "ack", "-sW": "window", "-sF": "fin", "-sX": "xmas", "-sN": "null",
              "-sM": "maimon", "-sS": "syn"}


def run(lab):
    # Nobody outside may open anything, so that a SYN scan is refused too.
    lab.line(allow=("iifname eth0 meta l4proto tcp",))
    lab.listen()
    lab.chatter(3)
    hosts = [lab.host("lan") for _ in range(lab.rng.randrange(2, 4))]
    chosen = lab.rng.sample(sorted(TECHNIQUES), lab.rng.randrange(2, 5))
    scans = [threading.Thread(target=nmap, args=(lab, lab.host("wan"), hosts, way))
             for way in chosen]
    for scan in scans:
        scan.start()
    lab.chatter(2)
    for scan in scans:
        scan.join()
    single_shots(lab, hosts)
    if lab.rng.random() < 0.6:
        lone_probe(lab, hosts[0])
    lab.chatter(1)


def nmap(lab, source, hosts, way):
    """One scan; a slow one is spread over seconds."""
    ports = sorted(lab.rng.sample((21, 22, 23, 25, 53, 80, 110, 139, 143, 443, 445, 993, 1433,
                                   3306, 3389, 5432, 5900, 8080), lab.rng.randrange(5, 12)))
    pace = lab.rng.choice((["-T4"], ["--scan-delay", "150ms", "--max-retries", "0"]))
    cause = "policy" if way == "-sS" else CAUSE
    lab.truth.when(lambda one: source in (one.packet.src, one.packet.dst), cause, TECHNIQUES[way],
                   least=1)
    lab.net.exec("wan", "nmap", "-n", "-Pn", "--max-retries", "1", "--host-timeout", "7s", *pace,
                 "-e", "e0", "-S", source, way, "-p", ",".join(map(str, ports)), *hosts)


def single_shots(lab, hosts):
    """SYN/ACK probes by a raw socket: one for each target, many targets."""
    source = lab.address("wan")
    raw = Raw(lab.net, "wan")
    zmap = lab.rng.random() < 0.5
    port = lab.rng.randrange(32768, 61000) if zmap else lab.rng.randrange(40000, 60000)
    targets = hosts + [f"{lab.lan_net}.{n}" for n in lab.rng.sample(range(10, 250), 8)]
    lab.truth.when(lambda one: source in (one.packet.src, one.packet.dst), CAUSE, "syn-ack",
                   least=5)
    for target in targets:
        seq, ack = lab.rng.getrandbits(32), lab.rng.getrandbits(32)
        raw.send(packet.tcp(
            source, port + lab.rng.randrange(0, 99) * zmap, target, lab.rng.choice((80, 443, 22)),
            packet.SYN | packet.ACK, seq=seq, ack=ack, options=packet.MSS(1460), df=False,
            window=65535 if zmap else 1024, ttl=64 if zmap else 255,
            ident=lab.rng.randrange(1, 65536)))
        lab.wait(lab.rng.uniform(0.005, 0.12))
    raw.close()


def lone_probe(lab, host):
    """A single ACK from an address that is never seen again: nothing shows what it was."""
    source = lab.address("wan")
    raw = Raw(lab.net, "wan")
    lab.truth.when(lambda one: one.packet.src == source, CAUSE, "ack", unexplainable=True, least=1)
    raw.send(packet.tcp(source, lab.port(), host, 443, packet.ACK, window=1024,
                        ack=lab.rng.getrandbits(32), ident=lab.rng.randrange(1, 65536),
                        ttl=lab.rng.randrange(37, 59), df=False))
    lab.wait(0.1)
    raw.close()
