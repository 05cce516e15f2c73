import Journey

/// How a command ended, as `sysexits.h` numbers it.
enum ExitStatus: Int32, CaseIterable {
  /// A check found problems.
  case problems = 1
  /// The command was used wrongly.
  case usage = 64
  /// The data were refused.
  case data = 65
  /// An input is missing or unreadable.
  case noInput = 66
  /// A mistake of the program.
  case software = 70
  /// A file cannot be created.
  case cannotCreate = 73
  /// The device failed or is full.
  case io = 74
  /// Another program holds the store; try again.
  case tryAgain = 75
  /// A right or a key is missing.
  case noPermission = 77

  /// What it means, for the manual.
  var meaning: LocalizedText {
    switch self {
    case .problems:
      .init(
        en: "A check found something that needs a person.",
        de: "Eine Prüfung fand etwas, um das sich jemand kümmern muss.")
    case .usage:
      .init(
        en: "The command line cannot be understood.",
        de: "Die Befehlszeile ist nicht zu verstehen.")
    case .data:
      .init(
        en: "The data were refused, or do not hold.",
        de: "Die Daten wurden abgewiesen oder halten der Prüfung nicht stand.")
    case .noInput:
      .init(en: "What was named is not there.", de: "Was genannt wurde, gibt es nicht.")
    case .software:
      .init(
        en: "A mistake of the program; please report it.",
        de: "Ein Fehler des Programms; bitte melden.")
    case .cannotCreate:
      .init(
        en: "A file or store cannot be made there.",
        de: "Eine Datei oder ein Bestand lässt sich dort nicht anlegen.")
    case .io:
      .init(en: "Reading or writing failed.", de: "Lesen oder Schreiben ist gescheitert.")
    case .tryAgain:
      .init(
        en: "Somebody else writes, or was faster; try again.",
        de: "Jemand anderes schreibt oder war schneller; bitte noch einmal.")
    case .noPermission:
      .init(en: "The key does not open that.", de: "Der Schlüssel öffnet das nicht.")
    }
  }
}
