// Ports by the names that a device prints in their place.
//
// Read first: "TCP and UDP Ports" among the references of the ASA's configuration guide.

import Bytes
import Facts

extension CiscoASA {
    static let services = WordTable<UInt16>([
        ("https", 443), ("www", 80), ("http", 80), ("ssh", 22), ("telnet", 23), ("domain", 53),
        ("snmp", 161), ("ntp", 123), ("smtp", 25), ("ftp", 21), ("syslog", 514), ("isakmp", 500),
        ("netbios-ns", 137), ("netbios-dgm", 138), ("netbios-ssn", 139), ("ldap", 389),
        ("ldaps", 636), ("bootps", 67), ("bootpc", 68), ("tftp", 69), ("snmptrap", 162),
        ("sip", 5060), ("h323", 1720), ("sqlnet", 1521), ("sunrpc", 111), ("nfs", 2049),
        ("pop2", 109), ("pop3", 110), ("imap4", 143), ("bgp", 179), ("rip", 520), ("time", 37),
        ("radius", 1645), ("radius-acct", 1646), ("tacacs", 49), ("kerberos", 750),
        ("klogin", 543), ("kshell", 544), ("login", 513), ("rsh", 514), ("cmd", 514),
        ("exec", 512), ("lpd", 515), ("rtsp", 554), ("pptp", 1723), ("citrix-ica", 1494),
        ("lotusnotes", 1352), ("ctiqbe", 2748), ("ftp-data", 20), ("finger", 79),
        ("gopher", 70), ("ident", 113), ("irc", 194), ("nntp", 119), ("echo", 7),
        ("discard", 9), ("daytime", 13), ("chargen", 19), ("whois", 43), ("nameserver", 42),
        ("hostname", 101), ("uucp", 540), ("talk", 517), ("pim-auto-rp", 496), ("xdmcp", 177),
        ("secureid-udp", 5510), ("mobile-ip", 434), ("dnsix", 195), ("aol", 5190),
        ("pcanywhere-data", 5631), ("pcanywhere-status", 5632), ("cifs", 3020),
    ])
}
