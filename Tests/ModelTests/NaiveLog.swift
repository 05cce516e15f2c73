import EventLog
import Journey
import Keyring

/// What a log is, without disk, keys, trees or threads: a list of what was told, in order.
///
/// Written from `docs/log-format.md` and the documentation of `EventLog`, not from its code. Slow
/// on purpose: every question goes through the list.
struct NaiveLog {
  struct Entry: Equatable {
    let stream: StreamID
    let event: JourneyEvent
    let recordedAt: Int64
  }

  /// What came of a request.
  enum Outcome: Equatable {
    case stored(first: Int, count: Int, isDuplicate: Bool, admitted: UInt32?)
    /// The positions are those of the stream's events since the expected version.
    case wrongVersion(StreamID, actual: UInt32, since: [Int])
    case keyUsed(first: Int)
    case badEvent
    case badTarget(UInt64)
    case noSuchParticipant(UInt32)
    case codeTaken
    case idTaken(String)
    case timesNotAllowed
    case notTried
    case erased(UInt32)
    case groupDropped(FieldGroup)
  }

  private struct Stored {
    let content: Content
    let first: Int
    let count: Int
    let admitted: UInt32?
  }

  /// What of a request has to be the same for it to be the same request.
  private struct Content: Equatable {
    struct Part: Equatable {
      let stream: StreamID?
      let admittedID: String?
      let events: [JourneyEvent]
    }
    let parts: [Part]

    init(_ request: AppendRequest) {
      parts = request.parts.map { part in
        switch part.target {
        case .stream(let stream): Part(stream: stream, admittedID: nil, events: part.events)
        case .admitted(let index):
          Part(stream: nil, admittedID: request.admitted[index].externalID, events: part.events)
        }
      }
    }
  }

  let isSimulated: Bool
  private(set) var entries: [Entry] = []
  /// The external ids of the participants, by ref.
  private(set) var people: [String?] = []
  private var stored: [[UInt8]: Stored] = [:]
  /// The participants who were erased, by ref.
  private(set) var erased: Set<UInt32> = []
  /// Groups that were dropped for everybody.
  private(set) var dropped: Set<FieldGroup> = []
  /// What was imported, oldest first.
  var imports: [Import] = []
  /// A lie: everybody is restricted who is not, and the other way round.
  private(set) var restrictsFalsely = false

  init(isSimulated: Bool) { self.isSimulated = isSimulated }

  // MARK: Telling lies, to see whether anybody notices

  /// Something that a naive log says wrongly from now on.
  enum Lie: CaseIterable {
    case event, stream, time, lastEntry, person, key, participants, imports, restriction
  }

  /// Changes what the log says; false when there is nothing yet to lie about.
  mutating func tell(_ lie: Lie) -> Bool {
    guard let last = entries.last else { return false }
    func changed(_ event: JourneyEvent, _ stream: StreamID, _ time: Int64) -> Entry {
      Entry(stream: stream, event: event, recordedAt: time)
    }
    let place = entries.count - 1
    switch lie {
    case .event:
      var event = last.event
      event.occurredOn = CivilDate(event.occurredOn.day + 1)
      entries[place] = changed(event, last.stream, last.recordedAt)
    case .stream:
      entries[place] = changed(last.event, StreamID(.network, 3), last.recordedAt)
    case .time: entries[place] = changed(last.event, last.stream, last.recordedAt + 1)
    case .lastEntry: entries.removeLast()
    case .person:
      guard !people.isEmpty else { return false }
      people[people.count - 1] = "made:other"
    case .key:
      guard let (key, known) = stored.min(by: { $0.value.first < $1.value.first }) else {
        return false
      }
      stored[key] = Stored(
        content: known.content, first: known.first + 1, count: known.count,
        admitted: known.admitted)
    case .participants: people.append(nil)
    case .imports: imports.append(Import(code: "I-2024-0001", begun: place))
    case .restriction:
      guard !people.isEmpty else { return false }
      restrictsFalsely = true
    }
    return true
  }

  // MARK: Reading

  /// The positions of a stream's events among the first `size`.
  func positions(of stream: StreamID, size: Int = .max) -> [Int] {
    entries.indices.filter { $0 < size && entries[$0].stream == stream }
  }

  func version(of stream: StreamID) -> UInt32 { UInt32(positions(of: stream).count) }

  /// The event at a position, nil when nobody can read it any more.
  func readable(_ position: Int) -> JourneyEvent? {
    let (stream, event) = (entries[position].stream, entries[position].event)
    if dropped.contains(event.type.schema.group) { return nil }
    return stream.kind == .participant && erased.contains(stream.ref) ? nil : event
  }

  /// The participants who have a record and were not erased, by ref.
  func recorded(size: Int = .max) -> [UInt32] {
    everRecorded(size: size).filter { !erased.contains($0) }
  }

  /// The same with those who were erased.
  func everRecorded(size: Int = .max) -> [UInt32] {
    people.indices.map { UInt32($0) }.filter {
      !positions(of: StreamID(.participant, $0), size: size).isEmpty
    }
  }

  // MARK: Destroying keys

  /// Erases people: from now on nobody reads what was told about them, in any state of knowledge.
  mutating func erase(_ refs: [UInt32]) { erased.formUnion(refs) }

  /// Drops a field group for everybody.
  mutating func drop(_ group: FieldGroup) { dropped.insert(group) }

  /// Takes in an event that is not told but written by the program itself.
  mutating func note(_ event: JourneyEvent, of stream: StreamID = .system, at time: Int64) {
    entries.append(
      Entry(
        stream: stream, event: event, recordedAt: max(entries.last?.recordedAt ?? time, time)))
  }

  // MARK: Appending

  /// Takes in a request, or nothing of it.
  mutating func append(_ request: AppendRequest, at time: Int64) -> Outcome {
    if request.recordedAt != nil && !isSimulated { return .timesNotAllowed }
    let events = request.parts.flatMap(\.events)
    for event in events {
      do { try event.check() } catch { return .badEvent }
    }
    if let key = request.idempotencyKey, let known = stored[key] {
      guard known.content == Content(request) else { return .keyUsed(first: known.first) }
      return .stored(
        first: known.first, count: known.count, isDuplicate: true, admitted: known.admitted)
    }
    if let refusal = refusal(of: request) { return refusal }
    if let times = request.recordedAt, times.count != events.count { return .timesNotAllowed }
    let first = entries.count
    let firstRef = UInt32(people.count)
    people += request.admitted.map(\.externalID)
    var index = 0
    for part in request.parts {
      let stream: StreamID =
        switch part.target {
        case .stream(let stream): stream
        case .admitted(let index): StreamID(.participant, firstRef + UInt32(index))
        }
      for event in part.events {
        // Recorded times never fall, whatever the clock does.
        let told = request.recordedAt?[index] ?? time
        entries.append(
          Entry(
            stream: stream, event: event, recordedAt: max(entries.last?.recordedAt ?? told, told)))
        index += 1
      }
    }
    let admitted = request.admitted.isEmpty ? nil : firstRef
    if let key = request.idempotencyKey {
      stored[key] = Stored(
        content: Content(request), first: first, count: events.count, admitted: admitted)
    }
    return .stored(first: first, count: events.count, isDuplicate: false, admitted: admitted)
  }

  private func refusal(of request: AppendRequest) -> Outcome? {
    for case .stream(let stream) in request.parts.map(\.target)
    where stream.kind == .participant && stream.ref >= people.count {
      return .noSuchParticipant(stream.ref)
    }
    for part in request.parts {
      if case .stream(let stream) = part.target, stream.kind == .participant,
        erased.contains(stream.ref)
      {
        return .erased(stream.ref)
      }
      if let group = part.events.map(\.type.schema.group).first(where: dropped.contains) {
        return .groupDropped(group)
      }
    }
    var ids: Set<String> = []
    for id in request.admitted.compactMap(\.externalID)
    where people.contains(id) || !ids.insert(id).inserted {
      return .idTaken(id)
    }
    for part in request.parts {
      guard case .stream(let stream) = part.target else { continue }
      let actual = version(of: stream)
      switch part.expected {
      case .any: continue
      case .none where actual == 0: continue
      case .exact(actual): continue
      case .none:
        return .wrongVersion(stream, actual: actual, since: positions(of: stream))
      case .exact(let expected):
        return .wrongVersion(
          stream, actual: actual, since: Array(positions(of: stream).dropFirst(Int(expected))))
      }
    }
    // What a correction may name: the log, and what stands in front of it in the request.
    var told: [StreamID?] = []
    for part in request.parts {
      for event in part.events {
        let stream: StreamID? = if case .stream(let id) = part.target { id } else { nil }
        if let target = event[Fields.target] {
          let streams = entries.map(\.stream) + told
          let isOwn = streams.indices.contains(target) && stream != nil && streams[target] == stream
          if !isOwn { return .badTarget(UInt64(exactly: target) ?? .max) }
        }
        told.append(stream)
      }
    }
    return nil
  }
}
