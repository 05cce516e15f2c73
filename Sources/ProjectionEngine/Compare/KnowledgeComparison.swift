public import EventLog
public import Journey
import Statistics

/// What moved an answer between two states of knowledge, event by event.
///
/// Events are taken in the order of the log. What one of them contributes is the figure directly
/// after it less the figure directly before it, with everything recorded earlier already known and
/// the later reference day in force. So contributions add up to the difference of the two answers,
/// whatever the events have to do with each other.
public struct KnowledgeComparison: Sendable {
  /// The figures of one group of people.
  public struct Figures: Sendable, Equatable {
    /// People who count.
    public internal(set) var counted = 0
    /// Ends among them.
    public internal(set) var events = 0
    /// The curve at the horizons; 1 where nobody counts, carried on behind the last time.
    public internal(set) var survival: [Double]

    /// Whether nothing moved.
    public var isZero: Bool { counted == 0 && events == 0 && survival.allSatisfy { $0 == 0 } }

    static func - (left: Figures, right: Figures) -> Figures {
      Figures(
        counted: left.counted - right.counted, events: left.events - right.events,
        survival: zip(left.survival, right.survival).map { $0 - $1 })
    }
  }

  /// The kinds of events that move a figure.
  public enum Kind: String, Sendable, CaseIterable {
    /// Something that happened after the earlier reference day.
    case new
    /// Something that had happened by the earlier reference day and was recorded later.
    case late
    /// A correction.
    case corrected
    /// A retraction.
    case retracted
    /// Two participants who became one person.
    case merged
    /// Two who became two again.
    case parted
    /// Somebody whom figures leave out from then on (article 18 GDPR).
    case restricted
    /// Somebody whom they count again.
    case readmitted
  }

  /// What one event did to the figures of one group.
  public struct Movement: Sendable, Equatable {
    /// The position of the event.
    public let position: Position
    /// When it was recorded.
    public let recordedAt: Int64
    /// In whose stream it stands.
    public let participant: ParticipantRef
    /// What was recorded.
    public let event: JourneyEvent
    /// Why it moved the figure.
    public let kind: Kind
    /// The values of the grouping attributes.
    public let group: [String?]
    /// How far the figures of the group moved.
    public let change: Figures
  }

  /// The figures of one group at both states of knowledge.
  public struct Group: Sendable, Equatable {
    /// The values of the grouping attributes.
    public let values: [String?]
    /// The answer at the earlier state of knowledge.
    public let before: Figures
    /// How far the passing of time moved it: the later reference day, with nothing else known.
    public let passing: Figures
    /// The answer at the later state.
    public let after: Figures
    /// What no event explains: nothing, unless people are left out of answers by other rules.
    public let rest: Figures
  }

  /// The times at which the curve is read off, in clock units.
  public let horizons: [Double]
  /// The groups that count at either state, in their order.
  public let groups: [Group]
  /// What moved the figures, in the order of the log.
  public let movements: [Movement]
  /// Where people were erased between the two states.
  ///
  /// Both figures are derived with today's keys, so that erasures move neither; what was published
  /// before may differ by them.
  public let erasures: [Position]

  /// Compares the answers to a question as known after `sizes.lower` and after `sizes.upper` records.
  ///
  /// - Parameters:
  ///   - view: The journeys, refreshed.
  ///   - days: The reference days of the two answers.
  /// - Throws: `QuestionError`.
  public init(
    _ question: TimeToEventQuestion, _ view: JourneysView, sizes: (lower: UInt64, upper: UInt64),
    days: (lower: Day, upper: Day), horizons: [Double]
  ) throws(QuestionError) {
    var earlier = question
    earlier.referenceDay = days.lower
    var later = question
    later.referenceDay = days.upper
    let (before, passed, after) = (
      Tally.all(try earlier.ask(view, size: sizes.lower)),
      Tally.all(try later.ask(view, size: sizes.lower)),
      Tally.all(try later.ask(view, size: sizes.upper))
    )
    self.horizons = horizons
    do {
      var fold = MovementFold(passed, horizons, earlierDay: days.lower)
      let changes = try OutcomeChanges(later, view, sizes: sizes)
      for change in changes.inOrder { fold.add(change) }
      movements = fold.movements
      erasures = changes.erasures
      let reached = fold.tallies
      let keys = Set(before.keys).union(passed.keys).union(after.keys).union(reached.keys)
      groups = keys.filter { key in
        [before, passed, after].contains { $0[key]?.isEmpty == false }
          || fold.movements.contains { $0.group == key }
      }.sorted { AttributeOrder.precedes($0, $1) }.map { key in
        let at = { (tallies: [[String?]: Tally]) in
          (tallies[key] ?? Tally()).figures(at: horizons)
        }
        return Group(
          values: key, before: at(before), passing: at(passed) - at(before), after: at(after),
          rest: at(after) - at(reached))
      }
    } catch let error as QuestionError {
      throw error
    } catch { throw .view(ViewError(wrapping: error)) }
  }

  /// What all events of one kind did to one group together, and how many they were.
  public func total(of kind: Kind?, group: [String?]) -> (count: Int, change: Figures) {
    var sum = Figures(survival: horizons.map { _ in 0 })
    var count = 0
    for movement in movements where movement.group == group {
      if let kind, movement.kind != kind { continue }
      count += 1
      sum.counted += movement.change.counted
      sum.events += movement.change.events
      for index in sum.survival.indices { sum.survival[index] += movement.change.survival[index] }
    }
    return (count, sum)
  }
}

/// The durations of one group, so that people can be taken out and put in.
struct Tally: Sendable, Equatable {
  private var ended: [Int] = []
  private var censored: [Int] = []

  var isEmpty: Bool { ended.allSatisfy { $0 == 0 } && censored.allSatisfy { $0 == 0 } }

  static func all(_ result: TimeToEventResult) -> [[String?]: Tally] {
    var tallies: [[String?]: Tally] = [:]
    for group in result.groups {
      var tally = Tally()
      for row in group.counts.times.indices {
        let time = Int(group.counts.times[row])
        tally.add(time, isEvent: true, group.counts.events[row])
        tally.add(time, isEvent: false, group.counts.censored[row])
      }
      tallies[group.values] = tally
    }
    return tallies
  }

  mutating func add(_ duration: Int, isEvent: Bool, _ count: Int) {
    while ended.count <= duration {
      ended.append(0)
      censored.append(0)
    }
    if isEvent { ended[duration] += count } else { censored[duration] += count }
  }

  /// The Kaplan–Meier curve at some times, and what it rests on.
  func figures(at horizons: [Double]) -> KnowledgeComparison.Figures {
    let (events, others) = (ended.reduce(0, +), censored.reduce(0, +))
    let survival = horizons.map { horizon in
      var atRisk = events + others
      var survival = 1.0
      for time in ended.indices {
        guard Double(time) <= horizon, atRisk > 0 else { break }
        if ended[time] > 0 { survival *= 1 - Double(ended[time]) / Double(atRisk) }
        atRisk -= ended[time] + censored[time]
      }
      return survival
    }
    return .init(counted: events + others, events: events, survival: survival)
  }
}

/// Applies changes to tallies one after the other, and takes down how the figures move.
private struct MovementFold {
  private(set) var tallies: [[String?]: Tally]
  private(set) var movements: [KnowledgeComparison.Movement] = []
  private let horizons: [Double]
  private let earlierDay: Day

  init(_ tallies: [[String?]: Tally], _ horizons: [Double], earlierDay: Day) {
    self.tallies = tallies
    self.horizons = horizons
    self.earlierDay = earlierDay
  }

  mutating func add(_ change: OutcomeChanges.Change) {
    let keys = Set((change.before + change.after).map(\.group))
    let ordered = keys.sorted { left, right in
      zip(left, right).first { $0 != $1 }.map { ($0.0 ?? "\u{FFFF}") < ($0.1 ?? "\u{FFFF}") }
        ?? false
    }
    let before = ordered.map { (tallies[$0] ?? Tally()).figures(at: horizons) }
    for outcome in change.before {
      tallies[outcome.group, default: Tally()].add(
        Int(outcome.length), isEvent: outcome.isEvent, -1)
    }
    for outcome in change.after {
      tallies[outcome.group, default: Tally()].add(Int(outcome.length), isEvent: outcome.isEvent, 1)
    }
    for (key, before) in zip(ordered, before) {
      let after = (tallies[key] ?? Tally()).figures(at: horizons)
      guard after != before else { continue }
      movements.append(
        .init(
          position: change.header.position, recordedAt: change.header.recordedAt,
          participant: ParticipantRef(change.header.stream.ref), event: change.event,
          kind: kind(change), group: key, change: after - before))
    }
  }

  private func kind(_ change: OutcomeChanges.Change) -> KnowledgeComparison.Kind {
    let event = change.event
    return switch event.type {
    case .participantsMerged, .participantTakenIn: .merged
    case .mergeReverted: .parted
    case .eventRetracted: .retracted
    // A later decision may also let the person back in.
    case .processingRestricted:
      change.after.count < change.before.count ? .restricted : .readmitted
    case .restrictionLifted: .readmitted
    default:
      event[Fields.target] != nil
        ? .corrected : event.occurredOn.day <= earlierDay ? .late : .new
    }
  }
}
