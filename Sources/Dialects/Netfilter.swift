import Bytes
import Facts

public struct Netfilter: Dialect {
    public init() {}
    public let id = DialectID.netfilter
    public let title = ""
    public let howToGet: [String] = []
    public let limits: [String] = []
    public let samples: [Sample] = []

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading { .notMine }
}
