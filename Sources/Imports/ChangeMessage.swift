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

  private static func changed(_ old: ReadEvent, _ new: JourneyEvent) -> LocalizedText {
    let (what, before, after) = said(old.event ?? new, new)
    return LocalizedText(
      en: "\(what.en): stored \(before.en), now \(after.en); corrected.",
      de: "\(what.de): gespeichert \(before.de), jetzt \(after.de); wird berichtigt.")
  }

  private static func beside(_ old: ReadEvent, _ new: JourneyEvent) -> LocalizedText {
    let (what, before, after) = said(old.event ?? new, new)
    let position = old.header.position.number
    return LocalizedText(
      en: "\(what.en): stored \(before.en) (position \(position)), now \(after.en). Both now stand"
        + " side by side; please check.",
      de: "\(what.de): gespeichert \(before.de) (Position \(position)), jetzt \(after.de). Beides"
        + " steht jetzt nebeneinander; bitte prüfen.")
  }

  private static func kept(_ last: ReadEvent, _ new: JourneyEvent) -> LocalizedText {
    let name = new.type.label
    let position = last.header.position.number
    let day = (en: "\(new.occurredOn)", de: new.occurredOn.german)
    if last.event?.type == .eventRetracted {
      return LocalizedText(
        en: "\(name.en) (\(day.en)): somebody took it back (position \(position)); that stays.",
        de: "\(name.de) (\(day.de)): Das wurde von Hand zurückgenommen (Position \(position));"
          + " dabei bleibt es.")
    }
    let stands = last.event?.occurredOn
    return LocalizedText(
      en: "\(name.en) (\(day.en)): somebody corrected it to \(stands.map { "\($0)" } ?? "")"
        + " (position \(position)); that stays.",
      de: "\(name.de) (\(day.de)): Von Hand berichtigt auf \(stands?.german ?? "")"
        + " (Position \(position)); dabei bleibt es.")
  }

  /// What is spoken of, and how each wording differs: by its day, or by its details.
  private static func said(
    _ old: JourneyEvent, _ new: JourneyEvent
  ) -> (what: LocalizedText, before: LocalizedText, after: LocalizedText) {
    if old.occurredOn != new.occurredOn {
      return (
        new.type.label, LocalizedText(en: "\(old.occurredOn)", de: old.occurredOn.german),
        LocalizedText(en: "\(new.occurredOn)", de: new.occurredOn.german)
      )
    }
    let schema = new.type.schema
    let names = schema.required + schema.optional
    let differing = names.filter {
      old.fields.value(of: $0.tag) != new.fields.value(of: $0.tag)
    }.map(\.name)
    let name = new.type.label
    return (
      LocalizedText(
        en: "\(name.en) (\(new.occurredOn))", de: "\(name.de) (\(new.occurredOn.german))"),
      LocalizedText(en: "other details", de: "andere Angaben"),
      differing.isEmpty
        ? LocalizedText(en: "these", de: "diese")
        : LocalizedText(verbatim: differing.joined(separator: ", "))
    )
  }
}
