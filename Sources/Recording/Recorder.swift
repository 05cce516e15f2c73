public import EventLog
public import Files
public import Journey
import ProjectionEngine

/// Records, corrects and takes back what people say about a journey.
///
/// Everything is worked out as a plan first, which stores nothing; storing a plan appends exactly
/// what it shows, or nothing when somebody wrote to the stream in between.
public struct Recorder: Sendable {
  /// Who records, and in which role.
  public struct Voice: Sendable, Equatable {
    /// The name of the person.
    public let author: String
    /// The role.
    public let role: ActorRole

    /// Describes who records.
    public init(author: String, role: ActorRole = .advisor) {
      self.author = author
      self.role = role
    }
  }

  let log: EventLog
  let voice: Voice
  let now: @Sendable () -> Int64

  /// A recorder for somebody.
  public init(
    _ log: EventLog, by voice: Voice,
    now: @escaping @Sendable () -> Int64 = SystemClock.microseconds
  ) {
    self.log = log
    self.voice = voice
    self.now = now
  }

  /// Today, in the zone of the store.
  public var today: Day { StoreZone.day(of: now()) }

  /// Stores a plan.
  ///
  /// - Throws: `RecordingError.conflict` when somebody wrote to one of its streams since.
  public func store(_ plan: RecordingPlan) throws(RecordingError) -> RecordedPlan {
    do throws(AppendError) {
      let result = try log.append(plan.request)
      let ref = plan.participant ?? result.firstAdmitted
      return RecordedPlan(
        position: Position(result.first.number + UInt64(plan.offset)), count: result.count,
        participant: ref, version: plan.version + UInt32(plan.written))
    } catch {
      guard case .wrongExpectedVersion(_, .exact(let expected), let actual, let since) = error
      else { throw .append(error) }
      throw .conflict(
        RecordingConflict(
          expected: expected, actual: actual, since: since, base: plan.before,
          theirs: plan.before, mine: plan.event))
    }
  }

  /// Refuses a name that could steer a terminal.
  func checkVoice() throws(RecordingError) {
    try StatedText.line(voice.author, .init(en: "The name", de: "Der Name"))
  }

  /// An event with who says it and why.
  func signed(_ event: JourneyEvent, reason: String?) -> JourneyEvent {
    var event = event
    event[Fields.author] = voice.author
    event[Fields.actorRole] = voice.role
    if let reason { event[Fields.reason] = reason }
    return event
  }

  func person(of ref: ParticipantRef) throws(RecordingError) -> PersonStreams {
    do throws(LogError) { return try PersonStreams(of: ref, in: log) } catch { throw .log(error) }
  }

  func size() throws(RecordingError) -> UInt64 {
    do throws(LogError) { return try log.size() } catch { throw .log(error) }
  }

  func versionToCome(_ expected: UInt32, newest: UInt32) -> RecordingError {
    .notAStatement(
      LocalizedText(
        en: "Version \(expected) does not exist yet; the newest is \(newest).",
        de: "Version \(expected) gibt es noch nicht; die neueste ist \(newest)."), advice: nil)
  }

  /// Refuses a plan made for another version than the stream has, with both versions.
  func check(
    _ expected: UInt32?, _ stream: [ReadEvent], base: (UInt64) -> JourneyEvent?,
    theirs: JourneyEvent?, mine: JourneyEvent?
  ) throws(RecordingError) {
    let actual = stream.last?.header.streamVersion ?? 0
    guard let expected, expected != actual else { return }
    guard expected < actual else { throw versionToCome(expected, newest: actual) }
    let since = stream.filter { $0.header.streamVersion > expected }
    let size = since.first?.header.position.number ?? .max
    throw .conflict(
      RecordingConflict(
        expected: expected, actual: actual, since: since, base: base(size), theirs: theirs,
        mine: mine))
  }
}

/// What a command would store, worked out to the last field.
public struct RecordingPlan: Sendable {
  /// The event; nil for a plan without one of its own.
  public let event: JourneyEvent?
  /// Whom it is about; nil for a participant to be admitted.
  public let participant: ParticipantRef?
  /// The number of records in the stream before.
  public let version: UInt32
  /// What does not go together with the journey, yet is recorded.
  public var warnings: [GuardFinding] = []
  /// What stands before, where something is corrected or taken back.
  public var before: JourneyEvent?
  /// The entry that a person named, where something is corrected or taken back.
  public var subject: Position?
  /// Why what is stated again was taken back; nil where nothing was.
  public var revived: RetractionReason?
  /// The position that the event will have when nobody writes before it.
  public let position: Position
  /// The other participant, where two are merged or parted.
  public var other: ParticipantRef?
  /// What exactly is appended.
  let request: AppendRequest
  /// How many records of the request stand before the event.
  var offset = 0
  /// How many records the request adds to the stream.
  var written = 1

  /// How many records are stored.
  public var count: Int { request.parts.reduce(0) { $0 + $1.events.count } }
}

/// What was stored of a plan.
public struct RecordedPlan: Sendable, Equatable {
  /// The position of the event.
  public let position: Position
  /// The number of records stored.
  public let count: Int
  /// Whom it is about.
  public let participant: ParticipantRef?
  /// The number of records in the stream now.
  public let version: UInt32
}
