public import EventLog
import Files
public import Journey
import Keyring
public import ProjectionEngine

/// The people of a store for one export: in random order, under names that mean nothing elsewhere.
///
/// Names and order are drawn anew for every export, so that two of them cannot be laid side by side.
/// Whose processing is restricted (article 18 GDPR) is not among them, nor who was erased.
public struct ExportedPeople: Sendable {
  /// One person.
  public struct Person: Sendable {
    /// The name in this export: `P-000017`.
    public let name: String
    /// The streams of the person, as known.
    public let streams: PersonStreams
    /// The journey, as the view would hold it: a block of one.
    public let block: EffectiveBlock
    /// The attributes of the block.
    public let catalogue: AttributeCatalogue
  }

  private let log: EventLog
  private let size: UInt64
  /// Participants in the order in which they are handed out.
  private let order: [UInt32]
  private let width: Int

  /// Draws an order.
  ///
  /// - Parameter size: The state of knowledge.
  /// - Throws: `LogError` or `KeyringError` when the store cannot be read.
  public init(of log: EventLog, size: UInt64) throws {
    self.log = log
    self.size = size
    let keyring = log.keyring
    let count = try log.participantCount()
    var refs = try keyring.isScoped ? keyring.ownRefs(below: count) : Array(0..<count)
    var random = SystemRandomNumberGenerator()
    refs.shuffle(using: &random)
    order = refs
    width = max(6, String(refs.count).utf8.count)
  }

  /// What came of passing over the people.
  public struct Count: Sendable, Equatable {
    /// How many were handed out.
    public var people = 0
    /// How many are restricted.
    public var restricted = 0
  }

  /// Hands out one person after the other.
  ///
  /// - Parameters:
  ///   - seen: Hears after every person how many participants were looked at, of how many.
  ///   - body: Takes the person.
  public func forEach(
    seen: (Int, Int) -> Void = { _, _ in }, _ body: (Person) throws -> Void
  ) throws -> (count: Count, participants: [ParticipantRef]) {
    var count = Count()
    var participants: [ParticipantRef] = []
    for (place, ref) in order.enumerated() {
      seen(place, order.count)
      let ref = ParticipantRef(ref)
      let known = try PersonStreams(of: ref, in: log, size: size)
      // Each person once: where the one stands whose code stays.
      guard known.members[0] == ref,
        known.streams.contains(where: { Statement.anyStands($0) })
      else { continue }
      // Whatever was known then: what holds today protects them.
      if try isRestricted(known) {
        count.restricted += 1
        continue
      }
      count.people += 1
      participants += known.members
      let (block, catalogue) = EffectiveBlock.person(known, size: size)
      let number = String(count.people)
      let name = "P-" + String(repeating: "0", count: max(0, width - number.utf8.count)) + number
      try body(Person(name: name, streams: known, block: block, catalogue: catalogue))
    }
    return (count, participants.sorted())
  }

  private func isRestricted(_ known: PersonStreams) throws -> Bool {
    for member in known.members {
      if Restriction(try PersonStreams(of: member, in: log)) != nil { return true }
    }
    return false
  }
}

extension ExportedPeople.Person {
  /// The person's history on a reference day.
  func load(_ history: inout PersonHistory, on day: Day) {
    history.load(
      milestones: block.milestones[...], details: block.details[...], referenceDay: day)
  }

  /// The value of an attribute; nil where none is stated.
  func attribute(_ name: String) -> String? {
    catalogue.number(of: name).flatMap {
      catalogue.value(block.value(of: $0, participant: 0), of: $0)
    }
  }
}
