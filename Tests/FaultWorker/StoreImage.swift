import EventLog
import Files
import Journey
import ProjectionEngine

/// A folder with a store in it, as the program's defaults place it, and the key that opens it.
struct StoreImage {
  let folder: String

  var store: String { "\(folder)/data/wegmarke" }
  var exists: Bool { Folder.exists(store) }

  func open(_ access: EventLog.Access) throws(LogError) -> EventLog {
    let keys = "\(folder)/config/wegmarke/keys"
    return try EventLog(
      store: store, access: access,
      rootKey: RootKeySource { origin in
        "\(keys)/\(origin.split(separator: "/").last ?? "store").key"
      })
  }
}

/// What is known of the log at one moment.
struct LogFacts {
  var size: UInt64
  /// Records that no key opens any more.
  var erased: UInt64
  var root: [UInt8]
}

/// What the caller was told before the power went.
struct Promise {
  /// Whether the store was said to be there.
  var hasStore = false
  /// Records that were said to be stored.
  var size: UInt64 = 0
  /// Records that were said to be erased.
  var erased: UInt64 = 0
  /// The most records there can be: what was promised, and what was on its way.
  var most: UInt64 = .max
}

/// What is wrong with an image.
enum Fault: Error, CustomStringConvertible {
  /// Something that was promised is gone.
  case lost(String)
  /// The store contradicts itself, or the log that it is a part of.
  case inconsistent(String)

  var description: String {
    switch self {
    case .lost(let what): "lost: \(what)"
    case .inconsistent(let what): "inconsistent: \(what)"
    }
  }
}

/// Checks images against the log that they are a prefix of.
final class ImageCheck {
  private let complete: EventLog
  private var roots: [UInt64: [UInt8]] = [:]
  private var digests: [[UInt8]: String] = [:]
  /// Views that were refused with a reason and made again.
  private(set) var viewsRefused = 0
  /// Images that were refused until an erasure in them was carried on.
  private(set) var resumed = 0

  /// - Parameter complete: The store at the end of the trace.
  init(complete: StoreImage) throws { self.complete = try complete.open(.read) }

  /// Checks one image.
  ///
  /// - Parameter goesOn: Also append to it, as the next program would.
  /// - Returns: Whether there is a store.
  /// - Throws: `Fault`.
  func check(_ image: StoreImage, against promise: Promise, goesOn: Bool) throws -> Bool {
    guard image.exists else {
      if promise.hasStore { throw Fault.lost("the store is gone") }
      return false
    }
    do {
      let facts = try read(image, promise)
      if goesOn { try appendTo(image, facts) }
      return true
    } catch let error as LogError {
      throw promise.hasStore
        ? Fault.lost("does not open: \(error)") : Fault.inconsistent("does not open: \(error)")
    }
  }

  private func read(_ image: StoreImage, _ promise: Promise) throws -> LogFacts {
    let log: EventLog
    do throws(LogError) { log = try image.open(.read) } catch {
      return try resume(image, promise)
    }
    let facts = try ImageCheck.facts(of: log)
    try compare(facts, with: promise)
    try checkViews(of: log, facts)
    return facts
  }

  /// The log's size and root, after every record was checked and every seal opened.
  static func facts(of log: EventLog) throws -> LogFacts {
    let report = try log.verify(deep: true)
    guard report.isIntact, let root = report.root else {
      throw Fault.inconsistent("\(report.findings.prefix(3))")
    }
    return LogFacts(size: report.size, erased: report.erased, root: root)
  }

  private func compare(_ facts: LogFacts, with promise: Promise) throws {
    if facts.size < promise.size {
      throw Fault.lost("\(facts.size) records, \(promise.size) were acknowledged")
    }
    if facts.size > promise.most {
      throw Fault.inconsistent("\(facts.size) records, at most \(promise.most) were on their way")
    }
    if facts.erased < promise.erased {
      throw Fault.lost("\(facts.erased) records erased, \(promise.erased) were acknowledged")
    }
    let expected = try roots[facts.size] ?? complete.root(size: facts.size)
    roots[facts.size] = expected
    guard facts.root == expected else {
      throw Fault.inconsistent("the root over \(facts.size) records is another one")
    }
  }

  /// Between two key epochs a store may be read only after the erasure is carried on, which whoever
  /// opens it for writing does; nothing of what was acknowledged may be missing then.
  private func resume(_ image: StoreImage, _ promise: Promise) throws -> LogFacts {
    let log = try image.open(.write(waitingAtMost: .zero))
    try log.carryOutOrders()
    let facts = try ImageCheck.facts(of: log)
    guard facts.size >= promise.size, facts.erased >= promise.erased else {
      throw Fault.lost("\(facts.size) records, \(promise.size) were acknowledged")
    }
    guard try log.root(size: promise.size) == complete.root(size: promise.size) else {
      throw Fault.inconsistent("the root over \(promise.size) records is another one")
    }
    try checkViews(of: log, facts)
    resumed += 1
    return facts
  }

  /// A view says what a view says that is made anew, or is refused for a stated reason.
  private func checkViews(of log: EventLog, _ facts: LogFacts) throws {
    let folder = "\(log.path)/views"
    var found: String?
    do {
      let view = JourneysView(of: log)
      try view.refresh()
      found = try view.digest()
    } catch {
      viewsRefused += 1
    }
    let key = facts.root + [UInt8(truncatingIfNeeded: facts.erased)]
    if digests[key] == nil || found == nil {
      try Folder.remove(folder)
      let view = JourneysView(of: log)
      try view.refresh()
      digests[key] = try view.digest()
    }
    if let found, found != digests[key] {
      throw Fault.inconsistent("the view says something else than one made anew")
    }
  }

  /// The store goes on: somebody is admitted, and the log still holds.
  private func appendTo(_ image: StoreImage, _ facts: LogFacts) throws {
    let log = try image.open(.write(waitingAtMost: .zero))
    let request = try MadeUp.request("after-the-crash", events: 2)
    do throws(AppendError) { try log.append(request) } catch {
      throw Fault.inconsistent("cannot be appended to: \(error)")
    }
    let now = try ImageCheck.facts(of: log)
    guard now.size == facts.size + 2 else {
      throw Fault.inconsistent("\(now.size) records after an append to \(facts.size)")
    }
  }
}
