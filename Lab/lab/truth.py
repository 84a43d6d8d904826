"""What caused each dropped packet, known from how the scenario was built. Read record.py first."""

from dataclasses import dataclass

COLUMNS = ("n", "time", "node", "interface", "src", "sport", "dst", "dport", "proto", "flags",
           "seq", "cause", "variant", "unexplainable")
PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp"}


@dataclass
class Rule:
    """Packets of a flow, in a phase of the run, and why they were dropped if they were."""
    cause: str
    variant: str
    ends: frozenset = None      # both (address, port) ends, in either direction
    match: object = None        # or a call: match(Logged) -> bool
    since: float = 0.0
    until: float = float("inf")
    unexplainable: bool = False
    hits: int = 0
    least: int = 0

    def fits(self, one):
        if not self.since <= one.time <= self.until:
            return False
        packet = one.packet
        if self.ends is not None:
            ends = {(packet.src, packet.sport), (packet.dst, packet.dport)}
            if ends != self.ends:
                return False
        return self.match is None or self.match(one)


class Truth:
    """The rules of a scenario; the first that fits a drop says its cause."""

    def __init__(self):
        self.rules = []

    def flow(self, flow, cause, variant="", **options):
        """Every drop of a connection, both ways. `least` drops must come, or the run fails."""
        ends = frozenset({tuple(flow.client), tuple(flow.server)})
        return self._add(Rule(cause, variant, ends, **options))

    def when(self, match, cause, variant="", **options):
        return self._add(Rule(cause, variant, None, match, **options))

    def _add(self, rule):
        self.rules.append(rule)
        return rule

    def judge(self, drops):
        """Pairs every drop with its rule; second, what went against the scenario's design."""
        judged, complaints = [], []
        for one in drops:
            rule = next((rule for rule in self.rules if rule.fits(one)), None)
            if rule is None:
                complaints.append(f"no rule explains the drop of {describe(one)}")
                continue
            rule.hits += 1
            judged.append((one, rule))
        for rule in self.rules:
            if rule.hits < rule.least:
                complaints.append(f"{rule.cause}/{rule.variant} was to drop {rule.least} packets "
                                  f"at least, and dropped {rule.hits}"
                                  + (f" of {sorted(rule.ends)}" if rule.ends else ""))
        return judged, complaints


def describe(one):
    p = one.packet
    return (f"{p.src}:{p.sport} > {p.dst}:{p.dport} proto {p.proto} [{p.letters}] seq {p.seq} "
            f"len {p.data_len} at {one.node} {one.in_if} by {one.prefix} {one.reason}")


def row(number, when, one, rule):
    p = one.packet
    tcp = p.proto == 6 and not p.frag
    return "\t".join(map(str, (
        number, f"{when:.6f}", one.node, one.in_if, p.src, p.sport, p.dst, p.dport,
        PROTOCOLS.get(p.proto, p.proto), p.letters if tcp else "", p.seq if tcp else "",
        rule.cause, rule.variant, int(rule.unexplainable))))
