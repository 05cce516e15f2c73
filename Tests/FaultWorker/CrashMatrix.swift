import EventLog
import Files

/// `crash`: every image that a loss of power could leave of a traced run, opened and checked.
///
/// Prints a line for each image as soon as it is checked, so that who started this knows which one
/// ended it.
struct CrashMatrix {
  let trace: Trace
  let root: UInt64
  let scratch: String
  let forgetting: [String]
  let randoms: Int
  let seed: UInt64
  /// Of so many images one is opened, and which.
  let every: Int
  let lane: Int
  let lanes: Int
  /// Images before this one were checked by somebody else.
  let start: Int
  /// Records that may be stored without having been acknowledged; nil for one batch.
  let extra: UInt64?

  init(_ words: Words) throws {
    trace = try Trace(words.text("trace"))
    root = UInt64(words.number("root-inode", 0))
    scratch = words.text("scratch")
    forgetting = words.texts("forget-syncs")
    randoms = words.number("randoms", 2)
    seed = UInt64(words.number("seed", 1))
    every = max(1, words.number("every", 1))
    lane = words.number("lane", 0)
    lanes = max(1, words.number("lanes", 1))
    start = words.number("start", 0)
    extra = words.optional("extra").flatMap { UInt64($0) }
  }

  func run() throws {
    try Folder.create(scratch)
    let promises = try promises()
    let check = try ImageCheck(complete: StoreImage(folder: "\(scratch)/complete"))
    var disk = Disk(root: root, forgetting: forgetting)
    var generator = Mixer(state: seed)
    var seen: Set<[Int]> = []
    var number = 0
    for (index, entry) in trace.entries.enumerated() {
      let before = disk.pending.count
      disk.take(entry)
      let promise = promises[index]
      // What is said is a promise as soon as it is said, whatever comes next.
      let isMoment = [.sync, .say].contains(entry.operation) || index == 0
      if disk.pending.count > before || isMoment {
        for (kind, survivors) in CrashPoint.images(
          of: disk.pending, randoms: randoms, &generator)
        {
          // The same image under the same promise says nothing new.
          guard seen.insert(fingerprint(disk.version, promise, survivors)).inserted else {
            continue
          }
          number += 1
          guard (number + Int(seed)) % every == 0, number / every % lanes == lane,
            number > start
          else { continue }
          try examine(disk, survivors, promise, check, number, kind, at: index)
        }
      }
      disk.settleSynchronousWrites()
    }
    say("end \(number) \(trace.entries.count) \(check.viewsRefused) \(check.resumed)")
  }

  private func examine(
    _ disk: Disk, _ survivors: [Disk.Survivor], _ promise: Promise, _ check: ImageCheck,
    _ number: Int, _ kind: CrashPoint.Kind, at index: Int
  ) throws {
    let folder = "\(scratch)/image"
    try Folder.remove(folder)
    try Folder.create(folder)
    try disk.write(survivors, to: folder)
    say("open \(number)")
    do {
      let isThere = try check.check(
        StoreImage(folder: folder), against: promise, goesOn: number / every % 4 == 0)
      say("\(isThere ? "sound" : "absent") \(number) \(kind.rawValue)")
    } catch let fault as Fault {
      let word = if case .lost = fault { "lost" } else { "inconsistent" }
      say(
        "\(word) \(number) \(kind.rawValue) | entry \(index) of the trace, seed \(seed): \(fault)")
    }
  }

  /// What had been promised after each entry, and the store at the end of the trace.
  private func promises() throws -> [Promise] {
    var promises: [Promise] = []
    var promise = Promise()
    var disk = Disk(root: root)
    for entry in trace.entries {
      disk.take(entry)
      disk.settleSynchronousWrites()
      switch entry.operation {
      case .say:
        promise.size = max(promise.size, Self.stored(String(decoding: entry.bytes, as: UTF8.self)))
      case .exit:
        // Whoever saw the program end knows that all it did is stored.
        let folder = "\(scratch)/complete"
        try Folder.remove(folder)
        try Folder.create(folder)
        try disk.write(
          disk.pending.indices.map { .init(change: $0, ranges: nil) }, to: folder)
        if StoreImage(folder: folder).exists {
          let facts = try ImageCheck.facts(of: StoreImage(folder: folder).open(.read))
          promise.hasStore = true
          promise.size = facts.size
          promise.erased = facts.erased
        }
      default: break
      }
      promises.append(promise)
    }
    var next = promise.size
    for index in promises.indices.reversed() {
      if index + 1 < promises.count, promises[index + 1].size > promises[index].size {
        next = promises[index + 1].size
      }
      promises[index].most = extra.map { promises[index].size + $0 } ?? next
    }
    return promises
  }

  /// The number of records that a message says are stored, or that somebody read: `Stored for good:
  /// #3–#7`, `Seen: #5`.
  private static func stored(_ text: String) -> UInt64 {
    text.matches(of: /(?:Stored for good|Seen): #(?:\d+–#)?(\d+)/)
      .compactMap { UInt64($0.output.1) }.max().map { $0 + 1 } ?? 0
  }

  private func fingerprint(
    _ version: Int, _ promise: Promise, _ survivors: [Disk.Survivor]
  ) -> [Int] {
    var numbers = [version, Int(promise.size), Int(promise.erased), promise.hasStore ? 1 : 0]
    for survivor in survivors {
      numbers.append(-1 - survivor.change)
      for range in survivor.ranges ?? [] { numbers += [range.lowerBound, range.upperBound] }
    }
    return numbers
  }
}
