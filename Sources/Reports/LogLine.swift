// The log line that a firewall would have written of a verdict.
//
// Read first: `Verdict` in Replay. One file for each firewall's form; what is common is here: which
// packets are logged at all, and the stamp.

import Bytes
import Facts
import Policy
import Replay

/// A log form that `stray replay --emit` writes.
public enum LogForm: String, CaseIterable, Sendable {
    case filterlog
    case netfilter
    case forcepoint
    /// The lines of `--format ndjson`.
    case ndjson
}

public struct LogWriter: Sendable {
    public let form: LogForm
    private let zone: Zone

    /// What the lines call the firewall.
    static let host = "stray-replay"

    public init(_ form: LogForm, zone: Zone) {
        self.form = form
        self.zone = zone
    }

    /// Writes the line of a packet, if this firewall logs it.
    public func put(
        _ packet: Packet, _ verdict: Verdict, _ rules: Rules, names: Names,
        to out: inout ByteWriter
    ) {
        switch form {
        case .filterlog:
            guard isLoggedByPF(verdict) else { return }
            out.put("<134>1 ")
            putStamp(packet.time, &out)
            out.put(" \(LogWriter.host) filterlog 1 - - ")
            out.putFilterlog(packet, verdict, rules, names)
        case .netfilter:
            guard isLogged(verdict) else { return }
            putStamp(packet.time, &out)
            out.put(" \(LogWriter.host) kernel: ")
            out.putNetfilter(packet, verdict, names)
        case .forcepoint:
            guard isLogged(verdict) else { return }
            out.put("<6>")
            putOldStamp(packet.time, withYear: false, &out)
            out.put(" \(LogWriter.host) ")
            out.putForcepoint(packet, verdict, rules, names) { out in
                putOldStamp(packet.time, withYear: true, &out)
            }
        case .ndjson: break
        }
    }

    /// What is blocked, and what a rule that logs passed.
    private func isLogged(_ verdict: Verdict) -> Bool {
        guard verdict.course == .judged else { return false }
        return !verdict.passes || (verdict.opened && verdict.isLogged)
    }

    /// pf logs what a rule that logs decided, and each packet that a state passes whose rule has
    /// `log (all)` (FreeBSD pf.c, pf_test(): PF_LOG_ALL of the state's rule). Drops for the
    /// state's sake are counted and not logged (the default rule they are charged to has no log),
    /// some others always are.
    private func isLoggedByPF(_ verdict: Verdict) -> Bool {
        guard verdict.course == .judged else { return false }
        guard !verdict.passes else { return verdict.isLogged }
        switch verdict.reason {
        case .stateMismatch, .normalize, .badTimestamp, .fragment: return false
        case .short, .badOffset, .ipOption, .memory: return true
        default: return verdict.isLogged
        }
    }

    /// `2026-11-19T08:15:02.123456+01:00`.
    private func putStamp(_ time: Instant, _ out: inout ByteWriter) {
        guard time.isKnown else {
            // RFC 5424's word for nothing; the others read no time either.
            out.put("-")
            return
        }
        let (civil, offset) = local(time, zone)
        out.putDate(civil)
        out.put("T")
        out.putTimeOfDay(civil)
        out.put(".")
        out.put(civil.microsecond, width: 6)
        out.put(offset < 0 ? "-" : "+")
        out.put(abs(offset) / 3600, width: 2)
        out.put(":")
        out.put(abs(offset) / 60 % 60, width: 2)
    }

    /// `Nov 19 08:15:02`, `Nov 19 2026 08:15:02`.
    private func putOldStamp(_ time: Instant, withYear: Bool, _ out: inout ByteWriter) {
        let civil = local(time.isKnown ? time : Instant(seconds: 0), zone).civil
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        out.put(months[civil.month - 1])
        out.put(civil.day < 10 && !withYear ? "  " : " ")
        out.put(civil.day, width: withYear ? 2 : 1)
        if withYear {
            out.put(" ")
            out.put(civil.year)
        }
        out.put(" ")
        out.putTimeOfDay(civil)
    }
}
