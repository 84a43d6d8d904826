"""What a firewall saw: each frame, each drop, each event of its states. Read firewall.py first."""

import os
import select
import socket
import struct
import subprocess
import threading
import time
from dataclasses import dataclass

from . import packet
from .firewall import GROUP

SNAP = 96
SO_TIMESTAMPNS = 35
NETLINK_NETFILTER = 12


def pcap(path, frames):
    """Writes (time, length, bytes, …) as an Ethernet capture."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, SNAP, 1))
        for when, length, data, *_ in frames:
            micros = round(when * 1e6)
            file.write(struct.pack("<IIII", micros // 1000000, micros % 1000000,
                                   min(len(data), SNAP), length) + data[:SNAP])


@dataclass
class Logged:
    """One packet that a rule noted."""
    time: float
    prefix: str
    node: str
    in_if: str
    out_if: str
    hook: int
    link: bytes
    packet: packet.Packet
    reason: str = ""  # the kernel's own words, when connection tracking called it invalid


class Recorder:
    """Listens at one firewall until stop()."""

    def __init__(self, net, firewall):
        self.net = net
        self.firewall = firewall
        self.node = firewall.node
        self.frames = {name: [] for name in firewall.interfaces}
        self.logged = []
        self.words = []
        self.events = []
        self.stopping = False
        self.names = net.if_names(self.node)
        self.taps = {net.frame_socket(self.node, name): name for name in firewall.interfaces}
        for tap in self.taps:
            tap.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.log = net.socket(self.node, socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        self.log.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.log.bind((0, 0))
        for group in (0, GROUP):
            self._bind(group)
        self.conntrack = net.popen(
            self.node, "conntrack", "-E", "-o", "timestamp,id", stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.partial = b""
        # The kernel reports an event only if somebody listened when the entry was made.
        time.sleep(0.15)
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def drops(self):
        return [one for one in self.logged if one.prefix.startswith("d:")]

    def stop(self):
        time.sleep(0.1)
        self.stopping = True
        self.thread.join(2)
        self.conntrack.terminate()
        self.conntrack.wait()
        for made in (*self.taps, self.log, self.conntrack.stdout, self.conntrack.stderr):
            made.close()
        self._join_words()

    def _bind(self, group):
        def attribute(kind, value):
            return struct.pack("HH", 4 + len(value), kind) + value + b"\0" * (-len(value) % 4)
        for body in (attribute(1, b"\1"), attribute(2, struct.pack("!IBx", 0xFFFF, 2)),
                     attribute(5, struct.pack("!I", 1))):
            body = struct.pack("!BBH", socket.AF_UNSPEC, 0, group) + body
            self.log.send(struct.pack("IHHII", 16 + len(body), 4 << 8 | 1, 5, 0, 0) + body)
            error = struct.unpack("i", self.log.recv(4096)[16:20])[0]
            if error:
                raise OSError(-error, f"NFLOG group {group}: {os.strerror(-error)}")

    def _listen(self):
        events = self.conntrack.stdout
        sources = {one.fileno(): one for one in (*self.taps, self.log, events)}
        # Not select(2): whoever started this may have left a thousand descriptors open.
        waiting = select.poll()
        for number in sources:
            waiting.register(number, select.POLLIN)
        while not self.stopping:
            for number, _ in waiting.poll(50):
                ready = sources[number]
                if ready is self.log:
                    self._take_log()
                elif ready is events:
                    self._take_events(events)
                    if self.conntrack.poll() is not None:
                        waiting.unregister(number)
                else:
                    self._take_frame(ready)

    def _take_frame(self, tap):
        data, extra, _, address = tap.recvmsg(65535, 256)
        when = time.time()
        for _, kind, value in extra:
            if kind == SO_TIMESTAMPNS:
                seconds, nanos = struct.unpack("qq", value[:16])
                when = seconds + nanos / 1e9
        if data[12:14] == b"\x08\x00":
            self.frames[self.taps[tap]].append(
                (when, len(data), data[:SNAP], address[2] == 4))

    def _take_events(self, pipe):
        data = os.read(pipe.fileno(), 65536)
        *lines, self.partial = (self.partial + data).split(b"\n")
        for line in lines:
            text = line.decode()
            stamp, bar, rest = text.partition("]")
            if bar and stamp.startswith("["):
                self.events.append((float(stamp[1:].strip()), rest))

    def _take_log(self):
        data = self.log.recv(1 << 17)
        while len(data) >= 16:
            length, kind = struct.unpack("IH", data[:6])
            if kind == 4 << 8:
                self._note(data[20:length])
            data = data[(length + 3) & ~3:]

    def _note(self, body):
        fields = {}
        while len(body) >= 4:
            length, kind = struct.unpack("HH", body[:4])
            if length < 4:
                break
            fields[kind & 0x7FFF] = body[4:length]
            body = body[(length + 3) & ~3:]
        parsed = packet.parse(fields.get(9, b""))
        if parsed is None:
            return
        when = time.time()
        if 3 in fields:
            seconds, micros = struct.unpack("!QQ", fields[3])
            when = seconds + micros / 1e6
        index = {n: self.names.get(struct.unpack("!I", fields[n])[0], "") if n in fields else ""
                 for n in (4, 5)}
        prefix = fields.get(10, b"").rstrip(b"\0").decode()
        one = Logged(when, prefix, self.node, index[4], index[5], fields[1][2],
                     fields.get(16, b""), parsed)
        (self.logged if prefix[:2] in ("d:", "p:") else self.words).append(one)

    def _join_words(self):
        """Gives each invalid drop the words that the kernel had for it a moment before."""
        waiting = {}
        for word in self.words:
            text = word.prefix.partition(": ")[2].strip()
            waiting.setdefault(self._same(word.packet), []).append(text)
        for one in self.logged:
            texts = waiting.get(self._same(one.packet))
            if one.prefix == "d:invalid" and texts:
                one.reason = texts.pop(0)

    @staticmethod
    def _same(parsed):
        return (parsed.key, parsed.id, parsed.seq, parsed.ack, parsed.flags)
