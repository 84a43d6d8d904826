"""One line of each product for a dropped, opened or closed connection. Read render.py first."""

from datetime import datetime, timezone

from . import packet
from .firewall import LIMIT
from .truth import PROTOCOLS

ASA_WORDS = ((packet.SYN, "SYN"), (packet.FIN, "FIN"), (packet.RST, "RST"), (packet.PSH, "PSH"),
             (packet.ACK, "ACK"), (packet.URG, "URG"))
KERNEL_WORDS = ((packet.CWR, "CWR"), (packet.ECE, "ECE"), (packet.URG, "URG"),
                (packet.ACK, "ACK"), (packet.PSH, "PSH"), (packet.RST, "RST"),
                (packet.SYN, "SYN"), (packet.FIN, "FIN"))
# The lab's interface names are the kernel's; the other products call theirs so.
PF_NAMES = {"lan": "igb1", "wan": "igb0", "wan2": "igb2", "dmz": "igb3"}
ASA_NAMES = {"lan": "inside", "wan": "outside", "wan2": "outside2", "dmz": "dmz"}
FP_NUMBERS = {"lan": 0, "wan": 1, "wan2": 2, "dmz": 3}
STATELESS = ("invalid new", "bad checksum", "truncated packet", "short packet",
             "invalid tcp flag combination")


def stateless(reason):
    """Whether the kernel's words say that no state had to do with the packet."""
    return any(word in reason for word in STATELESS)


def is_short(p):
    """Whether a TCP header is cut off by the packet's end."""
    return p.proto == 6 and not p.frag and p.length - (p.raw[0] & 15) * 4 < 20


class Style:
    """What the lines of one firewall have in common."""

    def __init__(self, lab, firewall):
        self.roles = firewall.interfaces
        self.node = firewall.node
        self.seed = lab.seed
        self.numbers = {}

    def role(self, name):
        return self.roles.get(name, "")

    def number(self, one):
        """The connection's number, the same at its opening and its end."""
        return self.numbers.setdefault(id(one), 1000 * self.seed + 17 + len(self.numbers))


def _utc(when):
    return datetime.fromtimestamp(when, timezone.utc)


def _bsd(when):
    return f"{_utc(when):%b} {_utc(when).day:2d} {_utc(when):%H:%M:%S}"


def _words(table, flags):
    return " ".join(word for bit, word in table if flags & bit)


def _is_opening(p):
    return p.proto == 6 and p.flags & 0x17 == packet.SYN


def netfilter(style, when, kind, one, _end=None):
    """The kernel's log of a rule with a prefix, as rsyslog stores it."""
    if kind == "close":
        return None
    p = one.packet
    prefix = {"open": "FW-ACCEPT ", "drop": "FW-DROP "}[kind]
    if kind == "drop" and one.prefix == "d:invalid":
        prefix = "FW-INVALID-DROP "
    link = f"MAC={one.link[:14].hex(':')} " if one.link else ""
    text = (f"{_utc(when):%Y-%m-%dT%H:%M:%S.%f}+00:00 {style.node} kernel: {prefix}"
            f"IN={one.in_if} OUT={one.out_if} {link}SRC={p.src} DST={p.dst} LEN={p.length} "
            f"TOS=0x{p.tos & 0x1E:02X} PREC=0x{p.tos & 0xE0:02X} TTL={p.ttl} ID={p.id} ")
    text += "DF " * p.df + "MF " * p.more + (f"FRAG:{p.frag // 8} " if p.frag else "")
    text += f"OPT ({p.ip_options.hex().upper()}) " if p.ip_options else ""
    text += f"PROTO={PROTOCOLS.get(p.proto, p.proto)} ".upper()
    if p.frag:
        return text
    if is_short(p):
        return text + f"INCOMPLETE [{p.length - 20} bytes] "
    if p.proto == 6:
        options = f"OPT ({p.options.hex().upper()}) " if p.options else ""
        words = _words(KERNEL_WORDS, p.flags)
        return (text + f"SPT={p.sport} DPT={p.dport} SEQ={p.seq} ACK={p.ack} WINDOW={p.window} "
                f"RES=0x00 {words + ' ' if words else ''}URGP={p.urgent} {options}")
    if p.proto == 17:
        return text + f"SPT={p.sport} DPT={p.dport} LEN={p.data_len + 8} "
    if p.icmp:
        return text + f"TYPE={p.icmp[0]} CODE={p.icmp[1]} "
    return text


def filterlog(style, when, kind, one, _end=None):
    """pfSense's filter.log."""
    if kind == "close":
        return None
    p = one.packet
    action, rule, tracker = ("block", 4, "1000000103") if kind == "drop" else \
        ("pass", 80 + int(one.prefix[2:] or 0), f"16{style.seed:08d}")
    reason = "match"
    if one.prefix in ("d:ip-option", "d:fragment"):
        reason = one.prefix[2:]
    elif one.prefix == LIMIT:
        reason = "memory"
    elif "bad checksum" in one.reason:
        reason = "proto-cksum"
    elif "truncated" in one.reason or "short" in one.reason:
        reason = "short"
    # pf looks before it forwards; the kernel's forward hook has lowered the hop count already.
    ttl = p.ttl + (one.hook == 2)
    bits = "DF" if p.df else "+" if p.more else "none"
    head = (f"{_bsd(when)} {style.node} filterlog[{40000 + style.seed}]: {rule},,,{tracker},"
            f"{PF_NAMES.get(style.role(one.in_if), 'igb9')},{reason},{action},in,4,"
            f"0x{p.tos:x},,{ttl},{p.id},{p.frag},{bits},{p.proto},"
            f"{PROTOCOLS.get(p.proto, p.proto)},{p.length},{p.src},{p.dst},")
    if p.frag:
        return head + f"datalength={p.length - 20}"
    if p.proto == 6:
        plain = not p.data_len and not p.flags & 7
        seq = "" if plain else f"{p.seq}:{p.seq + p.data_len & 0xFFFFFFFF}" if p.data_len else \
            str(p.seq)
        return head + (f"{p.sport},{p.dport},{p.data_len},{p.letters},{seq},"
                       f"{p.ack if p.flags & packet.ACK else ''},{p.window},"
                       f"{p.urgent if p.flags & packet.URG else ''},"
                       f"{';'.join(packet.option_names(p.options))}")
    if p.proto == 17:
        return head + f"{p.sport},{p.dport},{p.data_len}"
    if p.icmp:
        return head + _pf_icmp(p)
    return head + f"datalength={p.length - 20}"


def _pf_icmp(p):
    inner = packet.parse(p.payload)
    if p.icmp[:2] == (3, 3) and inner:
        return f"unreachport,{inner.dst},{PROTOCOLS.get(inner.proto, inner.proto)},{inner.dport}"
    if p.icmp[0] == 3 and inner:
        return f"unreach,ICMP {inner.dst} unreachable"
    if p.icmp[0] == 11:
        return "timexceed,ICMP time exceeded in-transit"
    if p.icmp[0] in (0, 8):
        return f"{'request' if p.icmp[0] else 'reply'},{p.icmp[2]},{p.icmp[3]}"
    return f"datalength={p.length - 20}"


def _clock_of(seconds):
    seconds = int(seconds)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def asa(style, when, kind, one, end=None):
    """Cisco ASA, with `logging timestamp`."""
    p = one.packet
    head = f"<166>{_utc(when):%b %d %Y %H:%M:%S} {style.node} : %ASA-"
    inner = ASA_NAMES.get(style.role(one.in_if), "outside")
    # A drop before routing has no way out yet.
    beyond = "outside" if inner == "inside" else "inside"
    outer = ASA_NAMES.get(style.role(one.out_if), beyond)
    source, target = f"{p.src}/{p.sport}", f"{p.dst}/{p.dport}"
    if kind != "drop":
        if p.proto != 6:
            return None
        inbound = style.role(one.in_if) != "lan"
        ends = [(inner, source), (outer, target)]
        pairs = ends if inbound else ends[::-1]
        number = style.number(one)
        if kind == "open":
            (a, x), (b, y) = pairs
            return (f"{head}6-302013: Built {'inbound' if inbound else 'outbound'} TCP connection "
                    f"{number} for {a}:{x} ({x}) to {b}:{y} ({y})")
        (a, x), (b, y) = pairs
        return (f"{head}6-302014: Teardown TCP connection {number} for {a}:{x} to {b}:{y} "
                f"duration {_clock_of(end[0])} bytes {end[1]} {end[2]}")
    if one.prefix == "d:reuse":
        return (f"{head}4-419002: Duplicate TCP SYN from {inner}:{source} to {outer}:{target} "
                f"with different initial sequence number")
    if is_short(p):
        return (f"{head}4-500003: Bad TCP hdr length (hdrlen={p.length - 20}, pktlen={p.length}) "
                f"from {source} to {target}, flags: INVALID, on interface {inner}")
    if one.prefix == "d:ip-option":
        return (f"{head}6-106012: Deny IP from {p.src} to {p.dst}, IP options: "
                f"\"0x{p.ip_options[0]:x}\"")
    if p.proto == 6 and not p.frag and not _is_opening(p):
        words = _words(ASA_WORDS, p.flags)
        return (f"{head}6-106015: Deny TCP (no connection) from {source} to {target} "
                f"flags {words}  on interface {inner}")
    name = PROTOCOLS.get(p.proto, p.proto)
    ports = p.proto in (6, 17) and not p.frag
    a, b = (source, target) if ports else (p.src, p.dst)
    tail = f" (type {p.icmp[0]}, code {p.icmp[1]})" if p.icmp else ""
    return (f"{head}4-106023: Deny {name} src {inner}:{a} dst {outer}:{b}{tail} "
            f"by access-group \"{inner}_in\" [0x0, 0x0]")


def forcepoint(style, when, kind, one, end=None):
    """Forcepoint NGFW by CEF."""
    p = one.packet
    stray = p.proto == 6 and not p.frag and not _is_opening(p)
    number, name, act = {"open": (70018, "Connection_Allowed", "Allow"),
                         "close": (70021, "Connection_Closed", "Allow"),
                         "drop": (70019, "Connection_Discarded", "Discard")}[kind]
    ends = f"src={p.src} dst={p.dst} "
    if p.proto in (6, 17) and not p.frag:
        ends += f"spt={p.sport} dpt={p.dport} "
    ways = f"deviceInboundInterface={FP_NUMBERS.get(style.role(one.in_if), 9)} "
    if one.out_if and not stray:
        ways += f"deviceOutboundInterface={FP_NUMBERS.get(style.role(one.out_if), 9)} "
    text = ""
    if kind == "drop" and stray:
        if one.reason and not stateless(one.reason):
            number, name = 70613, "TCP_Segment-Invalid"
        text = f"msg=Not a Valid SYN Packet [{p.letters}] " if number == 70019 else \
            f"msg=TCP segment out of window [{p.letters}] "
    rule = f"cs1Label=RuleID cs1=2100{style.seed % 900 + 100}.{1 if kind == 'drop' else 2}"
    tally = f"in={end[1]} out=0 " if end else ""
    engine = f"deviceExternalId={style.node.upper()} node 1 dvchost=192.0.2.250 dvc=192.0.2.250 "
    return (f"<6>{_bsd(when)} 192.0.2.250 CEF:0|FORCEPOINT|Firewall|6.10.6|{number}|{name}|0|"
            f"{engine}{ends}proto={p.proto} {ways}act={act} {text}{tally}"
            f"deviceFacility=Packet Filtering rt={_utc(when):%b %d %Y %H:%M:%S} {rule}")
