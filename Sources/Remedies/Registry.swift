// Every platform. A new one is one row here. Their order is that of a report in which several fit.

public let allPlatforms: [any Platform] = [
    PfSense(),
    OPNsense(),
    PF(),
    Linux(),
    Forcepoint(),
    CiscoASA(),
    CheckPoint(),
    FortiGate(),
    PaloAlto(),
    JuniperSRX(),
    MikroTik(),
    Windows(),
    SonicWall(),
    WatchGuard(),
    Sophos(),
    AWS(),
    GoogleCloud(),
    Azure(),
    Cilium(),
    Product(id: "sophos-utm", name: "Sophos UTM"),
    Product(id: "stormshield", name: "Stormshield"),
    Product(id: "barracuda", name: "Barracuda"),
    Product(id: "clavister", name: "Clavister"),
    Product(id: "meraki", name: "Meraki"),
    Product(id: "screenos", name: "ScreenOS"),
    // Logs of sensors and of collectors, which stand beside a firewall of whatever make.
    Product(id: "other", name: "your firewall"),
]

/// The platform of an id.
public func platformNamed(_ id: String) -> (any Platform)? { allPlatforms.first { $0.id == id } }
