import EventLog
import Interchange
import Journey
import ProjectionEngine

/// What a participant's stream says, for comparison with what the rows of a file say.
///
/// Provenance does not count: who recorded something, and which import brought it. What a person
/// corrected or took back stays as they left it. What an undone import brought counts as never said.
struct KnownStatements {
  /// What becomes of an event that a file states.
  enum Verdict {
    /// The store does not have it.
    case new
    /// The store has it, or more of it: an empty cell takes nothing back.
    case same
    /// The store has an earlier wording of it; the event is the correction to store.
    case changed(JourneyEvent, before: ReadEvent)
    /// A person corrected or took back what the file states otherwise; that stays.
    case kept(ReadEvent)
    /// New, but maybe another wording of what this file no longer states.
    case beside(ReadEvent)

    var isStored: Bool {
      switch self {
      case .new, .changed, .beside: true
      case .same, .kept: false
      }
    }
  }

  /// One statement of the store with what it says now.
  private struct Known {
    let wordings: [ReadEvent]
    let content: JourneyEvent
    let isImported: Bool
    /// Whether somebody changed it by hand: then files do not change it any more.
    let isSettled: Bool
    let last: ReadEvent
    var isStated = false

    var wording: ReadEvent { wordings[wordings.count - 1] }
  }

  private var known: [Known] = []
  /// Where each content stands that the store has; of what was changed by hand every wording, because
  /// whoever changed it knew the earlier ones.
  private var places: [JourneyEvent: Int] = [:]

  /// - Parameter batch: The import whose own events are left out.
  init(_ stream: [ReadEvent], except batch: Position?) {
    let others = stream.filter { read in
      guard let event = read.event else { return false }
      return batch.map { event[Fields.batch] != Int($0.number) } ?? true
    }
    for statement in Statement.list(others) {
      if statement.retraction?.event?[Fields.retractionReason] == .importUndone { continue }
      let wordings = ([statement.first] + statement.changes).filter {
        $0.event?.type != .eventRetracted
      }
      guard let event = wordings.last?.event else { continue }
      known.append(
        Known(
          wordings: wordings, content: Self.content(of: event),
          isImported: statement.first.event?[Fields.batch] != nil,
          isSettled: event[Fields.batch] == nil || statement.retraction != nil,
          last: statement.last))
      note(known.count - 1)
    }
  }

  /// Whether the store says nothing of the participant: only an undone import did, or nobody.
  var isEmpty: Bool { known.isEmpty }

  private mutating func note(_ place: Int) {
    let statement = known[place]
    if places[statement.content] == nil { places[statement.content] = place }
    guard statement.isSettled else { return }
    for wording in statement.wordings {
      guard let content = wording.event.map({ Self.content(of: $0) }) else { continue }
      if places[content] == nil { places[content] = place }
    }
  }

  private static let provenance: Set<UInt8> = [
    Fields.author.tag, Fields.actorRole.tag, Fields.source.tag, Fields.batch.tag,
    Fields.target.tag, Fields.reason.tag,
  ]

  static func content(of event: JourneyEvent) -> JourneyEvent {
    let entries = event.fields.entries.filter { !provenance.contains($0.tag) }
    return JourneyEvent(event.type, on: event.occurredOn, FieldSet(entries))
  }

  // MARK: Comparing

  /// Whether any of a file's events is stored; until when people were observed every file says.
  func isRestated(by planned: [PlannedEvent]) -> Bool {
    planned.contains { planned in
      planned.event.type != .statusConfirmed
        && match(Self.content(of: planned.event), erased: planned.erased) != nil
    }
  }

  /// What becomes of the events that the rows of one participant state.
  ///
  /// - Parameters:
  ///   - planned: All that one file states of them.
  ///   - restated: The types of which the file states every event there is, so that what it no longer
  ///     states was worded anew.
  ///   - isCumulative: Whether the file has stated something stored before, so that it is no news alone.
  ///   - isOwn: Whether an earlier import came by the same mapping, given where it began.
  mutating func verdicts(
    on planned: [PlannedEvent], restated: Set<EventType>, isCumulative: Bool,
    isOwn: (Int) -> Bool
  ) -> [Verdict] {
    var verdicts = [Verdict?](repeating: nil, count: planned.count)
    let contents = planned.map { Self.content(of: $0.event) }
    for index in planned.indices {
      if let place = match(contents[index], erased: planned[index].erased) {
        known[place].isStated = true
        verdicts[index] = .same
      }
    }
    for index in planned.indices where verdicts[index] == nil {
      verdicts[index] = pair(
        planned[index], contents[index], restated, isCumulative: isCumulative, isOwn: isOwn)
    }
    return verdicts.map { $0 ?? .new }
  }

  /// Where the store says the same, or more of the same day.
  private func match(_ content: JourneyEvent, erased: [UInt8]) -> Int? {
    if let place = places[content] { return place }
    let fuller = known.indices.filter { place in
      !known[place].isStated && Self.says(known[place].content, content)
        && !erased.contains { known[place].content.fields.value(of: $0) != nil }
    }
    return fuller.count == 1 ? fuller[0] : nil
  }

  /// Whether an event says everything that another of the same day says.
  private static func says(_ fuller: JourneyEvent, _ content: JourneyEvent) -> Bool {
    guard fuller.type == content.type, fuller.occurredOn == content.occurredOn else { return false }
    return content.fields.entries.allSatisfy { fuller.fields.entries.contains($0) }
  }

  /// Finds what an event that is not in the store is a new wording of.
  private mutating func pair(
    _ planned: PlannedEvent, _ content: JourneyEvent, _ restated: Set<EventType>,
    isCumulative: Bool, isOwn: (Int) -> Bool
  ) -> Verdict {
    // Whoever erases a detail speaks of what is stored.
    let isRestated = isCumulative || restated.contains(content.type) || !planned.erased.isEmpty
    let day = content.occurredOn.day.number
    var best: (place: Int, isCertain: Bool, distance: Int32)?
    for place in known.indices where !known[place].isStated && known[place].isImported {
      let old = known[place].content
      guard Self.mayBeSame(old, content, isNews: !isRestated) else { continue }
      let batch = known[place].wordings[0].event?[Fields.batch] ?? -1
      let isCertain =
        old.occurredOn == content.occurredOn
        && (isRestated || Self.once.contains(old.type))
        || old[Fields.spell] != nil && old[Fields.spell] == content[Fields.spell]
        || restated.contains(old.type) && isOwn(batch)
        // A row that goes back to what an earlier file said.
        || known[place].wordings.contains { $0.event.map { Self.content(of: $0) } == content }
      let distance = abs(old.occurredOn.day.number - day)
      if best.map({ (isCertain ? 0 : 1, distance) < ($0.isCertain ? 0 : 1, $0.distance) }) ?? true {
        best = (place, isCertain, distance)
      }
    }
    guard let best else { return .new }
    let old = known[best.place]
    if !best.isCertain {
      // A file with the news of a month alone says nothing about what it leaves out; two of one day
      // may be two, as two talks are, or one that was written anew.
      let isOfTheDay = old.content.occurredOn == content.occurredOn
      guard isCumulative || isOfTheDay, !old.isSettled else { return .new }
      known[best.place].isStated = true
      return .beside(old.wording)
    }
    known[best.place].isStated = true
    if old.isSettled { return .kept(old.last) }
    return .changed(correction(of: old, planned), before: old.wording)
  }

  /// What there is once of a person, so that two of one day are one.
  private static let once: Set<EventType> = [
    .identityRecorded, .participationEntered, .entryProfileRecorded, .attributesRecorded,
    .participationExited, .statusAtExitRecorded, .statusAtSixMonthsRecorded,
  ]

  /// Whether one may be the other before a correction.
  ///
  /// - Parameter isNews: Whether the file leaves out what it stated before; then a measure of another
  ///   kind is another measure.
  private static func mayBeSame(_ old: JourneyEvent, _ new: JourneyEvent, isNews: Bool) -> Bool {
    guard old.type == new.type else { return false }
    if isNews, let one = old[Fields.measureKind], let other = new[Fields.measureKind], one != other
    {
      return false
    }
    switch old.type {
    // Every export says anew until when people were observed.
    case .statusConfirmed: return false
    default:
      guard let one = old[Fields.spell], let other = new[Fields.spell] else { return true }
      return one == other
    }
  }

  /// The new wording over the old one: what the file leaves empty stays, what it erases does not.
  private func correction(of old: Known, _ planned: PlannedEvent) -> JourneyEvent {
    let event = planned.event
    let attribute = Fields.attribute.tag
    let names = Set(event.fields.entries.compactMap { Self.attribute($0) })
    var entries = event.fields.entries
    for entry in old.content.fields.entries {
      if entry.tag == attribute {
        if let name = Self.attribute(entry), !names.contains(name) { entries.append(entry) }
      } else if !planned.erased.contains(entry.tag),
        !entries.contains(where: { $0.tag == entry.tag })
      {
        entries.append(entry)
      }
    }
    entries.sort { $0.tag < $1.tag }
    var corrected = JourneyEvent(event.type, on: event.occurredOn, FieldSet(entries))
    corrected[Fields.target] = Int(old.last.header.position.number)
    return corrected
  }

  /// The name of an attribute, which stands before the first `=`.
  private static func attribute(_ entry: FieldSet.Entry) -> Substring? {
    guard entry.tag == Fields.attribute.tag, case .text(let text) = entry.value else { return nil }
    return text.prefix { $0 != "=" }
  }
}
