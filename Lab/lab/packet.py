"""IPv4, TCP, UDP and ICMP packets, taken apart and put together. No file need be read first."""

import socket
import struct
from dataclasses import dataclass, field

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << bit for bit in range(8))
LETTERS = "FSRPAUEC"
ETHER = 14


def flag_letters(bits):
    """Letters in the order of the header's bits, as pf's log writes them."""
    return "".join(letter for bit, letter in enumerate(LETTERS) if bits >> bit & 1)


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


@dataclass
class Packet:
    """What the laboratory reads of an IPv4 packet; `raw` begins at the IP header."""
    raw: bytes
    src: str = ""
    dst: str = ""
    proto: int = 0
    tos: int = 0
    ttl: int = 0
    id: int = 0
    frag: int = 0
    more: bool = False
    df: bool = False
    length: int = 0
    ip_options: bytes = b""
    sport: int = 0
    dport: int = 0
    seq: int = 0
    ack: int = 0
    flags: int = 0
    window: int = 0
    urgent: int = 0
    options: bytes = b""
    data_len: int = 0
    icmp: tuple = ()
    payload: bytes = field(default=b"", repr=False)

    @property
    def letters(self):
        return flag_letters(self.flags)

    @property
    def end(self):
        """The sequence number behind this packet."""
        return self.seq + self.data_len + bool(self.flags & SYN) + bool(self.flags & FIN)

    @property
    def key(self):
        return (self.src, self.sport, self.dst, self.dport)


def parse(raw):
    """Reads an IPv4 packet; None when it is not one. A captured tail may be missing."""
    if len(raw) < 20 or raw[0] >> 4 != 4:
        return None
    head = (raw[0] & 15) * 4
    tos, length, ident, frag, ttl, proto = struct.unpack("!xBHHHBB", raw[:10])
    made = Packet(
        raw, socket.inet_ntoa(raw[12:16]), socket.inet_ntoa(raw[16:20]), proto, tos, ttl, ident,
        (frag & 0x1FFF) * 8, bool(frag & 0x2000), bool(frag & 0x4000), length, raw[20:head])
    body = raw[head:]
    if made.frag:
        return made
    if proto == 6 and len(body) >= 8:
        made.sport, made.dport, made.seq = struct.unpack("!HHI", body[:8])
        if len(body) >= 20:
            made.ack, offset, made.flags, made.window, made.urgent = struct.unpack(
                "!IBBH2xH", body[8:20])
            tcp_head = (offset >> 4) * 4
            made.options = body[20:tcp_head]
            made.payload = body[tcp_head:]
            made.data_len = max(0, length - head - tcp_head)
    elif proto == 17 and len(body) >= 8:
        made.sport, made.dport = struct.unpack("!HH", body[:4])
        made.data_len = max(0, length - head - 8)
    elif proto == 1 and len(body) >= 8:
        made.icmp = (body[0], body[1], *struct.unpack("!HH", body[4:8]))
        made.payload = body[8:]
    return made


def ipv4(src, dst, proto, body, *, ttl=64, ident=0, df=True, tos=0, options=b"", frag=0,
         more=False):
    """An IPv4 packet around body."""
    options += b"\0" * (-len(options) % 4)
    head = 5 + len(options) // 4
    bits = frag // 8 | (0x2000 if more else 0) | (0x4000 if df else 0)
    start = struct.pack("!BBHHHBBH4s4s", 0x40 | head, tos, head * 4 + len(body), ident & 0xFFFF,
                        bits, ttl, proto, 0, socket.inet_aton(src), socket.inet_aton(dst))
    start += options
    return start[:10] + struct.pack("!H", checksum(start)) + start[12:] + body


def tcp(src, sport, dst, dport, flags, *, seq=0, ack=0, window=64240, options=b"", data=b"",
        urgent=0, bad_checksum=False, **ip):
    """A TCP packet; the keyword arguments that are left go to ipv4()."""
    options += b"\0" * (-len(options) % 4)
    head = struct.pack("!HHIIBBHHH", sport, dport, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF,
                       (5 + len(options) // 4) << 4, flags, window, 0, urgent) + options + data
    pseudo = socket.inet_aton(src) + socket.inet_aton(dst) + struct.pack("!BBH", 0, 6, len(head))
    total = checksum(pseudo + head) ^ (0x5A5A if bad_checksum else 0)
    return ipv4(src, dst, 6, head[:16] + struct.pack("!H", total) + head[18:], **ip)


def udp(src, sport, dst, dport, data=b"", **ip):
    # A checksum of 0 says that there is none.
    return ipv4(src, dst, 17, struct.pack("!HHHH", sport, dport, 8 + len(data), 0) + data, **ip)


def icmp(src, dst, kind, code, rest=b"\0\0\0\0", data=b"", **ip):
    head = struct.pack("!BBH", kind, code, 0) + rest + data
    return ipv4(src, dst, 1, head[:2] + struct.pack("!H", checksum(head)) + head[4:], **ip)


MSS = lambda size: struct.pack("!BBH", 2, 4, size)
TIMES = lambda now, echo: b"\1\1" + struct.pack("!BBII", 8, 10, now & 0xFFFFFFFF, echo)
OPTION_NAMES = {0: "eol", 1: "nop", 2: "mss", 3: "wscale", 4: "sackOK", 5: "sack", 8: "TS"}


def option_names(options):
    """The names of TCP options, in order, as tcpdump's printer (and pf's log) calls them."""
    names, at = [], 0
    while at < len(options):
        kind = options[at]
        names.append(OPTION_NAMES.get(kind, f"unknown-{kind}"))
        if kind == 0:
            break
        at += 1 if kind == 1 else max(2, options[at + 1] if at + 1 < len(options) else 2)
    return names
