"""A forwarder between two raw wires, and what its connection tracking says of packets. Read
Benchmarks/Differential/Main.swift first: it makes the packets and tells their format."""

import socket
import struct
import time
from dataclasses import dataclass, field

from . import net

CLASSES = ("new", "established", "related", "invalid", "untracked")
STATES = ("NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK",
          "TIME_WAIT", "CLOSE", "SYN_SENT2")
NOTHING = 255
LOST = 9
# The class is written into the six bits of the packet's service class, after conntrack.
RULES = "table inet t {\n chain c {\n type filter hook forward priority 0;\n" + "".join(
    f" ct state {name} {family} dscp set {number + 1}\n"
    for number, name in enumerate(CLASSES) for family in ("ip", "ip6")) + " }\n}\n"

ROUND = struct.Struct(">sHH")
PACKET = struct.Struct(">HBHBBBIHB")
SEEN_REPLY, ASSURED = 2, 4
# ctnetlink: dump and delete (linux/netfilter/nfnetlink_conntrack.h).
GET, DELETE = 0x0101, 0x0102
REQUEST, ACK, DUMP = 1, 4, 0x300
TCP = 6


class Difference(Exception):
    """The stream of packets is not what it should be."""


def exactly(stream, count):
    data = stream.read(count)
    if len(data) != count:
        raise Difference(f"{count} bytes wanted, {len(data)} came")
    return data


@dataclass
class Batch:
    settings: str
    conversations: int
    # Of each round: its pause in seconds, and its packets as (conversation, side, bytes, class,
    # entry), where an entry is (phase, marks, seconds, round, whether the client opened).
    rounds: list

    @classmethod
    def read(cls, stream):
        mark = stream.read(1)
        if not mark:
            return None
        if mark != b"B":
            raise Difference("no batch begins here")
        settings = exactly(stream, struct.unpack(">H", exactly(stream, 2))[0]).decode()
        conversations, count = struct.unpack(">HH", exactly(stream, 4))
        rounds = []
        for _ in range(count):
            mark, pause, packets = ROUND.unpack(exactly(stream, ROUND.size))
            if mark != b"R":
                raise Difference("no round begins here")
            listed = []
            for _ in range(packets):
                number, side, length, kind, *entry = PACKET.unpack(exactly(stream, PACKET.size))
                listed.append((number, side, exactly(stream, length), kind, tuple(entry)))
            rounds.append((pause / 1000, listed))
        return cls(settings, conversations, rounds)


@dataclass
class Found:
    conversation: int
    round: int
    model: str
    kernel: str


@dataclass
class Result:
    packets: int = 0
    spoiled: bool = False
    settings: str = ""
    differences: list = field(default_factory=list)
    # Of each conversation, its packets with what the kernel said, until the first difference; and
    # the seconds that passed.
    lines: dict = field(default_factory=dict)

    def vectors(self, number, name):
        """A conversation as a vector file has it (Tests/Vectors)."""
        listed, text = 0, f"S\t{name}\t{self.settings or '-'}\n"
        for line in self.lines[number]:
            if isinstance(line, str):
                listed += 1
                text += f"R\t{listed}\t{line}\n"
            else:
                text += f"T\t{line:.0f}\n"
        return text


class Bench:
    """The namespaces and sockets; a batch after the other is run in them."""

    def __init__(self):
        self.net = net.Net()
        self.net.tag = f"nf-{self.net.tag}"
        try:
            self.build()
        except BaseException:
            self.net.close()
            raise

    def build(self):
        self.net.node("ends")
        self.net.node("fwd", forward=True)
        self.net.sysctl("fwd", {
            "net.ipv6.conf.all.disable_ipv6": 0, "net.ipv6.conf.default.disable_ipv6": 0,
            "net.ipv6.conf.default.accept_dad": 0, "net.ipv6.conf.all.forwarding": 1,
            "net.ipv4.conf.all.send_redirects": 0, "net.ipv4.conf.default.send_redirects": 0,
        })
        for index, side in enumerate(("client", "server")):
            mac = f"02:00:00:00:{index:02x}:02"
            self.net.link("ends", side, "fwd", side, mac, f"02:00:00:00:{index:02x}:01")
            self.net.ip("ends", f"link set {side} mtu 9000")
            self.net.ip(
                "fwd", f"link set {side} mtu 9000", f"addr add 10.9.{index}.1/24 dev {side}",
                f"addr add fd09:{index}::1/64 dev {side} nodad",
                f"neigh replace 10.9.{index}.2 lladdr {mac} dev {side} nud permanent",
                f"neigh replace fd09:{index}::2 lladdr {mac} dev {side} nud permanent")
        self.net.exec("fwd", "nft", "-f", "-", stdin=RULES)
        self.wires = [self.wire("client"), self.wire("server")]
        # To the forwarder's end of the wire, from its own.
        self.frames = [bytes((2, 0, 0, 0, index, 1, 2, 0, 0, 0, index, 2)) for index in (0, 1)]
        self.netlink = self.net.inside("fwd", self.open_netlink)
        self.defaults = {}

    def wire(self, side):
        made = self.net.frame_socket("ends", side)
        made.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)  # SO_RCVBUFFORCE
        made.setblocking(False)
        return made

    @staticmethod
    def open_netlink():
        made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
        made.setsockopt(socket.SOL_SOCKET, 33, 16 << 20)
        made.bind((0, 0))
        return made

    def close(self):
        for one in (*self.wires, self.netlink):
            one.close()
        self.net.close()

    # The kernel's settings

    def configure(self, settings):
        """Sets what a batch asks for, and all that a former one changed back."""
        wanted = dict(word.split("=") for word in settings.split())
        names = {name: f"net.netfilter.nf_conntrack_{name}" for name in {*wanted, *self.defaults}}

        def read():
            return {name: open("/proc/sys/" + path.replace(".", "/"), encoding="ascii").read().strip()
                    for name, path in names.items() if name not in self.defaults}

        self.defaults.update(self.net.inside("fwd", read))
        self.net.sysctl("fwd", {
            names[name]: wanted.get(name, value) for name, value in self.defaults.items()})

    # A batch

    def run(self, batch):
        self.configure(batch.settings)
        self.flush()
        result = Result(settings=batch.settings)
        differing, spans = set(), []
        begun, planned = time.monotonic(), 0
        for index, (pause, packets) in enumerate(batch.rounds):
            if pause:
                time.sleep(pause)
                planned += pause
                for lines in result.lines.values():
                    lines.append(pause)
            first = time.monotonic()
            classes = self.exchange(packets)
            spans.append((first, time.monotonic()))
            table = self.dump()
            dumped = (spans[-1][1], time.monotonic())
            for number, side, data, kind, entry in packets:
                if number in differing:
                    continue
                model = (kind, self.shown(entry))
                seen, known = classes.get(number, LOST), table.get(number)
                result.lines.setdefault(number, []).append(self.line(data, side, seen, known))
                result.packets += 1
                if kind == seen and self.agrees(entry, known, spans, dumped):
                    continue
                differing.add(number)
                result.differences.append(Found(
                    number, index, f"{name(model[0])} {model[1]}", f"{name(seen)} {known}"))
        # Timers must not run out behind the model's back.
        slack = 0.7 if planned else 7
        result.spoiled = time.monotonic() - begun - planned > slack
        return result

    @staticmethod
    def shown(entry):
        phase, marks, seconds, _, opener = entry
        return None if phase == NOTHING else (phase, marks, seconds, opener)

    @staticmethod
    def agrees(entry, known, spans, dumped):
        phase, marks, seconds, armed, opener = entry
        if phase == NOTHING or known is None:
            return phase == NOTHING and known is None
        if (phase, marks, opener) != (known[0], known[1], known[3]):
            return False
        # The kernel tells whole seconds that are left, the rest cut off.
        begun, ended = spans[armed]
        return (dumped[0] + known[2] <= ended + seconds + 0.05
                and dumped[1] + known[2] + 1 >= begun + seconds - 0.05)

    @staticmethod
    def line(data, side, seen, known):
        entry = "-\t-\t-\t-\t-"
        if known is not None:
            entry = "\t".join((
                STATES[known[0]], "R" if known[1] & 1 else "U", "A" if known[1] & 2 else "a",
                str(known[2]), "o" if known[3] else "r"))
        return f"{'cs'[side]}\t{data.hex()}\t{name(seen).upper()}\t{entry}"

    def exchange(self, packets):
        """Sends a round; gives the class of each conversation's packet."""
        for number, side, data, *_ in packets:
            kind = b"\x86\xdd" if data[0] >> 4 == 6 else b"\x08\x00"
            self.wires[side].send(self.frames[side] + kind + data)
        classes = {}
        deadline = time.monotonic() + 0.25
        while len(classes) < len(packets):
            before = len(classes)
            for wire in self.wires:
                self.receive(wire, classes)
            if len(classes) > before:
                deadline = time.monotonic() + 0.25
            elif time.monotonic() > deadline:
                break
            else:
                time.sleep(0.001)
        return classes

    @staticmethod
    def receive(wire, classes):
        while True:
            try:
                frame = wire.recv(128)
            except BlockingIOError:
                return
            # Only the made hosts' packets: the forwarder speaks for itself too.
            if frame[12:14] == b"\x08\x00" and frame[26:28] == b"\x0a\x09" and frame[29] == 2:
                classes[frame[18] << 8 | frame[19]] = (frame[15] >> 2) - 1
            elif frame[12:14] == b"\x86\xdd" and frame[22:24] == b"\xfd\x09" and frame[37] == 2:
                traffic = (frame[14] << 8 | frame[15]) >> 4 & 0xFF
                classes[frame[16] << 8 | frame[17]] = (traffic >> 2) - 1

    # The table

    def flush(self):
        self.netlink.send(struct.pack("=IHHIIBBH", 20, DELETE, REQUEST | ACK, 1, 0, 0, 0, 0))
        self.netlink.recv(4096)

    def dump(self):
        """What stands in the table, by conversation: phase, marks, seconds left, opener."""
        self.netlink.send(struct.pack("=IHHIIBBH", 20, GET, REQUEST | DUMP, 2, 0, 0, 0, 0))
        table = {}
        while True:
            data = self.netlink.recv(1 << 16)
            at = 0
            while at < len(data):
                length, kind = struct.unpack_from("=IH", data, at)
                if kind == 3:
                    return table
                self.entry(data, at + 20, at + length, table)
                at += length + 3 & ~3

    @staticmethod
    def entry(data, at, end, table):
        values = {}
        attributes(data, at, end, (), values)
        # The numbers are those of enum ctattr_type: original tuple, status, timeout, TCP's state.
        proto = values[(1, 2, 1)][0]
        if proto in (1, 58):
            number = int.from_bytes(values[(1, 2, 4 if proto == 1 else 7)], "big")
        else:
            ports = [int.from_bytes(values[(1, 2, kind)], "big") for kind in (2, 3)]
            number = max(ports) - 1024
        source = values.get((1, 1, 1)) or values[(1, 1, 3)]
        client = source == b"\x0a\x09\x00\x02" or source[3:4] == b"\x00" and len(source) == 16
        status = int.from_bytes(values[(3,)], "big")
        marks = (1 if status & SEEN_REPLY else 0) | (2 if status & ASSURED else 0)
        phase = values[(4, 1, 1)][0] if proto == TCP else 0
        table[number] = (phase, marks, int.from_bytes(values[(7,)], "big"), int(client))


def attributes(data, at, end, path, values):
    """Nested netlink attributes, by the path of their numbers."""
    while at + 4 <= end:
        length, kind = struct.unpack_from("=HH", data, at)
        here = (*path, kind & 0x3FFF)
        if kind & 0x8000:
            attributes(data, at + 4, at + length, here, values)
        else:
            values[here] = data[at + 4:at + length]
        at += length + 3 & ~3


def name(kind):
    return CLASSES[kind] if kind < len(CLASSES) else "lost" if kind == LOST else f"({kind})"
