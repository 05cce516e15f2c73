import Files
public import Journey

extension CSVError {
  /// What happened and why.
  public var message: LocalizedText {
    switch kind {
    case .fileMissing:
      LocalizedText(en: "There is no such file.", de: "Diese Datei gibt es nicht.")
    case .fileIsFolder:
      LocalizedText(en: "This is a folder, not a file.", de: "Das ist ein Ordner, keine Datei.")
    case .fileUnreadable(let number):
      LocalizedText(
        en: "The file cannot be read: \(FileError.systemMessage(number)) (errno \(number)).",
        de:
          "Die Datei lässt sich nicht lesen: \(FileError.germanMessage(number)) (errno \(number)).")
    case .empty:
      LocalizedText(en: "The file is empty.", de: "Die Datei ist leer.")
    case .utf16:
      LocalizedText(
        en: "The file is stored as UTF-16, which is not read.",
        de: "Die Datei ist als UTF-16 gespeichert; das wird nicht gelesen.")
    case .workbook(let program):
      LocalizedText(
        en: "This is a workbook (\(program)), not a CSV file.",
        de: "Das ist eine Arbeitsmappe (\(program)), keine CSV-Datei.")
    case .html:
      LocalizedText(
        en: "This is a web page with a table, not a CSV file, whatever it is called.",
        de: "Das ist eine Webseite mit einer Tabelle, keine CSV-Datei, wie auch immer sie heißt.")
    case .foreign(let form):
      LocalizedText(
        en: "This is \(form), not a CSV file.", de: "Das ist \(form), keine CSV-Datei.")
    case .noHeader:
      LocalizedText(
        en: "The first row does not name the columns.",
        de: "Die erste Zeile nennt keine Spaltennamen.")
    case .repeatedHeader(let name, let first):
      LocalizedText(
        en: "The column name “\(name)” stands in the header twice (first as column \(first)).",
        de: "Der Spaltenname „\(name)“ steht zweimal im Kopf (zuerst als Spalte \(first)).")
    case .wrongDelimiter(let used, let likely):
      LocalizedText(
        en: "Separated by \(used.name.en), the header is a single field; it contains “\(likely)”.",
        de: "Mit \(used.name.de) getrennt ist der Kopf ein einziges Feld; es enthält „\(likely)“.")
    case .unterminatedQuote:
      LocalizedText(
        en: "The quote opened\(on(line).en) is never closed.",
        de: "Das\(on(line).de) geöffnete Anführungszeichen wird nicht geschlossen.")
    case .textAfterQuote(let opened):
      LocalizedText(
        en: "Text follows a closing quote (opened on line \(opened)).",
        de: "Nach einem schließenden Anführungszeichen (geöffnet in Zeile \(opened)) folgt Text.")
    case .raggedRow(let found, let expected, _):
      LocalizedText(
        en: "The row has \(found) \(found == 1 ? "field" : "fields"), expected \(expected).",
        de: "Die Zeile hat \(found) \(found == 1 ? "Feld" : "Felder"), erwartet \(expected).")
    case .nul:
      LocalizedText(
        en: "The row contains a NUL byte.", de: "Die Zeile enthält ein NUL-Byte.")
    case .fieldTooLong(let limit):
      LocalizedText(
        en: "A field is longer than \(limit) bytes.",
        de: "Ein Feld ist länger als \(limit) Bytes.")
    case .rowTooLong(let limit):
      LocalizedText(
        en: "The row is longer than \(limit) bytes or has too many fields.",
        de: "Die Zeile ist länger als \(limit) Bytes oder hat zu viele Felder.")
    case .invalidUTF8(let byte):
      LocalizedText(
        en: "The byte \(hexadecimal(byte)) is not valid UTF-8 here.",
        de: "Das Byte \(hexadecimal(byte)) ist hier kein gültiges UTF-8.")
    case .notWindows1252(let byte):
      LocalizedText(
        en: "The byte \(hexadecimal(byte)) is no character in Windows-1252.",
        de: "Das Byte \(hexadecimal(byte)) ist kein Zeichen in Windows-1252.")
    }
  }

  /// What to do next.
  public var advice: LocalizedText? {
    switch kind {
    case .fileMissing:
      LocalizedText(
        en: "Check the name and the folder.", de: "Bitte Namen und Ordner prüfen.")
    case .fileIsFolder:
      LocalizedText(
        en: "Name a file in that folder.", de: "Bitte eine Datei in diesem Ordner nennen.")
    case .fileUnreadable:
      LocalizedText(
        en: "Check the access rights and whether another program holds the file.",
        de: "Bitte Zugriffsrechte prüfen und ob ein anderes Programm die Datei belegt.")
    case .empty:
      LocalizedText(
        en: "Check whether the export was finished before the file was copied.",
        de: "Bitte prüfen, ob der Export fertig war, bevor die Datei kopiert wurde.")
    case .utf16:
      LocalizedText(
        en: "Save it as “CSV UTF-8”.", de: "Bitte als „CSV UTF-8“ speichern.")
    case .workbook, .html:
      LocalizedText(
        en: "Open it in the spreadsheet program, go to the sheet, and save it as “CSV UTF-8”"
          + " (LibreOffice: “Text CSV”); only the sheet in front is saved.",
        de:
          "Bitte in der Tabellenkalkulation öffnen, das Blatt wählen und als „CSV UTF-8“ speichern"
          + " (LibreOffice: „Text CSV“); gespeichert wird nur das Blatt vorn.")
    case .foreign:
      LocalizedText(
        en: "Name the list itself: a table with a row of column names.",
        de: "Bitte die Liste selbst nennen: eine Tabelle mit einer Zeile der Spaltennamen.")
    case .noHeader:
      LocalizedText(
        en: "Put a row with the column names first.",
        de: "Bitte eine Zeile mit den Spaltennamen voranstellen.")
    case .repeatedHeader:
      LocalizedText(
        en: "Rename or remove one of the two columns.",
        de: "Bitte eine der beiden Spalten umbenennen oder entfernen.")
    case .wrongDelimiter(_, let likely):
      LocalizedText(
        en: "Is “\(likely)” meant to separate the columns? Save the file with semicolons.",
        de: "Soll „\(likely)“ die Spalten trennen? Bitte mit Semikolon speichern.")
    case .unterminatedQuote:
      LocalizedText(
        en: "Close the quote; a quote inside a text is written twice (\"\").",
        de: "Bitte schließen; ein Anführungszeichen im Text wird doppelt geschrieben (\"\").")
    case .textAfterQuote:
      LocalizedText(
        en: "Write a quote inside a text twice (\"\"), or remove the text after it.",
        de: "Anführungszeichen im Text doppelt schreiben (\"\") oder den Text danach entfernen.")
    case .raggedRow(let found, let expected, let quoteFrom):
      raggedAdvice(tooFew: found < expected, quoteFrom: quoteFrom)
    case .nul:
      LocalizedText(
        en: "The file may be damaged or no text file; export it again.",
        de: "Die Datei ist vielleicht beschädigt oder keine Textdatei; bitte neu exportieren.")
    case .fieldTooLong, .rowTooLong:
      LocalizedText(
        en: "Is a closing quote missing, or is the delimiter wrong?",
        de: "Fehlt ein schließendes Anführungszeichen oder stimmt das Trennzeichen nicht?")
    case .invalidUTF8:
      LocalizedText(
        en: "Save it as “CSV UTF-8”, or say in the mapping: encoding = \"windows-1252\".",
        de: "Bitte als „CSV UTF-8“ speichern oder in der Zuordnung sagen: encoding ="
          + " \"windows-1252\".")
    case .notWindows1252:
      LocalizedText(
        en: "The file has another encoding; save it as “CSV UTF-8”.",
        de: "Die Datei hat eine andere Kodierung; bitte als „CSV UTF-8“ speichern.")
    }
  }

  private func raggedAdvice(tooFew: Bool, quoteFrom: Int?) -> LocalizedText {
    if let quoteFrom {
      return LocalizedText(
        en: "Is a closing quote missing (from line \(quoteFrom) on)?",
        de: "Fehlt ein schließendes Anführungszeichen (ab Zeile \(quoteFrom))?")
    }
    if tooFew {
      return LocalizedText(
        en: "Is a delimiter missing, or does a text with a line break stand without quotes?",
        de: "Fehlt ein Trennzeichen, oder steht ein Text mit Zeilenumbruch ohne Anführungszeichen?")
    }
    return LocalizedText(
      en: "Does a text contain the delimiter without standing in quotes?",
      de: "Enthält ein Text das Trennzeichen, ohne in Anführungszeichen zu stehen?")
  }

  private func on(_ line: Int?) -> LocalizedText {
    guard let line else { return LocalizedText(verbatim: "") }
    return LocalizedText(en: " on line \(line)", de: " in Zeile \(line)")
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0x0\(digits)" : "0x\(digits)"
  }
}
