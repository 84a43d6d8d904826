import Bytes
@main struct Main { static func main() {} }
