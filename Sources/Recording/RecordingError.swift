public import EventLog
public import Journey

/// Why something was not recorded; then nothing is stored.
public enum RecordingError: ReadableError {
  /// What was written is no statement: a type, field or value that does not exist.
  case notAStatement(LocalizedText, advice: LocalizedText?)
  /// The position names nothing that can be corrected or taken back.
  case noSuchStatement(LocalizedText, advice: LocalizedText?)
  /// The journey does not allow it.
  case refused([GuardFinding])
  /// It makes no sense, or changes nothing.
  case pointless(LocalizedText, advice: LocalizedText?)
  /// Somebody recorded something about the person since; carries both versions.
  case conflict(RecordingConflict)
  /// The log refused.
  case append(AppendError)
  /// The log cannot be read.
  case log(LogError)

  /// What happened and why.
  public var message: LocalizedText {
    switch self {
    case .notAStatement(let text, _), .noSuchStatement(let text, _), .pointless(let text, _): text
    case .refused(let findings):
      LocalizedText(
        en: findings.map { "\($0.message.en) [\($0.code)]" }.joined(separator: "\n"),
        de: findings.map { "\($0.message.de) [\($0.code)]" }.joined(separator: "\n"))
    case .conflict(let conflict):
      LocalizedText(
        en: "Somebody recorded something here since: expected version \(conflict.expected), found"
          + " \(conflict.actual). Nothing was stored.",
        de: "Hier wurde inzwischen etwas erfasst: erwartet Version \(conflict.expected), gefunden"
          + " \(conflict.actual). Nichts wurde gespeichert.")
    case .append(let error): LocalizedText(verbatim: "\(error)")
    case .log(let error): LocalizedText(verbatim: "\(error)")
    }
  }

  /// What to do next.
  public var advice: LocalizedText? {
    switch self {
    case .notAStatement(_, let advice), .noSuchStatement(_, let advice), .pointless(_, let advice):
      advice
    case .refused:
      LocalizedText(en: "Nothing was stored.", de: "Nichts wurde gespeichert.")
    case .conflict, .append, .log: nil
    }
  }
}

/// Two versions of the same thing: what somebody wanted to store, and what others stored meanwhile.
public struct RecordingConflict: Sendable, Equatable {
  /// The version of the stream that was expected.
  public let expected: UInt32
  /// The version it has.
  public let actual: UInt32
  /// What was recorded since, oldest first.
  public let since: [ReadEvent]
  /// What stood when the version was read; nil for something new.
  public let base: JourneyEvent?
  /// What stands now; nil when it was taken back meanwhile, or for something new.
  public let theirs: JourneyEvent?
  /// What was to be stored; nil for a retraction.
  public let mine: JourneyEvent?
}
