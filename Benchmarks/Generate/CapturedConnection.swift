// One TCP connection, packet by packet, as both ends would number it.

struct CapturedConnection {
    let client: UInt32
    let server: UInt32
    let clientPort: UInt16
    let serverPort: UInt16
    private var clientNext: UInt32
    private var serverNext: UInt32
    private var ipID: UInt16
    /// How many packets were made of it.
    private(set) var step = 0

    init(
        client: UInt32, server: UInt32, clientPort: UInt16, serverPort: UInt16,
        _ random: inout SplitMix64
    ) {
        self.client = client
        self.server = server
        self.clientPort = clientPort
        self.serverPort = serverPort
        clientNext = random.word()
        serverNext = random.word()
        ipID = UInt16(truncatingIfNeeded: random.word())
    }

    /// The packets of an ordinary life: a handshake, a request, an answer, two FINs.
    static let ordinary: [(fromClient: Bool, flags: UInt8, length: UInt16)] = [
        (true, Flags.syn, 0), (false, Flags.syn | Flags.ack, 0), (true, Flags.ack, 0),
        (true, Flags.psh | Flags.ack, 300), (false, Flags.ack, 1448),
        (false, Flags.psh | Flags.ack, 700), (true, Flags.ack, 0), (true, Flags.fin | Flags.ack, 0),
        (false, Flags.fin | Flags.ack, 0), (true, Flags.ack, 0),
    ]

    var isOver: Bool { step >= CapturedConnection.ordinary.count }

    /// The next packet of an ordinary life.
    mutating func next() -> (packet: Packet, fromClient: Bool) {
        let kind = CapturedConnection.ordinary[step]
        return (send(kind.fromClient, kind.flags, kind.length), kind.fromClient)
    }

    /// The packet that an end sends next; its numbers go on.
    mutating func send(_ fromClient: Bool, _ flags: UInt8, _ length: UInt16) -> Packet {
        step += 1
        ipID &+= 1
        let opens = flags & Flags.syn != 0
        var packet = Packet(
            source: fromClient ? client : server, destination: fromClient ? server : client,
            sourcePort: fromClient ? clientPort : serverPort,
            destinationPort: fromClient ? serverPort : clientPort, flags: flags, length: length,
            sequence: fromClient ? clientNext : serverNext,
            acknowledgement: flags & Flags.ack == 0 ? 0 : fromClient ? serverNext : clientNext,
            window: opens ? 64240 : 502, ttl: fromClient ? 64 : 57)
        packet.ipID = ipID
        packet.options = opens ? .linuxSYN : .timestamps
        let end = UInt32(length) &+ (flags & (Flags.syn | Flags.fin) == 0 ? 0 : 1)
        if fromClient { clientNext &+= end } else { serverNext &+= end }
        return packet
    }
}
