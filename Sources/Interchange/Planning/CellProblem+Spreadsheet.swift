import Journey

extension CellProblem {
  /// What is wrong with a cell as spreadsheets and their users leave it.
  func spreadsheet(
    _ text: String, _ within: LocalizedText
  ) -> (LocalizedText, hint: LocalizedText?) {
    switch self {
    case .looseDate(let meant):
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is not a date in a form that is read.",
          de: "„\(text)“\(within.de) ist kein Datum in einer Form, die gelesen wird."),
        LocalizedText(
          en: "Is \(meant) meant? Write it so.",
          de: "Ist der \(meant.german) gemeint? Bitte so schreiben.")
      )
    case .excelSerial(let meant):
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is a number, not a date.",
          de: "„\(text)“\(within.de) ist eine Zahl, kein Datum."),
        LocalizedText(
          en: "As a number of days in a spreadsheet it would be \(meant). If the whole column is"
            + " like that, say so in the mapping: excel-serial = true.",
          de: "Als Tageszahl einer Tabellenkalkulation wäre es der \(meant.german). Ist die ganze"
            + " Spalte so, bitte in der Zuordnung sagen: excel-serial = true.")
      )
    case .spreadsheet(.error(let word)):
      (
        LocalizedText(
          en: "\(word)\(within.en) is an error of the spreadsheet, not a value.",
          de: "\(word)\(within.de) ist ein Fehler der Tabellenkalkulation, kein Wert."),
        LocalizedText(
          en: "Correct the formula there and save again, or empty the cell.",
          de: "Bitte die Formel dort berichtigen und neu speichern, oder die Zelle leeren.")
      )
    case .spreadsheet(.narrow):
      (
        LocalizedText(
          en: "“\(text)”\(within.en) stands where the column was too narrow to show its value.",
          de: "„\(text)“\(within.de) steht dort, wo die Spalte für ihren Wert zu schmal war."),
        LocalizedText(
          en: "Widen the column in the spreadsheet and save again.",
          de: "Bitte die Spalte in der Tabellenkalkulation verbreitern und neu speichern.")
      )
    case .spreadsheet(.shortened):
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is a long number that the spreadsheet shortened.",
          de: "„\(text)“\(within.de) ist eine lange Zahl, die die Tabellenkalkulation gekürzt hat."),
        LocalizedText(
          en: "Format the column as text there, enter the number anew and save again.",
          de: "Bitte die Spalte dort als Text formatieren, die Zahl neu eingeben und speichern.")
      )
    case .ambiguousNumber:
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is ambiguous: does the point stand between thousands or before"
            + " decimals?",
          de: "„\(text)“\(within.de) ist mehrdeutig: Trennt der Punkt Tausender oder"
            + " Nachkommastellen ab?"),
        LocalizedText(
          en: "Write \(text.replacing(".", with: "")), or at most two decimals.",
          de: "Bitte \(text.replacing(".", with: "")) schreiben, oder höchstens zwei"
            + " Nachkommastellen.")
      )
    case .notAPostcode:
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is no German postcode.",
          de: "„\(text)“\(within.de) ist keine deutsche Postleitzahl."),
        LocalizedText(
          en: "Five digits; one of four gets back the zero that spreadsheets take. Leave it empty"
            + " if somebody lives abroad.",
          de: "Fünf Ziffern; bei vieren kommt die Null zurück, die Tabellenkalkulationen streichen."
            + " Bei Wohnsitz im Ausland bitte leer lassen.")
      )
    default:
      (
        LocalizedText(
          en: "“\(text)”\(within.en) states nothing.", de: "„\(text)“\(within.de) sagt nichts aus."),
        nil
      )
    }
  }
}
