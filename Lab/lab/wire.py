"""A cable in user space that delays, loses or holds chosen frames. Read net.py first.

The kernel here has no netem. A wire joins two interfaces by raw sockets; a thread carries frames.
"""

import heapq
import math
import select
import threading
import time

from . import packet

PASS, DROP, HOLD = 0.0, -1.0, -2.0


class Wire:
    """Carries frames between port 0 and port 1, as its rules say.

    A rule is `rule(packet, port) -> None | PASS | DROP | HOLD | seconds`; the first answer that is
    not None counts. `port` is where the frame came in; `packet` is parsed IPv4. Without an answer
    the frame arrives after `delay` seconds.
    """

    def __init__(self, net, node, port0, port1, delay=0.0):
        self.sockets = [net.frame_socket(node, port0), net.frame_socket(node, port1)]
        for made in self.sockets:
            made.setblocking(False)
        self.delay = delay
        self.rules = []
        # Ports that get a copy of what leaves by port 0, as from a switch that floods.
        self.flood = []
        self.held = []
        self.queue = []
        self.count = 0
        self.lock = threading.Lock()
        self.stopping = False
        self.thread = threading.Thread(target=self._carry, daemon=True)
        self.thread.start()

    def rule(self, rule):
        """Adds a rule in front of the others; returns a call that takes it away again."""
        with self.lock:
            self.rules.insert(0, rule)

        def remove():
            with self.lock:
                if rule in self.rules:
                    self.rules.remove(rule)
        return remove

    def release(self, only=None):
        """Lets held frames go, in their order; `only` chooses by packet."""
        with self.lock:
            go = [held for held in self.held if only is None or only(held[2])]
            self.held = [held for held in self.held if held not in go]
            for port, frame, _ in go:
                self._push(time.monotonic(), port, frame)

    def forget(self):
        """Throws held frames away; returns how many they were."""
        with self.lock:
            count = len(self.held)
            self.held.clear()
        return count

    def close(self):
        self.stopping = True
        self.thread.join(1)
        for made in self.sockets + self.flood:
            made.close()

    def _push(self, when, port, frame):
        self.count += 1
        heapq.heappush(self.queue, (when, self.count, port, frame))

    def _carry(self):
        sources = {made.fileno(): made for made in self.sockets}
        waiting = select.poll()
        for number in sources:
            waiting.register(number, select.POLLIN)
        while not self.stopping:
            wait = 0.05
            with self.lock:
                if self.queue:
                    wait = min(wait, max(0.0, self.queue[0][0] - time.monotonic()))
            # Rounded up: a wait of no milliseconds would be a loop without a pause.
            for number, _ in waiting.poll(math.ceil(wait * 1000)):
                self._take(sources[number])
            self._deliver()

    def _take(self, made):
        port = self.sockets.index(made)
        for _ in range(64):
            try:
                frame, address = made.recvfrom(65535)
            except (BlockingIOError, OSError):
                return
            if address[2] == 4:  # PACKET_OUTGOING: our own frame seen leaving
                continue
            self._judge(port, frame)

    def _judge(self, port, frame):
        verdict = None
        parsed = packet.parse(frame[14:]) if frame[12:14] == b"\x08\x00" else None
        with self.lock:
            if parsed:
                for rule in self.rules:
                    verdict = rule(parsed, port)
                    if verdict is not None:
                        break
            if verdict == DROP:
                return
            if verdict == HOLD:
                self.held.append((port, frame, parsed))
                return
            extra = verdict if verdict else 0.0
            self._push(time.monotonic() + self.delay + extra, port, frame)

    def _deliver(self):
        while True:
            with self.lock:
                if not self.queue or self.queue[0][0] > time.monotonic():
                    return
                _, _, port, frame = heapq.heappop(self.queue)
            try:
                self.sockets[1 - port].send(frame)
                for copy in self.flood if port == 1 else ():
                    copy.send(frame)
            except OSError:
                return  # the run is being taken down


def counted(times, matches, verdict=DROP):
    """A rule for the first `times` packets that match."""
    left = [times]

    def rule(parsed, port):
        if left[0] > 0 and matches(parsed, port):
            left[0] -= 1
            return verdict
        return None
    return rule
