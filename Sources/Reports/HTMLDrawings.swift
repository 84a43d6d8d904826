// Which drawings a finding has.

import Causes
import Exhibits

extension HTMLReport {
    func putDrawings(_ finding: Finding, _ exhibit: Exhibit?, _ out: inout HTMLWriter) {
    }
}
