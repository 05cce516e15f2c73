public import Journey

/// Something about a journey that does not go together with what is to be recorded.
public struct GuardFinding: Sendable, Equatable {
  /// Whether it keeps the event out.
  public enum Severity: Sendable, Equatable {
    /// It cannot be: nothing is recorded.
    case error
    /// It is unusual: recorded, and noted beside the event.
    case warning
  }

  /// Whether it keeps the event out.
  public let severity: Severity
  /// A code that stays the same: `W-NO-NOTICE`.
  public let code: String
  /// What does not go together.
  public let message: LocalizedText

  static func error(_ code: String, _ en: String, _ de: String) -> GuardFinding {
    GuardFinding(severity: .error, code: code, message: LocalizedText(en: en, de: de))
  }

  static func warning(_ code: String, _ en: String, _ de: String) -> GuardFinding {
    GuardFinding(severity: .warning, code: code, message: LocalizedText(en: en, de: de))
  }
}
