// Every dialect, in the order in which a line is offered to them. A new dialect is one row here.

public let allDialects: [any Dialect] = [
    Filterlog(),
    CiscoASA(),
    Netfilter(),
    Forcepoint(),
    Conntrack(),
    PfStates(),
    FortiGate(),
    PaloAlto(),
    AWSFlow(),
    GCPFlow(),
    AzureFlow(),
    Zeek(),
    Suricata(),
    Cilium(),
    ULogD(),
    PfTcpdump(),
]
