public import Journey
import Keyring

/// Events to append in one commit: all of them or none.
public struct AppendRequest: Sendable {
  /// The stream that events go to.
  public enum Target: Sendable, Hashable {
    /// A stream that exists or may exist.
    case stream(StreamID)
    /// The stream of a participant admitted by this request, by index.
    case admitted(Int)
  }

  /// Events for one stream.
  public struct Part: Sendable {
    /// Where the events go.
    public var target: Target
    /// What the stream must hold.
    public var expected: ExpectedVersion
    /// The events, in order.
    public var events: [JourneyEvent]

    /// Creates a part.
    public init(_ target: Target, expecting expected: ExpectedVersion, _ events: [JourneyEvent]) {
      self.target = target
      self.expected = expected
      self.events = events
    }
  }

  /// A participant to be admitted.
  public struct Admission: Sendable, Hashable {
    /// The id of a source, with the source's name: `mvad:17`; nil when recorded by hand.
    public var externalID: String?
    /// The public code; nil lets the log choose one that nobody has.
    public var code: ParticipantCode?

    /// Describes a new participant.
    public init(externalID: String?, code: ParticipantCode? = nil) {
      self.externalID = externalID
      self.code = code
    }
  }

  /// The parts, in the order in which their events get positions.
  public var parts: [Part]
  /// Participants that the store does not know yet.
  public var admitted: [Admission]
  /// The most bytes of an idempotency key.
  public static let longestKey = 64

  /// The same key with the same content is appended once; 1 to 64 bytes.
  public var idempotencyKey: [UInt8]?
  /// When each event was recorded; only for stores created as simulated.
  public var recordedAt: [Int64]?
  /// Whether events that order or report the destruction of keys may be among the events.
  var isErasure = false
  /// Where the first event must come to stand, when others of the request name it.
  var beginsAt: UInt64?

  /// Creates a request.
  public init(
    _ parts: [Part], admitting admitted: [Admission] = [],
    idempotencyKey: [UInt8]? = nil, recordedAt: [Int64]? = nil
  ) {
    self.parts = parts
    self.admitted = admitted
    self.idempotencyKey = idempotencyKey
    self.recordedAt = recordedAt
  }
}

extension AppendRequest {
  /// The sub-project of each admitted participant: the first that their events state.
  var subprojectsOfAdmitted: [String?] {
    var subprojects = [String?](repeating: nil, count: admitted.count)
    for part in parts {
      guard case .admitted(let index) = part.target, subprojects[index] == nil else { continue }
      subprojects[index] = part.events.lazy.compactMap { $0[Fields.subproject] }.first
    }
    return subprojects
  }
}

/// Where events came to stand.
public struct AppendResult: Sendable, Equatable {
  /// The position of the first event.
  public let first: Position
  /// The number of events.
  public let count: Int
  /// Whether an earlier append with the same idempotency key had written them.
  public let isDuplicate: Bool
  /// The ref of the first admitted participant.
  public let firstAdmitted: ParticipantRef?
}

extension JourneyEvent {
  /// The coarse kind under which the event stands in the log.
  var recordKind: RecordKind {
    switch type {
    case .eventRetracted: .retraction
    case .importBatchBegun, .importBatchEnded, .importBatchRolledBack, .importBatchRestored: .batch
    case .erasureRequested, .erasureDecided, .erasureCompleted, .erasureReasonRecorded,
      .fieldGroupDropOrdered, .fieldGroupDropped, .keyRotationOrdered, .keyEpochWritten,
      .erasuresReapplied, .olderLogAccepted:
      .key
    case .roleKeyIssued, .roleKeysExtended, .roleKeyRevoked, .keysExported, .keyExportDestroyed,
      .exportDescribed, .keysImported:
      .key
    case .tableReleased, .reportFrozen, .releaseRequested, .releaseProposed, .releaseApproved,
      .releaseRefused, .releaseWithdrawn, .waiverGranted:
      .release
    case .definitionStored, .indicatorDefinitionActivated: .definition
    default: fields.value(of: Fields.target.tag) == nil ? .fact : .correction
    }
  }

  /// The field group whose key seals the event.
  var fieldGroup: FieldGroup { type.schema.group }
}
