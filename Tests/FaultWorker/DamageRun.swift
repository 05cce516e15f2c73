import EventLog
import Files
import Glibc
import Journey
import LMDB
import ProjectionEngine

/// One way to damage a file.
struct Damage {
  enum Kind: String, CaseIterable {
    case flip, zero, swap
    /// A slot of somebody's key or identity, as an erasure leaves it.
    case erase
  }

  let kind: Kind
  let range: Range<Int>

  /// Every page or sector of a file in every way; parts of other sizes for small files.
  static func all(of count: Int, units: [Int]) -> [Damage] {
    units.flatMap { unit in
      stride(from: 0, to: count, by: unit).flatMap { start in
        [Kind.flip, .zero, .swap].map { Damage(kind: $0, range: start..<min(count, start + unit)) }
      }
    }
  }

  /// Every slot of a file of keys or identities destroyed, though nobody ordered it.
  static func erasures(of file: String, count: Int) -> [Damage] {
    let sizes = ["participants": 72, "identities": 128]
    guard let size = sizes[Folder.name(of: file)] else { return [] }
    return stride(from: 64, to: count - size + 1, by: size).map {
      Damage(kind: .erase, range: $0..<$0 + size)
    }
  }

  /// The damaged bytes, or nil when nothing would change.
  func apply(to bytes: [UInt8], _ generator: inout Mixer) -> [UInt8]? {
    var damaged = bytes
    switch kind {
    case .flip:
      let bit = Int(generator.next() % UInt64(range.count * 8))
      damaged[range.lowerBound + bit / 8] ^= 1 << UInt8(bit % 8)
    case .zero:
      for index in range { damaged[index] = 0 }
    case .erase:
      for index in range { damaged[index] = index == range.lowerBound ? 2 : 0 }
    case .swap:
      let parts = bytes.count / range.count
      guard range.count > 0, parts > 1 else { return nil }
      let other = Int(generator.next() % UInt64(parts)) * range.count
      guard other + range.count <= bytes.count else { return nil }
      let there = Array(bytes[other..<other + range.count])
      damaged.replaceSubrange(other..<other + range.count, with: bytes[range])
      damaged.replaceSubrange(range, with: there)
    }
    return damaged == bytes ? nil : damaged
  }
}

/// `damage`: a store with one file damaged in every way, verified and asked.
///
/// For each damage two steps, each announced, because each may end this process: `verify N`, then
/// `detected N` or `unnoticed N`; `ask N`, then `same N`, `refused N`, `wrong N`, `older N` or `missed N`.
/// `nothing N` is a damage that changes no byte.
struct DamageRun {
  let source: StoreImage
  let scratch: String
  let file: String
  let units: [Int]
  let seed: UInt64
  let every: Int
  let lane: Int
  let lanes: Int
  /// Steps before this one were made by somebody else: two a damage.
  let start: Int
  /// Whether to damage once, leave the store there and end.
  let leaves: Bool

  init(_ words: Words) {
    source = StoreImage(folder: words.text("folder"))
    scratch = words.text("scratch")
    file = words.text("file")
    units = words.text("units").split(separator: ",").compactMap { Int($0) }
    seed = UInt64(words.number("seed", 1))
    every = max(1, words.number("every", 1))
    lane = words.number("lane", 0)
    lanes = max(1, words.number("lanes", 1))
    start = words.number("start", 0)
    leaves = words.optional("leave") != nil
  }

  func run() throws {
    let answers = try Answers(of: source)
    let image = StoreImage(folder: scratch)
    let target = "\(image.store)/\(file)"
    let bytes = try Folder.contents(of: "\(source.store)/\(file)")
    let damages =
      Damage.all(of: bytes.count, units: units) + Damage.erasures(of: file, count: bytes.count)
    var generator = Mixer(state: seed)
    for (number, damage) in damages.enumerated() {
      let damaged = damage.apply(to: bytes, &generator)
      guard (number + Int(seed)) % every == 0, number / every % lanes == lane,
        2 * number + 1 >= start
      else { continue }
      guard let damaged else {
        say("nothing \(number)")
        continue
      }
      // Stuck in a circle of pages is as bad as ended, and is ended.
      Self.endAfter(seconds: 30)
      var isDetected = true
      if 2 * number >= start {
        try prepare(image)
        try File(target, .update).write(damaged.span, at: 0)
        if leaves { return say("left \(number)") }
        say("verify \(number) \(damage.kind.rawValue) \(damage.range)")
        isDetected = isReported(image)
        say("\(isDetected ? "detected" : "unnoticed") \(number)")
      }
      try prepare(image)
      try File(target, .update).write(damaged.span, at: 0)
      say("ask \(number) \(damage.kind.rawValue) \(damage.range)")
      let verdict = answers.compare(with: image)
      switch verdict {
      case .wrong where damage.kind == .erase && isDetected && Folder.name(of: file) == "identities":
        // A name is missing where it is shown, no figure: verification says that nobody ordered it.
        say("bare \(number)")
      case .wrong(let what):
        say("wrong \(number) \(what), \(isDetected ? "reported" : "unnoticed")")
      case .older: say("older \(number) \(isDetected ? "reported" : "unnoticed")")
      case .refused(let why): say(isDetected ? "refused \(number)" : "missed \(number) \(why)")
      case .same: say("same \(number)")
      }
    }
    say("end \(damages.count)")
  }

  /// Ends this process with SIGALRM when it has not come further by then.
  ///
  /// A child of Foundation's `Process` starts with the signal blocked.
  private static func endAfter(seconds: UInt32) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGALRM)
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    alarm(seconds)
  }

  /// What `log verify --deep` does, in this process.
  private func isReported(_ image: StoreImage) -> Bool {
    do {
      guard try PageScan.misplacedPages(inDirectory: "\(image.store)/log").isEmpty else {
        return true
      }
      _ = try ImageCheck.facts(of: image.open(.read))
      return false
    } catch { return true }
  }

  /// Makes the undamaged store anew in the scratch folder.
  private func prepare(_ image: StoreImage) throws {
    try Folder.remove(image.folder)
    try copy(source.folder, to: image.folder)
    if !file.hasPrefix("views/") { try Folder.remove("\(image.store)/views") }
  }

  private func copy(_ from: String, to target: String) throws {
    let isFolder = try File(from, .read).isFolder()
    guard isFolder else {
      let bytes = try Folder.contents(of: from)
      return try File(target, .createNew).write(bytes.span, at: 0)
    }
    try Folder.create(target)
    for name in try Folder.names(from) where name != "lock.mdb" {
      try copy("\(from)/\(name)", to: "\(target)/\(name)")
    }
  }
}

/// What an undamaged store says, to be compared with what a damaged one says.
struct Answers {
  enum Verdict {
    case same
    /// At least one answer was refused; none was another one.
    case refused(String)
    case wrong(String)
    /// The log as it was after an earlier commit, in agreement with itself: an older copy of a part
    /// of the file came into the place of a newer one.
    case older
  }

  private var size: UInt64 = 0
  private var root: [UInt8] = []
  private var earlierRoot: [UInt8] = []
  /// The root over every number of records.
  private var roots: [[UInt8]] = []
  private var records: [StoredRecord] = []
  private var journeys: [[ReadEvent]] = []
  private var people: [ParticipantRef?] = []
  private var requests: [AppendResult?] = []
  private var digest = ""

  private static let ids = (0..<12).map { "made-up:0-\($0)" }

  init(of image: StoreImage) throws {
    let log = try image.open(.read)
    size = try log.size()
    root = try log.root(size: size)
    earlierRoot = try log.root(size: size / 2)
    roots = try (0...size).map { try log.root(size: $0) }
    records = try log.records(0..<size)
    journeys = try Self.journeys(log, UInt32(size))
    people = try Self.people(log)
    requests = try Self.requests(log)
    digest = try Self.digest(log)
  }

  private static func journeys(_ log: EventLog, _ most: UInt32) throws -> [[ReadEvent]] {
    try (0..<min(most, log.participantCount())).map {
      try log.events(of: StreamID(.participant, $0))
    }
  }

  private static func people(_ log: EventLog) throws -> [ParticipantRef?] {
    try ids.map { try log.participant(externalID: $0) }
  }

  private static func requests(_ log: EventLog) throws -> [AppendResult?] {
    try (0..<12).map { try log.appended(under: Array("0-\($0)".utf8)) }
  }

  private static func digest(_ log: EventLog) throws -> String {
    let view = JourneysView(of: log)
    try view.refresh()
    return try view.digest()
  }

  /// Whether a log is a shorter one with the same beginning.
  private func isOlder(_ log: EventLog) -> Bool {
    guard let found = try? log.size(), found < size, let root = try? log.root(size: found) else {
      return false
    }
    return root == roots[Int(found)]
  }

  /// Asks a store everything that is known of the undamaged one.
  func compare(with image: StoreImage) -> Verdict {
    let log: EventLog
    do { log = try image.open(.read) } catch { return .refused("\(error)") }
    var refusal: String?
    func ask<T: Equatable>(_ name: String, _ expected: T, _ answer: () throws -> T) -> String? {
      do {
        return try answer() == expected ? nil : name
      } catch {
        refusal = "\(name): \(error)"
        return nil
      }
    }
    let wrong =
      ask("the size", size) { try log.size() }
      ?? ask("the root", root) { try log.root(size: size) }
      ?? ask("an earlier root", earlierRoot) { try log.root(size: size / 2) }
      ?? ask("a record", records) { try log.records(0..<size) }
      ?? ask("a journey", journeys) { try Self.journeys(log, UInt32(size)) }
      ?? ask("a person", people) { try Self.people(log) }
      ?? ask("a request", requests) { try Self.requests(log) }
      ?? ask("the view", digest) { try Self.digest(log) }
    if let wrong { return isOlder(log) ? .older : .wrong(wrong) }
    return refusal.map { .refused($0) } ?? .same
  }
}
