"""Drops and passes as the logs of four products. Read record.py first, then lines.py."""

from . import lines, packet
from .clock import TIMEOUTS

RENDERERS = {"netfilter": lines.netfilter, "filterlog": lines.filterlog, "asa": lines.asa,
             "forcepoint": lines.forcepoint}


class Passed:
    """The connections that a firewall let open, followed to their end by its captures."""

    def __init__(self, logged, frames, dropped):
        self.opens = [one for one in logged if one.prefix.startswith("p:")]
        refused = {self._same(one.packet) for one in dropped}
        self.moves = {}
        for _, taken in frames.items():
            for when, _, data, outgoing in taken:
                parsed = None if outgoing else packet.parse(data[14:])
                if parsed and parsed.proto == 6 and self._same(parsed) not in refused:
                    self.moves.setdefault(self._ends(parsed), []).append((when, parsed))
        for moves in self.moves.values():
            moves.sort(key=lambda move: move[0])

    @staticmethod
    def _same(p):
        # The hop count is left out: a forwarding firewall has lowered it already when it drops.
        return (p.key, p.id, p.seq, p.ack, p.flags)

    @staticmethod
    def _ends(p):
        return frozenset({(p.src, p.sport), (p.dst, p.dport)})

    def closes(self, product, mapped, lost):
        """(product's time, opening, seconds, bytes, reason) of each connection that ended."""
        for one in self.opens:
            if one.packet.proto != 6:
                continue
            end = self._end(one, TIMEOUTS[product], mapped, lost)
            if end:
                yield one, *end

    def _end(self, one, timers, mapped, lost):
        fins, acked, size, last, answered = {}, set(), 0, one.time, False
        begun = mapped(one.time)
        for when, p in self.moves.get(self._ends(one.packet), ()):
            if when < one.time - 0.001:
                continue
            if any(last < moment < when for moment in lost):
                return None  # the firewall forgot it, and says nothing
            limit = timers["established" if answered else "opening"]
            if mapped(when) - mapped(last) > limit:
                return self._silent(begun, mapped(last) + limit, size, answered)
            own = p.src == one.packet.src
            answered = answered or not own
            size += p.data_len
            if p.flags & packet.RST:
                return mapped(when), mapped(when) - begun, size, "TCP Reset-I" if own else \
                    "TCP Reset-O"
            acked |= {side for side, end in fins.items() if side != own and p.ack == end}
            if p.flags & packet.FIN:
                fins[own] = p.end & 0xFFFFFFFF
            if len(acked) == 2:
                return mapped(when), mapped(when) - begun, size, "TCP FINs"
            last = when
        return None

    @staticmethod
    def _silent(begun, at, size, answered):
        return at, at - begun, size, "Conn-timeout" if answered else "SYN Timeout"


def hidden(product, one):
    """Whether the product drops such a packet without a line."""
    # pf, ASA and their like only count a packet that does not fit an existing state.
    windowed = one.reason and not lines.stateless(one.reason)
    silent = one.prefix == "d:reuse" and product == "filterlog"
    return bool(windowed and product in ("filterlog", "asa") or silent
                or "bad checksum" in one.reason and product == "asa")


def write(lab, node, recorder, judged):
    """Writes the logs of one firewall in both flavours; returns the rows some product hides."""
    passed = Passed(recorder.logged, recorder.frames, [one for _, (one, _) in judged])
    unseen = {}
    for product, make in RENDERERS.items():
        mapped = lab.clock.mapper(product)
        style = lines.Style(lab, recorder.firewall)
        drops = []
        for number, (one, _) in judged:
            if hidden(product, one):
                unseen.setdefault(product, []).append(number)
            else:
                drops.append((mapped(one.time), make(style, mapped(one.time), "drop", one)))
        more = [(mapped(one.time), make(style, mapped(one.time), "open", one))
                for one in passed.opens]
        for one, at, seconds, size, reason in passed.closes(product, mapped, lab.lost):
            text = make(style, at, "close", one, (seconds, size, reason))
            more.append((at, text))
        path = lab.out / f"{node}.{product}"
        _lines(f"{path}.log", drops)
        _lines(f"{path}-openings.log", sorted(drops + [line for line in more if line[1]],
                                              key=lambda line: line[0]))
    return unseen


def _lines(path, timed):
    with open(path, "w", encoding="ascii") as file:
        file.writelines(text + "\n" for _, text in timed)
