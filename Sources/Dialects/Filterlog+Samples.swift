extension Filterlog {
    public var samples: [Sample] { [] }
}
