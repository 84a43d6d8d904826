// Packets that are still to come, soonest first: a binary heap of times over a pool of events.

struct Event {
    var packet: Packet
    /// How often the packet is still sent again, and after how many microseconds next. Every
    /// repeat doubles the gap, as a retransmission timer does (RFC 6298 §5.5).
    var repeats: UInt8 = 0
    var gapMicroseconds: UInt64 = 0
    /// The number added to the IP id for each repeat.
    var idStep: UInt16 = 1
}

struct EventQueue {
    private struct Slot {
        var time: UInt64
        var index: UInt32
    }

    private var heap: [Slot] = []
    private var pool: [Event] = []
    private var free: [UInt32] = []

    /// When the first event is due; never, when there is none.
    var firstTime: UInt64 { heap.isEmpty ? .max : heap[0].time }

    mutating func push(_ event: Event, at time: UInt64) {
        let index: UInt32
        if let used = free.popLast() {
            index = used
            pool[Int(index)] = event
        } else {
            index = UInt32(pool.count)
            pool.append(event)
        }
        heap.append(Slot(time: time, index: index))
        siftUp(heap.count - 1)
    }

    /// The packet of the first event. An event that repeats goes back into the queue.
    mutating func pop() -> Packet {
        let first = heap[0]
        let index = Int(first.index)
        let packet = pool[index].packet
        if pool[index].repeats > 0 {
            pool[index].repeats -= 1
            pool[index].packet.ipID &+= pool[index].idStep
            heap[0].time = first.time + pool[index].gapMicroseconds
            pool[index].gapMicroseconds *= 2
        } else {
            free.append(first.index)
            let last = heap.removeLast()
            if heap.isEmpty { return packet }
            heap[0] = last
        }
        siftDown()
        return packet
    }

    private mutating func siftUp(_ start: Int) {
        var at = start
        let slot = heap[at]
        while at > 0, slot.time < heap[(at - 1) / 2].time {
            heap[at] = heap[(at - 1) / 2]
            at = (at - 1) / 2
        }
        heap[at] = slot
    }

    private mutating func siftDown() {
        var at = 0
        let slot = heap[0]
        while true {
            var child = at * 2 + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].time < heap[child].time { child += 1 }
            guard heap[child].time < slot.time else { break }
            heap[at] = heap[child]
            at = child
        }
        heap[at] = slot
    }
}
