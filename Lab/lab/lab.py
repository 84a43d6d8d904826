"""One run: topology, hosts, silences, the writing of all views. Read net.py and truth.py first."""

import json
import os
import random
import time
from pathlib import Path

from . import packet, record, render, truth
from .clock import PRODUCTS, TIMEOUTS, Clock
from .firewall import Firewall
from .net import Net
from .traffic import Flow
from .truth import Truth
from .wire import DROP, Wire

SERVICES = (443, 80, 22, 25, 993, 3306, 5432, 8080, 8443, 5672, 1883, 3389)


class Broken(Exception):
    """The run did not go as the scenario says; its output must not be used."""


class Lab:
    """What a scenario works with: `line()` first, then hosts, flows, truth, silences."""

    def __init__(self, scenario, seed, out):
        self.scenario, self.seed, self.out = scenario, seed, Path(out)
        self.rng = random.Random(f"{scenario}/{seed}")
        self.net, self.truth = Net(), Truth()
        self.clock = Clock(self.rng)
        self.firewalls, self.recorders, self.wires = {}, {}, {}
        self.lost = []
        self.flows = []
        self.used = set()
        self.home = {}
        self.silenced = set()

    # Topology

    def line(self, allow=("meta l4proto tcp",), rtt=None):
        """lan, wire, fw1, wire, wan: the topology that README.md draws."""
        low = self.rng.uniform(0.001, 0.01)
        far = (rtt or self.rng.uniform(0.008, 0.06)) / 2
        for name in ("lan", "wan", "cable"):
            self.net.node(name)
        self.net.node("fw1", forward=True)
        self.lan_net = f"10.{self.rng.randrange(1, 250)}.{self.rng.randrange(250)}"
        self.net.link("lan", "e0", "cable", "l0")
        self.net.link("cable", "l1", "fw1", "eth0")
        self.net.link("fw1", "eth1", "cable", "w0")
        self.net.link("cable", "w1", "wan", "e0")
        self.wires["lan"] = Wire(self.net, "cable", "l0", "l1", low / 2)
        self.wires["wan"] = Wire(self.net, "cable", "w0", "w1", far)
        for wire in self.wires.values():
            wire.rule(self._silence)
        self.net.ip("fw1", f"addr add {self.lan_net}.1/24 dev eth0",
                    "addr add 203.0.113.2/24 dev eth1", "route add default via 203.0.113.1")
        self.net.ip("lan", f"addr add {self.lan_net}.2/24 dev e0",
                    f"route add default via {self.lan_net}.1")
        self.net.ip("wan", "addr add 203.0.113.1/24 dev e0",
                    f"route add {self.lan_net}.0/24 via 203.0.113.2")
        self.home = {"lan": "e0", "wan": "lo"}
        firewall = self.firewall("fw1", {"eth0": "lan", "eth1": "wan"})
        for match in allow:
            firewall.permit(match)
        firewall.load()
        return firewall

    def second_firewall(self, node="fw2"):
        """Another way between lan and wan; in both, routing table 102 leads to it."""
        self.net.node(node, forward=True)
        self.net.link("lan", "f2", node, "eth0")
        self.net.link(node, "eth1", "wan", "f2")
        self.net.ip(node, "addr add 172.31.254.1/30 dev eth0", "addr add 172.31.254.5/30 dev eth1",
                    f"route add {self.lan_net}.0/24 via 172.31.254.2",
                    "route add default via 172.31.254.6")
        self.net.ip("lan", "addr add 172.31.254.2/30 dev f2",
                    "route add default via 172.31.254.1 table 102")
        self.net.ip("wan", "addr add 172.31.254.6/30 dev f2",
                    "route add default via 172.31.254.5 table 102")
        made = self.firewall(node, {"eth0": "lan", "eth1": "wan"})
        for match in self.firewalls["fw1"].allow:
            made.permit(match)
        made.load()
        return made

    def firewall(self, node, interfaces):
        made = Firewall(self.net, node, interfaces)
        self.firewalls[node] = made
        return made

    def listen(self):
        """Begins to record; what comes before is not part of the run."""
        for node, firewall in self.firewalls.items():
            self.recorders[node] = record.Recorder(self.net, firewall)
        self.clock.begin(time.time())

    # Hosts and flows

    def address(self, place):
        """An unused address of a place, which no host has yet."""
        while True:
            if place == "lan":
                made = f"{self.lan_net}.{self.rng.randrange(10, 250)}"
            else:
                made = f"{self.rng.choice(('192.0.2', '198.51.100'))}.{self.rng.randrange(1, 250)}"
            if made not in self.used:
                self.used.add(made)
                return made

    def host(self, place):
        """A host: its address answers in that place's stack."""
        made = self.address(place)
        bits = 24 if place == "lan" else 32
        self.net.ip(place, f"addr add {made}/{bits} dev {self.home[place]}")
        return made

    def phantom_lan(self):
        """An inside address that no stack owns, so that nothing answers for it."""
        made = self.address("lan")
        self.net.ip("fw1", f"neigh add {made} lladdr {self.net.mac('lan', 'e0')} dev eth0")
        return made

    def port(self):
        return self.rng.randrange(32768, 61000)

    def flow(self, client="lan", server="wan", port=None, source=None, target=None, **options):
        """A connection between two places; hosts are new unless given."""
        made = Flow(self.net, client, (source or self.host(client), self.port()), server,
                    (target or self.host(server), port or self.rng.choice(SERVICES)), **options)
        self.flows.append(made)
        return made

    def chatter(self, count=3, places=("lan", "wan")):
        """Connections that work: none of them may lose a packet to the firewall."""
        for _ in range(count):
            flow = self.flow(*places).open()
            flow.talk(self.rng.randrange(20, 900), self.rng.randrange(50, 5000),
                      self.rng.randrange(1, 4))
            flow.finish(self.rng.choice("cs"), wait=0.08)
        time.sleep(0.1)

    def retire(self, *flows):
        """Ends both hosts' part in connections: what their stacks still repeat gets nowhere."""
        # Repeats would go on into the next silence, and be stretched with it.
        self.silenced.update(id(flow) for flow in flows)
        for flow in flows:
            flow.quit()

    def _silence(self, parsed, _port):
        if any(id(flow) in self.silenced and flow.matches(parsed) for flow in self.flows):
            return DROP
        return None

    # Time

    @staticmethod
    def now():
        return time.time()

    @staticmethod
    def wait(seconds):
        time.sleep(seconds)

    def idle(self, kind, share=None):
        """Silence past the state's end, or for `share` (< 1) of its life. Later it is stretched."""
        time.sleep(0.12)  # what is still on the wire arrives
        begin = time.time()
        limit = TIMEOUTS["lab"][kind]
        # The kernel's timers have whole seconds, and a few milliseconds of grace.
        time.sleep(limit * share if share else limit + 0.25)
        end = time.time() - 0.01
        factor = share or self.rng.choice((1.01, 1.05)) + self.rng.expovariate(4)
        lengths = {p: max(end - begin, TIMEOUTS[p][kind] * factor) for p in PRODUCTS}
        self.clock.gap(begin + 0.01, end, lengths, kind)

    def pause(self, seconds):
        """Quiet minutes in which nothing lives that could be forgotten."""
        time.sleep(0.12)
        begin = time.time()
        time.sleep(0.08)
        end = time.time()
        self.clock.gap(begin, end, {p: seconds for p in PRODUCTS}, "pause")

    def last(self, flow, end, node="fw1"):
        """The newest packet that an end sent and the firewall saw."""
        seen = [entry for frames in self.recorders[node].frames.values() for entry in frames]
        for _, _, data, _ in sorted(seen, key=lambda entry: -entry[0]):
            parsed = packet.parse(data[14:])
            if parsed and flow.matches(parsed, end):
                return parsed
        raise Broken(f"nothing of {flow.client} > {flow.server} was seen")

    def until(self, test, seconds=4.0, what="what was to happen"):
        """Waits for a condition; the run breaks when it does not come."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if test():
                return
            time.sleep(0.01)
        raise Broken(f"{what} did not happen within {seconds} s")

    def drops(self, node="fw1"):
        return self.recorders[node].drops()

    def await_drops(self, flow, count=1, node="fw1", seconds=5.0):
        """Waits until a connection has lost so many packets."""
        self.until(lambda: sum(flow.matches(d.packet) for d in self.drops(node)) >= count,
                   seconds, f"drop {count} of {flow.client} > {flow.server}")

    # End

    def finish(self):
        for recorder in self.recorders.values():
            recorder.stop()
        complaints, rows, unseen, total = [], [], {}, 0
        mapped = self.clock.mapper("netfilter")
        self.out.mkdir(parents=True, exist_ok=True)
        number = 0
        for node, recorder in self.recorders.items():
            drops = sorted(recorder.drops(), key=lambda one: one.time)
            judged, bad = self.truth.judge(drops)
            complaints += [text for text in bad if text.startswith("no rule")]
            numbered = []
            for pair in judged:
                number += 1
                numbered.append((number, pair))
                rows.append(truth.row(number, mapped(pair[0].time), *pair))
            total += len(judged)
            unseen[node] = render.write(self, node, recorder, numbered)
            self._captures(node, recorder, drops, mapped)
        complaints += self.truth.judge([])[1] + self._disturbed()
        if total == 0:
            complaints.append("nothing was dropped")
        with open(self.out / "truth.tsv", "w", encoding="ascii") as file:
            file.write("\t".join(truth.COLUMNS) + "\n")
            file.writelines(row + "\n" for row in rows)
        self._meta(unseen, total)
        if complaints:
            raise Broken("; ".join(complaints[:8]))
        return total

    def _disturbed(self):
        """Packets in a declared silence: stretching would spoil their spacing."""
        out = []
        for node, recorder in self.recorders.items():
            for frames in recorder.frames.values():
                for when, _, data, _ in frames:
                    inside = [gap["kind"] for gap in self.clock.gaps
                              if gap["begin"] < when < gap["end"] - 0.02]
                    parsed = packet.parse(data[14:]) if inside else None
                    if parsed and parsed.proto == 6:
                        out.append(f"a silence ({inside[0]}) at {node} was disturbed by "
                                   f"{parsed.key} [{parsed.letters}]")
        return out[:3]

    def _captures(self, node, recorder, drops, mapped):
        for name, frames in recorder.frames.items():
            record.pcap(self.out / f"{node}-{name}.pcap",
                        [(mapped(when), *rest) for when, *rest in sorted(frames)])
        record.pcap(self.out / f"{node}.drops.pcap",
                    [(mapped(one.time), len(one.link) + one.packet.length,
                      one.link + one.packet.raw) for one in drops])
        with open(self.out / f"{node}.conntrack", "w", encoding="ascii") as file:
            file.writelines(f"[{mapped(when):.6f}]\t{rest.strip()}\n"
                            for when, rest in recorder.events)

    def _meta(self, unseen, total):
        meta = {"scenario": self.scenario, "seed": self.seed, "drops": total,
                "held_out": 100 <= self.seed <= 199, "kernel": os.uname().release,
                "base": self.clock.base, "timeouts": TIMEOUTS, "gaps": self.clock.describe(),
                "nodes": {node: fw.interfaces for node, fw in self.firewalls.items()},
                "rules": [fw.allow for fw in self.firewalls.values()],
                # Rows of truth.tsv for which a product writes no line at all.
                "unlogged": unseen}
        (self.out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n")

    def close(self):
        for flow in self.flows:
            flow.quit()
        for recorder in self.recorders.values():
            recorder.stopping = True
            if recorder.conntrack.poll() is None:
                recorder.conntrack.kill()
                recorder.conntrack.wait()
        for wire in self.wires.values():
            wire.close()
        self.net.close()
