import EventLog
import Journey

/// `erase`: some people are erased, the first of them alone, the others together.
///
/// Says what is stored when an order has been taken in.
struct Erasing {
  let image: StoreImage
  let refs: [UInt32]

  init(_ words: Words) {
    image = StoreImage(folder: words.text("folder"))
    refs = words.text("refs").split(separator: ",").compactMap { UInt32($0) }
  }

  func run() throws {
    let log = try image.open(.write(waitingAtMost: .zero))
    for some in [refs.prefix(1), refs.dropFirst()] where !some.isEmpty {
      let orders = try log.orderErasure(
        ErasureRequest(some.map { ParticipantRef($0) }, reason: "asked for it"))
      if let last = orders.last { say("Stored for good: #\(last.number)") }
      let run = try log.carryOutOrders()
      if let run { say("Stored for good: #\(run.completed.number)") }
    }
  }
}
