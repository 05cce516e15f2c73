import Disclosure
import Journey

extension DisclosureError {
  /// What went wrong, as a sentence.
  ///
  /// - Parameter shape: The table whose cells are named; nil where several tables are audited together.
  func text(_ shape: TableShape? = nil) -> LocalizedText {
    switch self {
    case .impossible(let cells):
      let names = shape.map { shape in cells.map { shape.name(of: $0) }.joined(separator: "; ") }
      return .init(
        en: "No pattern protects this table: whatever else is hidden, this follows: "
          + (names ?? "\(cells.count) cells") + ".",
        de: "Kein Muster schützt diese Tabelle: was auch geheim bleibt, es folgt: "
          + (names ?? "\(cells.count) Felder") + ".")
    case .contradictory:
      return .init(
        en: "The printed numbers contradict each other: no people fit them.",
        de: "Die veröffentlichten Zahlen widersprechen sich: keine Personen passen dazu.")
    case .solversMissing:
      return .init(
        en: "COIN-OR CLP and CBC are not installed: coinor-libclp1, coinor-libcbc3.",
        de: "COIN-OR CLP und CBC sind nicht installiert: coinor-libclp1, coinor-libcbc3.")
    case .noWholeNumbers:
      return .init(
        en: "No whole numbers of people were found that fit the table.",
        de: "Es fanden sich keine ganzen Zahlen von Personen, die zur Tabelle passen.")
    case .solver(let code):
      return .init(
        en: "The solver of linear programs gave up (\(code)).",
        de: "Der Löser linearer Programme hat aufgegeben (\(code)).")
    }
  }
}

extension RuleError {
  /// What does not fit, as part of a sentence.
  var text: LocalizedText {
    switch self {
    case .unknownDimension(let name):
      .init(en: description, de: "Die Tabelle hat kein Merkmal \(name)")
    case .unknownCategory(let code, let dimension):
      .init(en: description, de: "\(dimension) hat keine Ausprägung \(code)")
    case .unusableWaiver(let codes):
      .init(
        en: description,
        de: "Die Ausnahme für \(codes.joined(separator: ", ")) nennt kein Feld der Tabelle oder"
          + " keinen Grund")
    }
  }
}

extension TableError {
  /// What is wrong with one cell, as part of a sentence; of errors about many cells their number.
  var wrongCell: LocalizedText {
    switch self {
    case .negative(let cell, let value):
      .init(en: description, de: "\(cell) ist \(value), unter null")
    case .fractional(let text, let row):
      .init(en: description, de: "Zeile \(row): \(text) ist keine ganze Zahl")
    case .unknownCategory(let code, let dimension, let row):
      .init(
        en: description,
        de: "Zeile \(row): \(dimension) hat auf der untersten Ebene keine Ausprägung \(code)")
    case .repeatedCell(let cell, let row):
      .init(en: description, de: "Zeile \(row): \(cell) steht zweimal")
    case .notAdditive(let gaps):
      .init(en: description, de: "\(gaps.count) Summen gehen nicht auf")
    case .missingCells(let cells):
      .init(en: description, de: "\(cells.count) Felder fehlen")
    }
  }
}
