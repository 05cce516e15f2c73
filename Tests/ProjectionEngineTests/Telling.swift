import EventLog
import Journey
import Keyring
import TestSupport

/// What somebody tells a store, without positions: so that it can be told again in another way.
struct Telling: Sendable {
  /// One statement about one person.
  struct Statement: Sendable {
    var person: Int
    var event: JourneyEvent
    /// The index of the statement that this one corrects or takes back.
    var target: Int?
    /// The other person, where the statement says who is the same as whom.
    var other: Int?
  }

  var statements: [Statement] = []

  /// Adds a statement; returns its index.
  @discardableResult
  mutating func say(
    _ person: Int, _ event: JourneyEvent, about target: Int? = nil, other: Int? = nil
  ) -> Int {
    statements.append(Statement(person: person, event: event, target: target, other: other))
    return statements.count - 1
  }

  /// Says that two persons are one, in both streams; the second one's code stays.
  mutating func merge(_ from: Int, into: Int, on day: String = "2026-02-01") {
    say(from, JourneyEvent(.participantsMerged, on: .test(day)), other: into)
    say(into, JourneyEvent(.participantTakenIn, on: .test(day)), other: from)
  }

  /// Says that they are two after all.
  mutating func unmerge(_ from: Int, _ into: Int, on day: String = "2026-02-02") {
    say(from, JourneyEvent(.mergeReverted, on: .test(day)), other: into)
    say(into, JourneyEvent(.mergeReverted, on: .test(day)), other: from)
  }

  /// Takes an earlier statement back; returns the index of the retraction.
  @discardableResult
  mutating func takeBack(_ target: Int) -> Int {
    say(statements[target].person, .retracted(), about: target)
  }

  /// The indices of the statements in the order in which they are told when persons come in another
  /// order: each person's own statements keep theirs.
  func interleaved(using random: inout SeededGenerator) -> [Int] {
    var waiting = Dictionary(grouping: statements.indices) { statements[$0].person }
      .mapValues { $0[...] }
    var order: [Int] = []
    // Who is the same as whom can be said when all is told that was said of the other before.
    func isReady(_ person: Int) -> Bool {
      guard let next = waiting[person]?.first, let other = statements[next].other else {
        return true
      }
      return waiting[other]?.first.map { $0 >= next } ?? true
    }
    while !waiting.isEmpty {
      let person = random.pick(waiting.keys.sorted().filter(isReady))
      guard let next = waiting[person]?.popFirst() else { continue }
      order.append(next)
      if waiting[person]?.isEmpty == true { waiting[person] = nil }
    }
    return order
  }

  /// Ends of commits at random places among so many statements.
  static func cuts(of count: Int, using random: inout SeededGenerator, most: Int = 25) -> [Int] {
    var cuts: [Int] = []
    while cuts.last ?? 0 < count {
      cuts.append(min(count, (cuts.last ?? 0) + Int.random(in: 1...most, using: &random)))
    }
    return cuts
  }
}

/// Tells a store, statement by statement, and knows where each came to stand.
struct Teller {
  var telling: Telling
  private(set) var positions: [Int: UInt64] = [:]
  private var refs: [Int: ParticipantRef] = [:]

  init(_ telling: Telling) { self.telling = telling }

  /// The external id of a person; every seventh has none.
  static func externalID(_ person: Int) -> String? { person % 7 == 6 ? nil : "test:\(person)" }

  /// The ref of a person, nil as long as nothing was told about them.
  func ref(_ person: Int) -> ParticipantRef? { refs[person] }

  /// Tells some statements in one commit.
  mutating func tell(_ indices: some Sequence<Int>, to log: EventLog) throws {
    var parts: [AppendRequest.Part] = []
    var identities: [AppendRequest.Admission] = []
    var admitted: [Int: Int] = [:]
    var next = try log.size()
    let before = try log.participantCount()
    for index in indices {
      let statement = telling.statements[index]
      var event = statement.event
      if let target = statement.target, let position = positions[target] {
        event[Fields.target] = Int(position)
      }
      if let other = statement.other {
        let ref = refs[other].map(\.number) ?? admitted[other].map { before + UInt32($0) }
        event[Fields.otherParticipant] = ref.map { Int($0) }
      }
      let target: AppendRequest.Target
      if let ref = refs[statement.person] {
        target = .stream(.participant(ref))
      } else {
        if admitted[statement.person] == nil {
          admitted[statement.person] = identities.count
          identities.append(
            AppendRequest.Admission(externalID: Teller.externalID(statement.person)))
        }
        target = .admitted(admitted[statement.person, default: 0])
      }
      parts.append(.init(target, expecting: .any, [event]))
      positions[index] = next
      next += 1
    }
    if parts.isEmpty { return }
    let result = try log.append(AppendRequest(parts, admitting: identities))
    guard let first = result.firstAdmitted else { return }
    for (person, offset) in admitted {
      refs[person] = ParticipantRef(first.number + UInt32(offset))
    }
  }

  /// Tells the statements in an order, cut into commits.
  mutating func tell(_ order: [Int], cutAt cuts: [Int], to log: EventLog) throws {
    var start = 0
    for end in cuts where end > start {
      try tell(order[start..<end], to: log)
      start = end
    }
  }
}

extension JourneyEvent {
  /// A retraction; the teller fills in what it takes back.
  static func retracted(_ day: String = "2026-02-01") -> JourneyEvent {
    JourneyEvent(.eventRetracted, on: .test(day)).with(Fields.retractionReason, .duplicate)
  }
}

extension CivilDate {
  /// A date of a test, as people write it.
  static func test(_ text: String) -> CivilDate {
    guard let date = try? CivilDate.parse(text) else { preconditionFailure("no date: \(text)") }
    return date
  }
}
