import Dispatch
import EventLog
import Glibc
import Synchronization

/// `group`: many threads append at once, so that commits carry the requests of several.
///
/// Each says what is stored when its append has returned. Consumers beside them say what they see as
/// soon as they have read it: a loss of power at that moment must not take it.
struct GroupCommit {
  let image: StoreImage
  let threads: Int
  let rounds: Int
  let consumers: Int
  /// Whether producers say that their events can be seen before they are stored: a lie that whoever
  /// looks at the trace must notice.
  let isHasty: Bool

  init(_ words: Words) {
    image = StoreImage(folder: words.text("folder"))
    threads = words.number("threads", 4)
    rounds = words.number("rounds", 6)
    consumers = words.number("consumers", 0)
    isHasty = words.optional("hasty") != nil
  }

  func run() throws {
    let log = try image.open(.write(waitingAtMost: .zero))
    let failure = Mutex<(any Error)?>(nil)
    let (rounds, isHasty) = (rounds, isHasty)
    let isOver = Mutex(false)
    let group = DispatchGroup()
    let readers = DispatchGroup()
    for consumer in 0..<consumers {
      DispatchQueue(label: "consumer \(consumer)").async(group: readers) {
        do {
          try consume(log, interval: consumer + 1) { isOver.withLock { $0 } }
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    for thread in 0..<threads {
      DispatchQueue(label: "thread \(thread)").async(group: group) {
        do {
          for round in 0..<rounds {
            if isHasty { say("Seen: #\(try log.size() + 2)") }
            let result = try log.append(MadeUp.request("\(thread)-\(round)", events: 3))
            say("Stored for good: #\(result.first.number)–#\(result.first.number + 2)")
          }
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    group.wait()
    isOver.withLock { $0 = true }
    readers.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Reads on in steps of so many records until all is read that there will be.
  private func consume(_ log: EventLog, interval: Int, _ isOver: () -> Bool) throws {
    var next: UInt64 = 0
    while true {
      let wasOver = isOver()
      let size = try log.size()
      if size == next {
        if wasOver { return }
        usleep(50)
        continue
      }
      let end = min(size, next + UInt64(interval))
      guard let last = try log.records(next..<end).last else { continue }
      say("Seen: #\(last.header.position.number)")
      next = end
    }
  }
}
