// What `stray dialects forcepoint` shows.

extension Forcepoint {
    static let steps = [
        "The engines write to the Log Server, and only the Log Server forwards. In the Management "
            + "Client open Configuration > Network Elements > Servers, the Log Server's "
            + "Properties, tab Log Forwarding.",
        "Add a rule: Target Host the syslog server, Service UDP or TCP, Port 514, Format CEF or "
            + "LEEF, Data Type FW Log (or All Log Data), Filter Any. On the Log Server's own host "
            + "allow the connection.",
        "In the access rules open the Logging cell and set Log Level to Stored and Connection "
            + "Closing to Log Accounting Information, so that each connection's end and its bytes "
            + "are there beside the blocked packets.",
        "Packets without a connection are logged by the rule that would have allowed the "
            + "connection; Engine editor, Advanced Settings, Log Handling can fold repeated ones.",
        "Or export from the Logs view: select the entries, Export > Export Log Events, format CSV or XML. Have "
            + "the columns Creation Time, Sender, Situation, Action, Src Addrs, Dst Addrs, IP Protocol, "
            + "Src Port, Dst Port, Rule Tag, Information Message, Src IF and Dst IF in the view.",
    ]

    static let bounds = [
        "The flags of a packet stand only in the message `Not a Valid SYN Packet [..]`, and not "
            + "always there. No sequence numbers, no windows, no TTL.",
        "A record without a syslog stamp carries the Log Server's local time without a zone; "
            + "give it with --tz.",
        "The time is that of reception at the Log Server; an engine that was cut off sends its "
            + "records late.",
        "Interfaces are numbers of the engine; a rule is the number of its tag with the version "
            + "behind the dot.",
        "A CSV export is read by its header line, an XML export by its names, a record a line or "
            + "printed over several.",
        "Connections have no id, and why one was closed is said in words at most.",
        "A closing without bytes and duration comes from a rule without accounting.",
        "Log compression on the engine folds many discarded packets into one record.",
    ]
}
