public import Journey

/// Why a file of SPSS or Stata was not written.
public enum LabelledFileError: ReadableError {
  /// The library is not installed.
  case notInstalled
  /// A text is longer than such a file can hold.
  case textTooLong(column: String, bytes: Int, limit: Int)
  /// The library refused, in its own words.
  case refused(String)

  /// What went wrong.
  public var message: LocalizedText {
    switch self {
    case .notInstalled:
      .init(
        en: "Files of SPSS and Stata need the library ReadStat, which is not installed.",
        de: "Dateien von SPSS und Stata brauchen die Bibliothek ReadStat; sie ist nicht"
          + " installiert.")
    case .textTooLong(let column, let bytes, let limit):
      .init(
        en: "A text of column “\(column)” has \(bytes) bytes; such a file holds at most \(limit).",
        de: "Ein Text der Spalte „\(column)“ hat \(bytes) Bytes; so eine Datei fasst höchstens"
          + " \(limit).")
    case .refused(let words):
      .init(
        en: "ReadStat could not write the file: \(words).",
        de: "ReadStat konnte die Datei nicht schreiben: \(words).")
    }
  }

  /// What to do.
  public var advice: LocalizedText? {
    switch self {
    case .notInstalled:
      .init(
        en:
          "Debian, Ubuntu: apt-get install libreadstat1. Or write -f parquet, which R and pandas read"
          + " with types.",
        de: "Debian, Ubuntu: apt-get install libreadstat1. Oder -f parquet schreiben; R und pandas"
          + " lesen es mit Typen.")
    case .textTooLong(let column, _, _):
      .init(
        en: "Leave “\(column)” out with --columns, or write -f parquet.",
        de: "„\(column)“ mit --columns weglassen oder -f parquet schreiben.")
    case .refused:
      .init(
        en: "Nothing was written. Try -f parquet.",
        de: "Nichts wurde geschrieben. Es geht auch -f parquet.")
    }
  }
}
