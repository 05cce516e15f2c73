import EventLog
import Journey
import Keyring

/// Words for what stands between a log, its keys, and those who were erased.
extension Failure {
  /// Orders that were begun, by a program that still runs or one that was killed.
  static func erasureUnfinished(_ count: Int) -> Failure {
    Failure(
      .init(
        en: "An erasure or a change of keys is under way (\(count)), or was interrupted.",
        de: "Eine Löschung oder ein Schlüsselwechsel läuft gerade (\(count)) oder brach ab."),
      advice: .init(
        en: "Until it is complete nothing is shown. Wait a moment; if no other program runs,"
          + " complete it: wegmarke privacy resume",
        de: "Bis zum Ende wird nichts gezeigt. Bitte kurz warten; läuft kein anderes Programm,"
          + " zu Ende führen: wegmarke privacy resume"), .tryAgain)
  }

  static func keysBehind(_ count: Int) -> Failure {
    Failure(
      .init(
        en: "The keys come from a copy that is older than \(count) of the log's erasures or changes"
          + " of keys.",
        de: "Die Schlüssel stammen aus einer Kopie, die älter ist als \(count) Löschungen oder"
          + " Schlüsselwechsel."),
      advice: .init(
        en: "Nothing is shown before these are carried out again, with the root key:"
          + " wegmarke privacy resume",
        de: "Vorher wird nichts gezeigt. Mit dem Hauptschlüssel erneut vollziehen:"
          + " wegmarke privacy resume"), .tryAgain)
  }

  static func keysAhead(followed: UInt64, log size: UInt64?) -> Failure {
    let message: LocalizedText =
      if let size {
        .init(
          en: "The log is older than its keys: it ends after \(size) records; the keys followed"
            + " erasures up to \(followed).",
          de: "Das Protokoll ist älter als seine Schlüssel: Es endet nach \(size) Datensätzen, die"
            + " Schlüssel folgten Löschungen bis \(followed).")
      } else {
        .init(
          en: "The keys followed the erasures of a log that went another way (\(followed)).",
          de: "Die Schlüssel folgten den Löschungen eines Protokolls, das anders weiterging"
            + " (\(followed)).")
      }
    return Failure(
      message,
      advice: .init(
        en: "Restore the newest copy of the log; it holds what is missing. Only if there is none:"
          + " wegmarke privacy resume --accept-older-log --reason \"…\"; the loss is recorded and"
          + " signed.",
        de: "Bitte die neueste Kopie des Protokolls einspielen; sie enthält das Fehlende. Nur wenn"
          + " es keine gibt: wegmarke privacy resume --accept-older-log --reason \"…\"; der Verlust"
          + " wird festgehalten und signiert."), .data)
  }

  static func erased(by order: Position) -> Failure {
    Failure(
      .init(
        en: "This person was erased, or is about to be (\(order)). Nothing more can be recorded.",
        de: "Diese Person wurde gelöscht oder wird es gerade (\(order)). Mehr lässt sich nicht"
          + " erfassen."),
      advice: .init(
        en: "The receipt: wegmarke privacy receipt '\(order)'",
        de: "Die Bescheinigung: wegmarke privacy receipt '\(order)'"), .data)
  }

  static func groupDropped(_ group: FieldGroup, by order: Position) -> Failure {
    Failure(
      .init(
        en: "The field group “\(group.label.en)” was dropped by law (\(order)).",
        de: "Die Feldgruppe „\(group.label.de)“ wurde aufgehoben (\(order))."),
      advice: .init(
        en: "Leave such statements out; nothing of them may be stored.",
        de: "Bitte solche Angaben weglassen; nichts davon darf gespeichert werden."), .data)
  }
}
