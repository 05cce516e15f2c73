import EventLog
import Interchange
import Journey

/// What a person should hear of a row that words anew what the store has.
enum ChangeMessage {
  static func diagnostic(
    _ verdict: KnownStatements.Verdict, _ event: JourneyEvent, file: String, line: Int
  ) -> RowDiagnostic? {
    switch verdict {
    case .new, .same: nil
    case .changed(let correction, let before):
      warning("W-CHANGED", file, line, changed(before, correction))
    case .beside(let old):
      warning("W-BESIDE", file, line, beside(old, event))
    case .kept(let last):
      warning("W-KEPT", file, line, kept(last, event))
    }
  }

  private static func warning(
    _ code: String, _ file: String, _ line: Int, _ message: LocalizedText
  ) -> RowDiagnostic {
    RowDiagnostic(.warning, file: file, line: line, column: nil, code: code, message)
  }

  private static func changed(_ before: ReadEvent, _ new: JourneyEvent) -> LocalizedText {
    let old = before.event ?? new
    let name = new.type.label
    if old.occurredOn != new.occurredOn {
      return LocalizedText(
        en: "\(name.en): stored \(old.occurredOn), now \(new.occurredOn); corrected.",
        de: "\(name.de): gespeichert \(old.occurredOn.german), jetzt \(new.occurredOn.german); wird"
          + " berichtigt.")
    }
    let details = details(old, new)
    return LocalizedText(
      en: "\(name.en) (\(new.occurredOn)): other details than stored\(details.en); corrected.",
      de: "\(name.de) (\(new.occurredOn.german)): andere Angaben als gespeichert\(details.de); wird"
        + " berichtigt.")
  }

  private static func beside(_ before: ReadEvent, _ new: JourneyEvent) -> LocalizedText {
    let old = before.event ?? new
    let name = new.type.label
    let position = before.header.position
    if old.occurredOn == new.occurredOn {
      return LocalizedText(
        en: "\(name.en) (\(new.occurredOn)): another one of that day is stored (\(position))."
          + " Both now stand side by side; please check.",
        de: "\(name.de) (\(new.occurredOn.german)): von diesem Tag ist schon ein anderer Eintrag"
          + " gespeichert (\(position)). Beides steht jetzt nebeneinander; bitte prüfen.")
    }
    return LocalizedText(
      en:
        "\(name.en): stored \(old.occurredOn) (\(position)), now \(new.occurredOn). Both now"
        + " stand side by side; please check.",
      de: "\(name.de): gespeichert \(old.occurredOn.german) (\(position)), jetzt"
        + " \(new.occurredOn.german). Beides steht jetzt nebeneinander; bitte prüfen.")
  }

  private static func kept(_ last: ReadEvent, _ new: JourneyEvent) -> LocalizedText {
    let name = new.type.label
    let position = last.header.position
    let day = (en: "\(new.occurredOn)", de: new.occurredOn.german)
    if last.event?.type == .eventRetracted {
      return LocalizedText(
        en: "\(name.en) (\(day.en)): somebody took it back (\(position)); that stays.",
        de: "\(name.de) (\(day.de)): Das wurde von Hand zurückgenommen (\(position));"
          + " dabei bleibt es.")
    }
    let stands = last.event?.occurredOn
    return LocalizedText(
      en: "\(name.en) (\(day.en)): somebody corrected it to \(stands.map { "\($0)" } ?? "")"
        + " (\(position)); that stays.",
      de: "\(name.de) (\(day.de)): Von Hand berichtigt auf \(stands?.german ?? "")"
        + " (\(position)); dabei bleibt es.")
  }

  /// The fields in which two wordings differ, in brackets.
  private static func details(_ old: JourneyEvent, _ new: JourneyEvent) -> LocalizedText {
    let schema = new.type.schema
    let labels = (schema.required + schema.optional).filter {
      old.fields.value(of: $0.tag) != new.fields.value(of: $0.tag)
    }.map(\.label)
    guard !labels.isEmpty else { return LocalizedText(verbatim: "") }
    return LocalizedText(
      en: " (\(labels.map(\.en).joined(separator: "; ")))",
      de: " (\(labels.map(\.de).joined(separator: "; ")))")
  }
}
