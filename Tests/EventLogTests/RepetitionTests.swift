import EventLog
import Files
import FoundationEssentials
import Glibc
import Journey
import Keyring
import Synchronization
import TestSupport
import Testing

/// Sends every request one to five times, in any order, from several threads of processes that are
/// killed on the way.
@Suite("Requests that are sent again and again")
struct RepetitionTests {
  private static let people = 60
  private static let kills = 8

  @Test("leave a store as if each had been sent once, however often their senders were killed")
  func repetition() async throws {
    let seed =
      ProcessInfo.processInfo.environment["WEGMARKE_REPETITION_SEED"].flatMap { UInt64($0) }
      ?? UInt64.random(in: 0..<1_000_000)
    var random = SeededGenerator(seed: seed)
    let folder = try MemoryFolder.make("wegmarke-repetition")
    defer { try? Folder.remove(folder) }
    try EventLog.create(store: "\(folder)/store", rootKey: .file("\(folder)/root.key"))
    for round in 0..<Self.kills {
      let child = random.next() >> 1
      // A child sends what it can until it is killed at a moment of its own.
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [folder = folder as String, round = round as Int, child = child as UInt64] in
        let sender = try RepeatedSender(folder, seed: child)
        // Told by what is left rather than by the clock, so that it strikes at work on any machine.
        try sender.send(isPeopleOnly: round < 3, killedAfter: Double(child % 900) / 1000)
        try Folder.create("\(folder)/ended-\(round)")
        KillAtRandom.now()
      }
    }
    let atWork = (0..<Self.kills).count { !Folder.exists("\(folder)/ended-\($0)") }
    #expect(atWork > Self.kills / 2, "seed \(seed): only \(atWork) were killed at work")
    // The rest comes in two rounds that nobody disturbs, and once more.
    for (round, isPeopleOnly) in [true, false, false].enumerated() {
      try RepeatedSender(folder, seed: seed &+ UInt64(round)).send(isPeopleOnly: isPeopleOnly)
    }
    try check(folder, seed: seed, atWork: atWork)
  }

  private func check(_ folder: String, seed: UInt64, atWork: Int) throws {
    let place: Comment = "seed \(seed)"
    let log = try EventLog(
      store: "\(folder)/store", access: .write(waitingAtMost: .zero),
      rootKey: .file("\(folder)/root.key"))
    #expect(try log.participantCount() == UInt32(Self.people), place)
    let requests = try RepeatedSender.requests(to: log, isPeopleOnly: false)
    #expect(requests.count == Self.people * 4, place)
    var events = 0
    var taken: Set<UInt64> = []
    for request in requests {
      let stored = try #require(try log.stored(request), place)
      // Its events stand together, as they were told.
      let expected = request.parts.flatMap(\.events)
      events += expected.count
      var opener = KeyCache(log.keyring, blockSize: 8)
      let first = stored.first.number
      let found = try log.records(first..<first + UInt64(stored.count)).map { try opener.open($0) }
      #expect(found.compactMap(\.event) == expected, place)
      for read in found { #expect(taken.insert(read.header.position.number).inserted, place) }
      // The same key with other content is refused, every time.
      var other = request
      other.parts[0].events.append(.counselled())
      for _ in 0..<2 {
        #expect(throws: AppendError.idempotencyConflict(firstPosition: stored.first), place) {
          try log.append(other)
        }
      }
    }
    // And there is nothing else.
    #expect(try log.size() == UInt64(events), place)
    #expect(try log.verify(deep: true).isIntact, place)
    // Every answer that a sender was given, killed later or not, is the one given today.
    var answers = 0
    for name in try Folder.names("\(folder)/answers") {
      let text = try Folder.contents(of: "\(folder)/answers/\(name)")
      for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: " ")
        guard parts.count == 2 else { continue }
        let key = Array(String(parts[0]).utf8)
        #expect(try log.appended(under: key)?.first.number == UInt64(parts[1]), place)
        answers += 1
      }
    }
    print(
      "repetition: seed \(seed), \(requests.count) requests, \(answers) answers,"
        + " \(Self.kills) senders killed, \(atWork) of them at work")
    #expect(answers > requests.count)
  }
}

/// Sends requests from several threads, each request one to five times, in any order.
private final class RepeatedSender: Sendable {
  private let folder: String
  private let log: EventLog
  private let seed: UInt64

  init(_ folder: String, seed: UInt64) throws {
    self.folder = folder
    self.seed = seed
    log = try EventLog(
      store: "\(folder)/store", access: .write(waitingAtMost: .seconds(10)),
      rootKey: .file("\(folder)/root.key"))
    try Folder.create("\(folder)/answers")
  }

  /// The requests that can be made: a person's later ones when the person is known.
  static func requests(to log: EventLog, isPeopleOnly: Bool) throws -> [AppendRequest] {
    var requests: [AppendRequest] = []
    for number in 0..<60 {
      let id = "made:\(number)"
      requests.append(
        AppendRequest(
          [.init(.admitted(0), expecting: .none, [.entered(), .counselled(note: id)])],
          admitting: [.init(externalID: id)], idempotencyKey: Array("admit-\(number)".utf8)))
      guard !isPeopleOnly, let ref = try log.participant(externalID: id) else { continue }
      for step in 0..<3 {
        let events: [JourneyEvent] =
          step == 0
          ? [.jobStarted()] : (0...step).map { .counselled(note: "\(number).\(step).\($0)") }
        requests.append(
          AppendRequest(
            [.init(.stream(.participant(ref)), expecting: .any, events)],
            idempotencyKey: Array("step-\(number)-\(step)".utf8)))
      }
    }
    return requests
  }

  /// - Parameter killedAfter: The share of the requests after which the process is killed.
  func send(isPeopleOnly: Bool, killedAfter share: Double? = nil) throws {
    var random = SeededGenerator(seed: seed)
    let once = try Self.requests(to: log, isPeopleOnly: isPeopleOnly)
    let all = once.flatMap { request in
      Array(repeating: request, count: Int.random(in: 1...5, using: &random))
    }.shuffled(using: &random)
    let (log, folder, seed) = (log, folder, seed)
    let queue = WorkQueue(all)
    if let share {
      let left = all.count - Int(Double(all.count) * share)
      KillAtRandom.begin(after: Int.random(in: 0...2000, using: &random)) { queue.left < left }
    }
    let outcome = Outcome()
    onThreads(4) { thread in
      do {
        let answers = try File("\(folder)/answers/\(seed)-\(getpid())-\(thread)", .createNew)
        var length = 0
        while let request = queue.next() {
          let result = try log.append(request)
          // What is told to the outside is told after the answer, never before.
          let key = String(decoding: request.idempotencyKey ?? [], as: UTF8.self)
          let line = Array("\(key) \(result.first.number)\n".utf8)
          try answers.write(line.span, at: length)
          length += line.count
        }
      } catch { outcome.fail("\(error)") }
    }
    if let error = outcome.first { throw SendingFailed(error: error) }
  }

  private struct SendingFailed: Error { let error: String }
}

private final class WorkQueue: Sendable {
  private let requests: Mutex<[AppendRequest]>
  init(_ requests: [AppendRequest]) { self.requests = Mutex(requests) }
  func next() -> AppendRequest? { requests.withLock { $0.popLast() } }
  var left: Int { requests.withLock { $0.count } }
}

private final class Outcome: Sendable {
  private let errors = Mutex<[String]>([])
  func fail(_ error: String) { errors.withLock { $0.append(error) } }
  var first: String? { errors.withLock { $0.first } }
}

/// Ends the process as a power cut for it alone would.
private enum KillAtRandom {
  /// Waits until something is so, and then so long.
  static func begin(after microseconds: Int, _ isSo: @escaping @Sendable () -> Bool) {
    onNewThread {
      while !isSo() { ShortSleep.microseconds(100) }
      ShortSleep.microseconds(microseconds)
      now()
    }
  }

  static func now() { kill(getpid(), SIGKILL) }
}
