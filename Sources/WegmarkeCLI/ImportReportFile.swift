import Interchange
import Journey
import Presentation

/// A file into which the report of an import is written.
struct ImportReportFile {
  private let file: OutputFile
  private let isPage: Bool

  /// Checks the place before anything is read.
  ///
  /// - Parameter inputs: The files that are imported.
  init(
    _ path: String, beside inputs: [String], _ replacing: ReplaceOptions
  ) throws(Failure) {
    let name = path.lowercased()
    isPage = name.hasSuffix(".html") || name.hasSuffix(".htm")
    guard isPage || name.hasSuffix(".json") else {
      throw Failure(
        .init(
          en: "“\(path)” ends neither in .html nor in .json.",
          de: "„\(path)“ endet weder auf .html noch auf .json."),
        advice: .init(
          en: "A report is a page (report.html) or data (report.json).",
          de: "Ein Bericht ist eine Seite (bericht.html) oder Daten (bericht.json)."), .usage)
    }
    try replacing.refuse(path, among: inputs, which: .imported)
    file = try replacing.file(at: path)
  }

  /// Writes the report, and says where.
  func write(_ page: ImportPage, of mapping: Mapping) throws {
    let document = ImportDocument(page: page, mapping: mapping)
    let text = isPage ? document.report.html() : try document.json()
    try file.write(Array(text.utf8))
    page.console.note(.init(en: "Report: \(file.path)", de: "Bericht: \(file.path)"))
  }
}
