"""Sends packets through a real kernel's nftables and tells which of them came out.

Reads from standard input {"rules": text for nft, "packets": [{"side", "proto", "src", "dst", "sport",
"dport", "flags", "type"}]}; prints {"json": what nft -j lists, "passed": [true, …]}. Needs root.
With --check it only says whether it could run, by its exit status.
"""
import ctypes, ctypes.util, ipaddress, json, os, select, socket, struct, subprocess, sys, time

TAG = "policy%x" % os.getpid()
LIBC = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)


def run(*words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit("%s: %s" % (" ".join(words), done.stderr.strip()))
    return done.stdout


def inside(place, *words, text=None):
    return run("ip", "netns", "exec", TAG + place, *words, text=text)


def listener(place, name):
    """A raw socket on an interface of another namespace."""
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    other = os.open("/run/netns/" + TAG + place, os.O_RDONLY)
    try:
        if LIBC.setns(other, 0):
            raise SystemExit("setns fails")
        made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        made.bind((name, 0))
        return made
    finally:
        LIBC.setns(own, 0)
        os.close(own)
        os.close(other)


def mac(place, name):
    return inside(place, "cat", "/sys/class/net/%s/address" % name).strip()


def build():
    for place in "RAB":
        run("ip", "netns", "add", TAG + place)
        inside(place, "ip", "link", "set", "lo", "up")
    for place, own, name, net in (("A", "a0", "in0", 1), ("B", "b0", "out0", 2)):
        run("ip", "link", "add", own, "netns", TAG + place, "type", "veth", "peer", "name", name,
            "netns", TAG + "R")
        for where, which in ((place, own), ("R", name)):
            inside(where, "sysctl", "-qw", "net.ipv6.conf.%s.accept_dad=0" % which)
            inside(where, "sysctl", "-qw", "net.ipv4.conf.%s.rp_filter=0" % which)
        inside(place, "ip", "link", "set", own, "up")
        inside("R", "ip", "addr", "add", "10.%d.255.1/16" % net, "dev", name)
        inside("R", "ip", "-6", "addr", "add", "2001:db8:%d::ffff/64" % net, "dev", name, "nodad")
        inside("R", "ip", "link", "set", name, "up")
    inside("R", "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1",
           "net.ipv4.conf.all.rp_filter=0")
    for place, own, name, net in (("A", "a0", "in0", 1), ("B", "b0", "out0", 2)):
        far = mac(place, own)
        for host in range(1, 10):
            inside("R", "ip", "neigh", "replace", "10.%d.0.%d" % (net, host), "lladdr", far, "dev",
                   name, "nud", "permanent")
            inside("R", "ip", "-6", "neigh", "replace", "2001:db8:%d::%d" % (net, host), "lladdr",
                   far, "dev", name, "nud", "permanent")


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame(number, packet, far, near):
    source = ipaddress.ip_address(packet["src"])
    target = ipaddress.ip_address(packet["dst"])
    proto = packet["proto"]
    if proto == 6:
        body = struct.pack("!HHIIBBHHH", packet["sport"], packet["dport"], 1000 + number, 1, 5 << 4,
                           packet["flags"], 64000, 0, 0)
        spot = 16
    elif proto == 17:
        body = struct.pack("!HHHH", packet["sport"], packet["dport"], 12, 0) + b"data"
        spot = 6
    else:
        body = struct.pack("!BBHHH", packet["type"], 0, 0, packet["sport"], 1) + b"data"
        spot = 2
    pseudo = source.packed + target.packed + struct.pack("!IHBB", len(body), 0, 0, proto)
    total = checksum((b"" if proto == 1 else pseudo) + body)
    body = body[:spot] + struct.pack("!H", total) + body[spot + 2:]
    if source.version == 4:
        head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(body), number + 1, 0, 64, proto, 0,
                           source.packed, target.packed)
        head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
        kind = 0x0800
    else:
        head = struct.pack("!IHBB16s16s", 6 << 28 | (number + 1), len(body), proto, 64,
                           source.packed, target.packed)
        kind = 0x86DD
    address = lambda text: bytes(int(part, 16) for part in text.split(":"))
    return address(near) + address(far) + struct.pack("!H", kind) + head + body


def collect(sockets, seen, seconds):
    end = time.monotonic() + seconds
    sources = {one.fileno(): one for one in sockets}
    # Not select(2): whoever started this may have left a thousand descriptors open.
    waiting = select.poll()
    for number in sources:
        waiting.register(number, select.POLLIN)
    while True:
        ready = waiting.poll(max(0, end - time.monotonic()) * 1000)
        if not ready:
            return
        for number, _ in ready:
            one = sources[number]
            data, where = one.recvfrom(2048)
            if where[2] == socket.PACKET_OUTGOING:
                continue
            kind = struct.unpack("!H", data[12:14])[0]
            if kind == 0x0800 and data[23] in (1, 6, 17):
                seen.add((one, struct.unpack("!H", data[18:20])[0] - 1))
            elif kind == 0x86DD and data[20] in (6, 17, 58):
                seen.add((one, (struct.unpack("!I", data[14:18])[0] & 0xFFFFF) - 1))


def judge(order):
    inside("R", "nft", "flush", "ruleset")
    inside("R", "nft", "-f", "-", text=order["rules"])
    listed = inside("R", "nft", "-j", "list", "ruleset")
    sockets = {"A": listener("A", "a0"), "B": listener("B", "b0")}
    ends = {"A": (mac("A", "a0"), mac("R", "in0")), "B": (mac("B", "b0"), mac("R", "out0"))}
    seen = set()
    for number, packet in enumerate(order["packets"]):
        far, near = ends[packet["side"]]
        sockets[packet["side"]].send(frame(number, packet, far, near))
        if number % 8 == 7:
            collect(list(sockets.values()), seen, 0.004)
    collect(list(sockets.values()), seen, 0.3)
    passed = [(sockets["B" if packet["side"] == "A" else "A"], number) in seen
              for number, packet in enumerate(order["packets"])]
    for one in sockets.values():
        one.close()
    return {"json": listed, "passed": passed}


def main():
    try:
        build()
        if "--check" in sys.argv:
            inside("R", "nft", "list", "ruleset")
            return
        # A line for each order, so that one network serves many.
        for line in sys.stdin:
            try:
                answer = judge(json.loads(line))
            except SystemExit as error:
                answer = {"error": str(error)}
            print(json.dumps(answer), flush=True)
    finally:
        for place in "RAB":
            subprocess.run(["ip", "netns", "del", TAG + place], capture_output=True)


main()
