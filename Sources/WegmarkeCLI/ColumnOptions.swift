import ArgumentParser
import Definitions
import Journey

/// Which columns of a table, in which order.
struct ColumnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only these columns, in this order: the names of -f csv.", valueName: "name,name,…"))
  var columns: String?

  /// JSON is read by name.
  static var notForJSON: ValidationError {
    ValidationError(
      .init(
        en: "--columns chooses the columns of tables and CSV; JSON always holds everything.",
        de: "--columns wählt Spalten von Tabellen und CSV; JSON enthält immer alles."))
  }

  /// The places of the columns asked for; nil where all of them are meant.
  ///
  /// - Throws: `Failure` for a name that is none, or stands twice.
  func places(in names: [String]) throws(Failure) -> [Int]? {
    guard let columns else { return nil }
    var places: [Int] = []
    for name in columns.split(separator: ",").map({ $0.filter { $0 != " " } }) {
      guard let place = names.firstIndex(of: name.lowercased()) else {
        throw Failure(
          LocalizedText(
            en: "There is no column “\(name)” here.",
            de: "Eine Spalte „\(name)“ gibt es hier nicht.")
            + didYouMean(nearestName(to: name, among: names)),
          advice: .init(
            en: "Columns: \(names.joined(separator: ", ")).",
            de: "Spalten: \(names.joined(separator: ", "))."), .usage)
      }
      guard !places.contains(place) else {
        throw Failure(
          .init(en: "“\(name)” is named twice.", de: "„\(name)“ ist zweimal genannt."), .usage)
      }
      places.append(place)
    }
    guard !places.isEmpty else {
      throw Failure(
        .init(en: "--columns names no column.", de: "--columns nennt keine Spalte."), .usage)
    }
    return places
  }
}
