import ArgumentParser
import Definitions
import Interchange
import Journey

/// Which columns of a table, in which order.
struct ColumnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only these columns, in this order (see the codebook).", valueName: "name,name,…"))
  var columns: String?

  /// The places of the columns asked for; all of them where none was named.
  ///
  /// - Throws: `Failure` for a name that is none, or stands twice.
  func places(in variables: [TableVariable]) throws(Failure) -> [Int] {
    guard let columns else { return Array(variables.indices) }
    let names = variables.map(\.name)
    var places: [Int] = []
    for name in columns.split(separator: ",").map({ $0.filter { $0 != " " } }) {
      guard let place = names.firstIndex(of: name) else {
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
