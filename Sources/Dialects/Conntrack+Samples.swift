extension Conntrack {
    public var samples: [Sample] { [] }
}
