// Which end of a connection is the server, as far as port numbers can say.

import Facts

/// Guesses the serving end from the ports alone: 1 the first, 2 the second, 0 neither.
///
/// Below 1024 are services by right; from 32768 up every common stack takes its own ports
/// (Linux 32768–60999, Windows, macOS and the BSDs 49152–65535).
func servingEnd(_ first: UInt16, _ second: UInt16) -> Int {
    if first < 1024 && second >= 1024 { return 1 }
    if second < 1024 && first >= 1024 { return 2 }
    if first < 32768 && second >= 32768 { return 1 }
    if second < 32768 && first >= 32768 { return 2 }
    return 0
}
