// One of the firewalls, chosen when the program runs; each of its batches is judged by code made for
// that model and those rules alone.
//
// Read first: `Replay`.

import Facts
import Policy
import Tracking

public struct Firewall: Sendable {
    private enum Made: Sendable {
        case netfilter(Replay<Netfilter>)
        case pf(Replay<PF>)
        case forcepoint(Replay<Forcepoint>)
        /// While a batch is judged: then nobody else holds it, and nothing is copied.
        case none
    }

    public let kind: FirewallKind
    private var made: Made

    /// A setting that the model does not take.
    public struct BadSetting: Error, Equatable, Sendable {
        public var name: String
        public var fault: SettingFault
    }

    public init(
        _ kind: FirewallKind, _ rules: Rules, settings: [(name: String, value: String)],
        inside: [Network], isInnerInterface: Bool
    ) throws(BadSetting) {
        self.kind = kind
        let manner = kind.manner(inside: inside, isInnerInterface: isInnerInterface)
        switch kind {
        case .netfilter:
            let model = try Firewall.set(Netfilter(), kind, settings)
            made = .netfilter(Replay(model, rules, manner))
        case .pf:
            let model = try Firewall.set(PF(), kind, settings)
            made = .pf(Replay(model, rules, manner))
        case .forcepoint:
            let model = try Firewall.set(Forcepoint(), kind, settings)
            made = .forcepoint(Replay(model, rules, manner))
        }
    }

    private static func set<Model: StateModel>(
        _ model: consuming Model, _ kind: FirewallKind, _ settings: [(name: String, value: String)]
    ) throws(BadSetting) -> Model {
        var model = model
        for (name, value) in settings {
            do throws(SettingFault) {
                try model.set(kind.ownName(name), to: value)
            } catch {
                throw BadSetting(name: name, fault: error)
            }
        }
        return model
    }

    /// Judges the first `count` packets.
    public mutating func judge(_ packets: inout [Packet], count: Int, _ out: inout VerdictBatch) {
        switch made {
        case .netfilter(var replay):
            made = .none
            replay.judge(&packets, count: count, &out)
            made = .netfilter(replay)
        case .pf(var replay):
            made = .none
            replay.judge(&packets, count: count, &out)
            made = .pf(replay)
        case .forcepoint(var replay):
            made = .none
            replay.judge(&packets, count: count, &out)
            made = .forcepoint(replay)
        case .none: break
        }
    }

    public var counts: ReplayCounts {
        switch made {
        case .netfilter(let replay): replay.counts
        case .pf(let replay): replay.counts
        case .forcepoint(let replay): replay.counts
        case .none: ReplayCounts()
        }
    }

    public var fragmentCounts: FragmentCollector.Counts {
        switch made {
        case .netfilter(let replay): replay.fragmentCounts
        case .pf(let replay): replay.fragmentCounts
        case .forcepoint(let replay): replay.fragmentCounts
        case .none: FragmentCollector.Counts()
        }
    }

    /// Packets whose direction nothing told: they were taken as coming in.
    public var withoutDirection: Int {
        switch made {
        case .netfilter(let replay): replay.withoutDirection
        case .pf(let replay): replay.withoutDirection
        case .forcepoint(let replay): replay.withoutDirection
        case .none: 0
        }
    }

    public var states: (now: Int, peak: Int) {
        switch made {
        case .netfilter(let replay): (replay.model.stateCount, replay.model.statePeak)
        case .pf(let replay): (replay.model.stateCount, replay.model.statePeak)
        case .forcepoint(let replay): (replay.model.stateCount, replay.model.statePeak)
        case .none: (0, 0)
        }
    }

    public func phaseName(_ phase: UInt16, ipProtocol: UInt8) -> String {
        switch made {
        case .netfilter(let replay): replay.model.phaseName(phase, ipProtocol: ipProtocol)
        case .pf(let replay): replay.model.phaseName(phase, ipProtocol: ipProtocol)
        case .forcepoint(let replay): replay.model.phaseName(phase, ipProtocol: ipProtocol)
        case .none: ""
        }
    }
}
