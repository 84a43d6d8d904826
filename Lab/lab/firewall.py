"""A real nftables firewall in its namespace. Read net.py first.

A SYN that a rule allows opens a state; what has no state and opens none is dropped, and the drop
goes to NFLOG with a prefix that says which rule it was. Passed openings go there as well.
"""

from .clock import TIMEOUTS

GROUP = 1
# Prefixes of NFLOG: `d:` a drop, `p:` a pass that opened a state.
INVALID, NOT_SYN, POLICY, LIMIT, REUSE = (
    "d:invalid", "d:notsyn", "d:policy", "d:limit", "d:reuse")


def state_timeouts():
    """The sysctls of a firewall that forgets within seconds; the names are the kernel's."""
    lab = TIMEOUTS["lab"]
    base = "net.netfilter.nf_conntrack_tcp_timeout_"
    values = {
        "syn_sent": lab["opening"], "syn_recv": lab["opening"],
        "established": lab["established"], "fin_wait": lab["half-closed"],
        "close_wait": lab["half-closed"], "last_ack": lab["closed"],
        "time_wait": lab["closed"], "close": lab["reset"],
        "max_retrans": lab["established"], "unacknowledged": lab["established"],
    }
    return {base + key: value for key, value in values.items()}


class Firewall:
    """A node that forwards between its interfaces and keeps states.

    `interfaces` maps the interface's name to its role: lan, wan, wan2, dmz.
    """

    def __init__(self, net, node, interfaces):
        self.net = net
        self.node = node
        self.interfaces = dict(interfaces)
        self.allow = []
        self.active = True
        self.state_limit = 0
        # pf, ASA and their like refuse a SYN on a state that still lives; the kernel lets it pass.
        self.strict_syn = False
        # Which connection tracking zone an interface's packets are looked up in; a state of one
        # zone does not exist in another.
        self.bound = {}
        net.sysctl(node, {
            "net.netfilter.nf_conntrack_tcp_loose": 0,
            "net.netfilter.nf_conntrack_log_invalid": 6,
            # The kernel's own words on an invalid packet come by NFLOG group 0, not to the
            # machine's kernel log.
            "net.netfilter.nf_log.2": "nfnetlink_log",
            "net.ipv4.conf.all.send_redirects": 1,
            **state_timeouts(),
        })

    def permit(self, text):
        """Allows what an nft match describes, e.g. `iifname eth0 tcp dport 443`."""
        self.allow.append(text)
        return self

    def load(self):
        """Loads the rules anew; states survive it, as on any nftables firewall."""
        self.net.exec(self.node, "nft", "-f", "-", stdin=self.ruleset())

    def ruleset(self):
        passes = "\n".join(
            f'    {match} ct state new log group {GROUP} prefix "p:{n}" accept'
            for n, match in enumerate(self.allow))
        limit = (f'    ct state new ct count over {self.state_limit} '
                 f'log group {GROUP} prefix "{LIMIT}" drop') if self.state_limit else ""
        # A secondary of a cluster owns no connection: it refuses whatever reaches it.
        states = "    ct state established,related accept" if self.active else ""
        passes = passes if self.active else ""
        reuse = (f'    ct state established tcp flags & (fin|syn|rst|ack) == syn log group {GROUP} '
                 f'prefix "{REUSE}" drop') if self.strict_syn else ""
        zones = "\n".join(f"    iifname {name} ct zone set {zone}"
                          for name, zone in self.bound.items())
        chain = f"""
{reuse}
{states}
    ct state invalid log group {GROUP} prefix "{INVALID}" drop
    meta l4proto tcp tcp flags & (fin|syn|rst|ack) != syn log group {GROUP} \
prefix "{NOT_SYN}" drop
{limit}
{passes}
    log group {GROUP} prefix "{POLICY}" drop
"""
        return f"""
table inet fw
delete table inet fw
table inet fw {{
  chain early {{
    type filter hook prerouting priority -500; policy accept;
    ip daddr 224.0.0.0/4 drop
    meta pkttype multicast meta pkttype set host
    ip hdrlength > 5 log group {GROUP} prefix "d:ip-option" drop
    ip frag-off & 0x3fff != 0 log group {GROUP} prefix "d:fragment" drop
  }}
  chain zones {{
    type filter hook prerouting priority -300; policy accept;
{zones}
  }}
  chain forward {{
    type filter hook forward priority 0; policy drop;
{chain}
  }}
  chain input {{
    type filter hook input priority 0; policy drop;
    iifname lo accept
{chain}
  }}
}}
"""

    def flush_states(self):
        self.net.exec(self.node, "conntrack", "-F")

    def states(self):
        return self.net.exec(self.node, "conntrack", "-L", check=False)
