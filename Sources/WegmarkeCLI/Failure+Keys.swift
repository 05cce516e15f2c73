import EventLog
import Journey
import Keyring
import Presentation

/// Words for what stands in the way of a renewal of keys; all of it is found before anything is written.
extension Failure {
  /// Keys that are damaged, or gone without an order.
  init(damaged condition: KeyCondition) {
    let list = KeyConditionWords.list(condition)
    let first = condition.lost.first?.number ?? 0
    self = Failure(
      .init(
        en: "Keys are damaged, or gone although no order says so.\n\(list.en)",
        de: "Schlüssel sind beschädigt oder fehlen, ohne dass eine Anordnung es sagt.\n\(list.de)"),
      advice: .init(
        en: "Nothing was changed. With a copy of these keys (the same epoch):"
          + " wegmarke privacy keys mend FOLDER. Where there is none, what is lost is given up:"
          + " wegmarke privacy keys give-up \(first) --reason \"…\"",
        de: "Nichts wurde geändert. Mit einer Kopie dieser Schlüssel (dieselbe Epoche):"
          + " wegmarke privacy keys mend ORDNER. Gibt es keine, lässt sich Verlorenes aufgeben:"
          + " wegmarke privacy keys give-up \(first) --reason \"…\""), .data)
  }

  static func noRoom(_ path: String, _ needed: Int, _ free: UInt64) -> Failure {
    let (need, have) = (BackupPage.bytes(needed), BackupPage.bytes(free))
    return Failure(
      .init(
        en: "The disk is too full to write the keys anew: \(need.en) needed, \(have.en) free"
          + " (\(path)).",
        de: "Der Datenträger ist zu voll, um die Schlüssel neu zu schreiben: \(need.de) nötig,"
          + " \(have.de) frei (\(path))."),
      advice: .init(
        en: "Nothing was changed. Free some space and run the command again.",
        de: "Nichts wurde geändert. Bitte Platz schaffen und den Befehl wiederholen."), .io)
  }

  static func keyIsWhole(_ ref: ParticipantRef) -> Failure {
    Failure(
      .init(
        en: "The key of person number \(ref.number) is not lost.",
        de: "Der Schlüssel von Person Nummer \(ref.number) ist nicht verloren."),
      advice: .init(
        en: "Nothing was changed. To erase somebody: wegmarke privacy erase",
        de: "Nichts wurde geändert. Jemanden löschen: wegmarke privacy erase"), .data)
  }

  static func keyFile(_ path: String, ofUser user: UInt32) -> Failure {
    Failure(
      .init(
        en: "The key file \(path) belongs to another user (\(user)), who can exchange it.",
        de: "Die Schlüsseldatei \(path) gehört einem anderen Konto (\(user)), das sie austauschen"
          + " kann."),
      advice: .init(
        en: "Copy it into a file of your own, mode 600, and name that with --key-file.",
        de: "Bitte in eine eigene Datei kopieren (Rechte 600) und mit --key-file nennen."),
      .noPermission)
  }

  static func keyFile(_ path: String, serves store: String) -> Failure {
    let own = ShellWords.line([path, "\(path)-2"])
    return Failure(
      .init(
        en: "Another folder uses the same key file: \(store). Changing keys here would replace"
          + " \(path), and that store would not open any more.",
        de: "Ein anderer Ordner benutzt dieselbe Schlüsseldatei: \(store). Ein Schlüsselwechsel"
          + " hier ersetzte \(path), und jener Bestand ließe sich nicht mehr öffnen."),
      advice: .init(
        en: "Nothing was changed. Give this folder a key file of its own: cp -p \(own), then"
          + " --key-file \(path)-2. If the other folder is not needed any more, remove it first.",
        de: "Nichts wurde geändert. Diesem Ordner eine eigene Schlüsseldatei geben: cp -p \(own),"
          + " dann --key-file \(path)-2. Wird der andere Ordner nicht mehr gebraucht, ihn zuerst"
          + " entfernen."), .data)
  }
}

/// Words for the slots of people.
enum KeyConditionWords {
  private static let shown = 10

  /// Who is lost, a line each; by code where it still opens.
  static func list(_ condition: KeyCondition) -> LocalizedText {
    var lines = condition.damaged.map { problem($0) }
    lines += condition.erasedWithoutOrder.map { gone($0) }
    let more = lines.count - shown
    if more > 0 {
      lines.removeLast(more)
      lines.append(.init(en: "and \(more) more", de: "und \(more) weitere"))
    }
    return LocalizedText(
      en: lines.map { "- \($0.en)" }.joined(separator: "\n"),
      de: lines.map { "- \($0.de)" }.joined(separator: "\n"))
  }

  /// What is wrong with the slots of one person.
  static func problem(_ problem: SlotProblem) -> LocalizedText {
    let code = problem.code.map { " (\($0))" } ?? ""
    return .init(
      en: "person number \(problem.ref.number)\(code): key \(word(problem.key).en), code and id"
        + " \(word(problem.identity).en)",
      de: "Person Nummer \(problem.ref.number)\(code): Schlüssel \(word(problem.key).de), Code und"
        + " Kennung \(word(problem.identity).de)")
  }

  /// A key that is gone without an order.
  static func gone(_ ref: ParticipantRef) -> LocalizedText {
    .init(
      en: "person number \(ref.number): erased, and no order says so",
      de: "Person Nummer \(ref.number): gelöscht, und keine Anordnung sagt es")
  }

  private static func word(_ state: SlotProblem.State) -> LocalizedText {
    switch state {
    case .whole: .init(en: "whole", de: "heil")
    case .erased: .init(en: "erased", de: "gelöscht")
    case .empty: .init(en: "missing", de: "fehlt")
    case .damaged: .init(en: "damaged", de: "beschädigt")
    }
  }
}

extension LocalizedText {
  /// A clause as a sentence.
  var asSentence: LocalizedText {
    .init(en: "\(en.capitalizedFirst).", de: "\(de.capitalizedFirst).")
  }
}
