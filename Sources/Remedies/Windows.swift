// What to do on Windows, as commands of an elevated PowerShell. Read Remedy+Common.swift first.
//
// Its firewall filters one machine, which is an end of every connection in its log: there is no
// second way around it. Source: Microsoft, "Audit Filtering Platform Packet Drop", "Stealth mode in
// Windows Firewall".

import Causes

public struct Windows: Platform {
    public init() {}
    public let id = "windows"
    public let name = "Windows"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, stealth, onlyTheFile]
        case .idleTimeout: [.keepalive, noTimer]
        case .asymmetricRouting: [.mend(variant), twoCards]
        case .scan: [.leaveScan, stealth, onlyTheFile]
        case .overloadedHost: [.relieveHost, morePorts]
        case .portReuse: [.spreadPorts, morePorts]
        case .policy where variant != "anti-spoofing" && variant != "limit": [stealth, allow]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: Remedy.general(cause, variant, on: name)
        }
    }

    public let collect = [
        "Log what is allowed as well: `Set-NetFirewallProfile -All -LogAllowed True -LogBlocked "
            + "True`, and a larger file: `-LogMaxSizeKilobytes 32767`.",
        "List what is known while it happens: `Get-NetTCPConnection -RemoteAddress {client}`, and "
            + "who listens: `Get-NetTCPConnection -State Listen -LocalPort {port}`.",
        "Capture: `pktmon start --capture --pkt-size 0`, later `pktmon stop` and `pktmon etl2pcap "
            + "PktMon.etl`. On a machine with two cards it takes both interfaces at once; the "
            + "direction that is missing shows the way around.",
        "Ask which filter dropped it: `netsh wfp show state` names the filters by the number that "
            + "events 5152 and 5157 give.",
    ]
}

extension Windows {
    private var stealth: Remedy {
        Remedy(
            "See whether anything listens there",
            [
                "`Get-NetTCPConnection -State Listen -LocalPort {port}`: without a listener the "
                    + "port scanning prevention filter drops the packet in silence, by design, and "
                    + "so no RST tells {client}.",
                "If the service should run, start it. If not, the drop is right as it is.",
            ])
    }

    /// The audit of drops cannot be narrowed; the file beside it has the same packets.
    private var onlyTheFile: Remedy {
        Remedy(
            "Keep the file, and leave packets out of the Security log",
            [
                "See first that the file has them: `Get-NetFirewallProfile | Format-List "
                    + "Name,LogBlocked,LogFileName`; where LogBlocked is False, "
                    + "`Set-NetFirewallProfile -All -LogBlocked True`.",
                "Then `auditpol /set /subcategory:\"Filtering Platform Packet Drop\" "
                    + "/success:disable /failure:disable`. Event 5157 still tells of blocked "
                    + "connections, if its own subcategory is on.",
                "Do not switch off both: then no drop is seen at all.",
            ],
            cost:
                "Events 5152 and 5153 are no longer written, whichever cause they had; alarms that "
                + "wait for them fall silent.",
            check: [
                "`auditpol /get /subcategory:\"Filtering Platform Packet Drop\"`: No Auditing; "
                    + "pfirewall.log still grows.", Remedy.silent,
            ],
            undo: [
                "`auditpol /set /subcategory:\"Filtering Platform Packet Drop\" /success:enable "
                    + "/failure:enable`"
            ],
            unconfirmed: "the commands were run on no machine; other languages name the "
                + "subcategory otherwise, its GUID 0CCE9225-69AE-11D9-BED3-505054503030 is the "
                + "same."
        )
    }

    private var noTimer: Remedy {
        Remedy(
            "Look for the timer elsewhere",
            [
                "No setting of the Windows firewall ends idle connections that is known here: it "
                    + "is another firewall on the way, or the application.",
                "As an end, Windows sends keepalives for programs that ask for them after the "
                    + "registry's KeepAliveTime: `New-ItemProperty "
                    + "HKLM:/SYSTEM/CurrentControlSet/Services/Tcpip/Parameters -Name "
                    + "KeepAliveTime -PropertyType DWord -Value 300000`, in milliseconds; then "
                    + "restart.",
            ],
            check: ["A capture: a packet each five minutes on an idle connection.", Remedy.gone],
            undo: [
                "`Remove-ItemProperty HKLM:/SYSTEM/CurrentControlSet/Services/Tcpip/Parameters "
                    + "-Name KeepAliveTime`, then restart: 7200000 again."
            ], unconfirmed: "the registry's value was tried on no machine.")
    }

    private var twoCards: Remedy {
        Remedy(
            "On a machine with two cards, answer by the one that was asked on",
            [
                "`Find-NetRoute -RemoteIPAddress {client-host}` names the card by which answers leave. "
                    + "If it is not {interface}, add the route: `New-NetRoute -DestinationPrefix "
                    + "<network> -InterfaceAlias {interface} -NextHop <gateway>`.",
                "Only one card should have a default gateway.",
            ],
            check: [
                "`Find-NetRoute -RemoteIPAddress {client-host}` names {interface}.", Remedy.gone,
            ],
            undo: ["`Remove-NetRoute -DestinationPrefix <network> -NextHop <gateway>`"])
    }

    private var morePorts: Remedy {
        Remedy(
            "Give a busy Windows client more ports",
            [
                "`netsh int ipv4 show dynamicport tcp` shows the range; `netsh int ipv4 set "
                    + "dynamicport tcp start=20000 num=45535` widens it."
            ],
            cost: "Ports from 20000 on are then taken by clients: no service should listen there.",
            check: ["`Get-NetTCPConnection | Group-Object State`: fewer than the range has ports."],
            undo: ["`netsh int ipv4 set dynamicport tcp start=49152 num=16384`, the usual range."],
            unconfirmed: "the command was run on no machine.")
    }

    private var allow: Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach port {port} of this machine at all: this is "
                    + "the rules' own decision and not a fault.",
                "`New-NetFirewallRule -DisplayName stray -Direction Inbound -Protocol TCP "
                    + "-LocalPort {port} -RemoteAddress {client} -Action Allow`. A rule that "
                    + "blocks the same still wins.",
            ], cost: "The rule opens the service to everyone its RemoteAddress names.",
            check: ["On {client}: `Test-NetConnection {server} -Port {port}`."],
            undo: ["`Remove-NetFirewallRule -DisplayName stray`"])
    }
}
