"""The scenarios by name; each is a call with a Lab, and its first words say what it makes."""

import importlib

NAMES = ("late-close", "idle-timeout", "asymmetric-routing", "cluster-delivery", "not-tcp", "scan",
         "overloaded-host", "state-loss", "backscatter", "spoofed-flags", "out-of-window",
         "port-reuse", "policy", "packet-anomaly", "mixed-hour")


def find(name):
    module = importlib.import_module(f".{name.replace('-', '_')}", __package__)
    return module
