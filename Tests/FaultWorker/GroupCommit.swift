import Dispatch
import EventLog
import Synchronization

/// `group`: many threads append at once, so that commits carry the requests of several.
///
/// Each says what is stored when its append has returned.
struct GroupCommit {
  let image: StoreImage
  let threads: Int
  let rounds: Int

  init(_ words: Words) {
    image = StoreImage(folder: words.text("folder"))
    threads = words.number("threads", 4)
    rounds = words.number("rounds", 6)
  }

  func run() throws {
    let log = try image.open(.write(waitingAtMost: .zero))
    let failure = Mutex<(any Error)?>(nil)
    let rounds = rounds
    let group = DispatchGroup()
    for thread in 0..<threads {
      DispatchQueue(label: "thread \(thread)").async(group: group) {
        do {
          for round in 0..<rounds {
            let result = try log.append(MadeUp.request("\(thread)-\(round)", events: 3))
            say("Stored for good: #\(result.first.number)–#\(result.first.number + 2)")
          }
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    group.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
