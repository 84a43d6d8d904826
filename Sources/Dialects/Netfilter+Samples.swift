extension Netfilter {
    public var samples: [Sample] { [] }
}
