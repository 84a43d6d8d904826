// Every dialect, in the order in which a line is offered to them. A new dialect is one row here.

public let allDialects: [any Dialect] = [
    Filterlog(),
    CiscoASA(),
    Netfilter(),
    Forcepoint(),
    Conntrack(),
    PfStates(),
    FortiGate(),
    CheckPoint(),
    SonicWall(),
    JuniperSRX(),
    ScreenOS(),
    WatchGuard(),
    Sophos(),
    SophosUTM(),
    Stormshield(),
    MikroTik(),
    Meraki(),
    Barracuda(),
    Clavister(),
    WindowsFirewall(),
    // Last of the documents: what it reads is anybody's.
    ElasticCommon(),
]
