"""Real clients and servers whose every step a scenario decides. Read net.py first."""

import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

LINGER_ABORT = struct.pack("ii", 1, 0)
USER_TIMEOUT, WINDOW_CLAMP = 18, 10


class Flow:
    """One TCP connection between two kernels' stacks, step by step.

    `client` and `server` are (address, port). With `connect=False` only the addresses are kept.
    """

    def __init__(self, net, client_node, client, server_node, server, timeout=3.0,
                 shared=None):
        self.net = net
        self.client, self.server = tuple(client), tuple(server)
        self.client_node, self.server_node = client_node, server_node
        self.timeout = timeout
        # Another flow's open listener, when many clients come to one server.
        self.shared, self.keep = shared, False
        self.listener = self.c = self.s = None

    def listen(self, backlog=8):
        self.listener = self.net.socket(self.server_node)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(self.server)
        self.listener.listen(backlog)
        self.listener.settimeout(self.timeout)
        return self

    def start(self):
        """Begins to connect, and does not wait for it."""
        if self.listener is None and self.shared is None:
            self.listen()
        self.c = self.net.socket(self.client_node)
        self.c.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.c.bind(self.client)
        self.c.setblocking(False)
        self.c.connect_ex(self.server)
        return self

    def accept(self):
        self.s, peer = (self.shared or self).listener.accept()
        if peer != self.client:
            raise RuntimeError(f"{peer} came instead of {self.client}")
        for end in (self.c, self.s):
            end.settimeout(self.timeout)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.listener and not self.keep:
            self.listener.close()
        return self

    def open(self):
        return self.start().accept()

    def say(self, end, size):
        """Sends from "c" or "s" without waiting for the other end to hear it."""
        (self.c if end == "c" else self.s).send(b"x" * size)
        return self

    def hear(self, end, size):
        left, made = size, self.c if end == "c" else self.s
        while left > 0:
            got = made.recv(left)
            if not got:
                raise RuntimeError(f"{self.client} > {self.server}: closed early")
            left -= len(got)
        return self

    def talk(self, ask=100, answer=400, rounds=1):
        """The client asks, the server answers; at the end nothing is outstanding."""
        for _ in range(rounds):
            self.say("c", ask).hear("s", ask).say("s", answer).hear("c", answer)
        return self

    def half_close(self, end):
        (self.c if end == "c" else self.s).shutdown(socket.SHUT_WR)
        return self

    def close(self, end):
        (self.c if end == "c" else self.s).close()
        return self

    def abort(self, end):
        made = self.c if end == "c" else self.s
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_ABORT)
        made.close()
        return self

    def finish(self, first="c", wait=0.1):
        """An orderly close: one end, then the other."""
        self.close(first)
        time.sleep(wait)
        return self.close("s" if first == "c" else "c")

    def keepalive(self, end, every, count=5):
        made = self.c if end == "c" else self.s
        made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, every)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, every)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, count)
        return self

    def matches(self, parsed, source=None):
        """Whether a packet is of this connection; `source` "c" or "s" asks for its sender too."""
        toward = parsed.key == (*self.client, *self.server)
        back = parsed.key == (*self.server, *self.client)
        return toward if source == "c" else back if source == "s" else toward or back

    def quit(self):
        for made in (self.c, self.s, self.listener):
            if made is not None:
                made.close()


class Page(BaseHTTPRequestHandler):
    """Answers any path with some bytes."""

    def do_GET(self):
        body = b"y" * (200 + len(self.path) * 7)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve_http(net, node, address):
    """A real HTTP server; returns it, to shut it down."""
    server = HTTPServer(address, Page, bind_and_activate=False)
    server.socket.close()
    server.socket = net.socket(node)
    server.allow_reuse_address = True
    server.server_bind()
    server.server_activate()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def curl(net, node, source, server, path="/"):
    net.exec(node, "curl", "-s", "-o", "/dev/null", "--max-time", "3", "--interface", source,
             f"http://{server[0]}:{server[1]}{path}")


class Raw:
    """Sends and hears whole IP packets in a node, beside its stack."""

    def __init__(self, net, node):
        self.out = net.socket(node, socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)

    def send(self, data):
        destination = socket.inet_ntoa(data[16:20])
        self.out.sendto(data, (destination, 0))

    def close(self):
        self.out.close()
