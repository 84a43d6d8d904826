"""Network namespaces and links whose names are this run's own. Read Lab/README.md first."""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import threading

CLONE_NEWNET = 0x40000000
SIOCETHTOOL = 0x8946
# Without these the stack hands frames to a tap before their checksum is filled in, and in sizes
# that no wire carries: tx and rx checksum, TSO, GSO, GRO.
OFFLOADS = (0x17, 0x15, 0x1F, 0x24, 0x2C)
TOOLS = ("ip", "nft", "conntrack", "tcpdump", "nmap", "curl")

_libc = ctypes.CDLL(None, use_errno=True)


class Unable(Exception):
    """This machine cannot run the laboratory; the text says why in one sentence."""


def check_machine():
    """Raises Unable when root, namespaces or a tool is missing."""
    if os.geteuid() != 0:
        raise Unable("The laboratory needs root, for it makes network namespaces: sudo Lab/run.")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise Unable(
            f"Missing: {', '.join(missing)}. Set up with: "
            "apt-get install $(grep -v '^#' Lab/packages.txt)"
        )
    name = f"strayprobe{os.getpid()}"
    try:
        made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
        if made.returncode != 0:
            raise Unable(f"Network namespaces do not work here: {made.stderr.strip()}")
        tried = subprocess.run(
            ["ip", "netns", "exec", name, "nft", "add table inet t; add chain inet t c "
             "{ type filter hook forward priority 0; }; add rule inet t c ct state invalid "
             "log group 1 drop"], capture_output=True, text=True)
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True)
    if tried.returncode != 0:
        raise Unable(f"This kernel lacks nftables with states and NFLOG: {tried.stderr.strip()}")


class Net:
    """The namespaces of one run. Close it always; what it made goes with it."""

    def __init__(self):
        # Runs go in parallel, so the process and a count keep names apart.
        self.tag = f"st{os.getpid():x}"
        self.names, self.nodes = [], {}
        self.lock = threading.Lock()
        self.home = os.open("/proc/self/ns/net", os.O_RDONLY)

    def full(self, node):
        return f"{self.tag}-{node}"

    def node(self, name, forward=False):
        """Makes a namespace with loopback up, and without IPv6 chatter."""
        full = self.full(name)
        # Noted first: a break may come when it is made and `ip` has not ended yet.
        self.names.append(full)
        run("ip", "netns", "add", full)
        self.nodes[name] = os.open(f"/run/netns/{full}", os.O_RDONLY)
        self.sysctl(name, {
            "net.ipv6.conf.all.disable_ipv6": 1,
            "net.ipv6.conf.default.disable_ipv6": 1,
            "net.ipv4.ip_forward": int(forward),
            "net.ipv4.conf.all.rp_filter": 0,
            "net.ipv4.conf.default.rp_filter": 0,
            # The default keeps only a few; a scan would lose answers to it.
            "net.ipv4.icmp_ratelimit": 0,
            # A later socket must not be steered by what an earlier one measured.
            "net.ipv4.tcp_no_metrics_save": 1,
        })
        self.ip(name, "link set lo up")
        return name

    def link(self, a, a_if, b, b_if, a_mac=None, b_mac=None):
        """Joins two nodes by a veth pair, offloads off, both ends up."""
        run("ip", "link", "add", "name", a_if, "netns", self.full(a), "type", "veth",
            "peer", "name", b_if, "netns", self.full(b))
        for node, ifname, mac in ((a, a_if, a_mac), (b, b_if, b_mac)):
            lines = [f"link set {ifname} address {mac}"] if mac else []
            self.ip(node, *lines, f"link set {ifname} up")
            self.no_offloads(node, ifname)

    def ip(self, node, *lines):
        """Runs `ip` commands in a node, as one batch."""
        run("ip", "-n", self.full(node), "-batch", "-", stdin="\n".join(lines) + "\n")

    def sysctl(self, node, values):
        def write():
            for key, value in values.items():
                path = "/proc/sys/" + key.replace(".", "/")
                with open(path, "w", encoding="ascii") as file:
                    file.write(str(value))
        self.inside(node, write)

    def exec(self, node, *command, stdin=None, check=True):
        return run("ip", "netns", "exec", self.full(node), *command, stdin=stdin, check=check)

    def popen(self, node, *command, **options):
        return subprocess.Popen(["ip", "netns", "exec", self.full(node), *command], **options)

    def inside(self, node, action):
        """Runs action in a node's namespace; sockets made there stay there."""
        # setns moves one thread only, so a thread of its own can never leave another one abroad.
        box = {}

        def body():
            try:
                if _libc.setns(self.nodes[node], CLONE_NEWNET) != 0:
                    raise OSError(ctypes.get_errno(), "setns")
                box["value"] = action()
            except BaseException as error:  # handed to the caller below
                box["error"] = error

        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
        if "error" in box:
            raise box["error"]
        return box.get("value")

    def socket(self, node, family=socket.AF_INET, kind=socket.SOCK_STREAM, proto=0):
        return self.inside(node, lambda: socket.socket(family, kind, proto))

    def frame_socket(self, node, ifname, buffer=4 << 20):
        """A raw socket that sees and sends every frame of an interface."""
        def make():
            made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(3))
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            made.bind((ifname, 3))
            return made
        return self.inside(node, make)

    def mac(self, node, ifname):
        def read():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                request = struct.pack("16s16x8x", ifname.encode())
                answer = fcntl.ioctl(probe, 0x8927, request)
                return answer[18:24].hex(":")
        return self.inside(node, read)

    def if_names(self, node):
        return self.inside(node, lambda: dict(socket.if_nameindex()))

    def no_offloads(self, node, ifname):
        def switch():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                for command in OFFLOADS:
                    value = ctypes.create_string_buffer(struct.pack("II", command, 0))
                    request = struct.pack("16sP16x", ifname.encode(), ctypes.addressof(value))
                    try:
                        fcntl.ioctl(probe, SIOCETHTOOL, request)
                    except OSError:
                        pass  # a kernel without this offload has nothing to switch off
        self.inside(node, switch)

    def close(self):
        with self.lock:
            for descriptor in self.nodes.values():
                os.close(descriptor)
            self.nodes.clear()
            while self.names:
                # In a session of its own: a second break from the keyboard must not reach it.
                subprocess.run(["ip", "netns", "del", self.names.pop()], capture_output=True,
                               start_new_session=True)


def run(*command, stdin=None, check=True):
    done = subprocess.run(command, input=stdin, capture_output=True, text=True)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}"
                           + (f"\n{stdin}" if stdin else ""))
    return done.stdout
