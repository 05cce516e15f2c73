import ArgumentParser
import Journey
import Releases

/// What is to be published: a question or a count of entries, by which attributes.
struct ReleaseOptions: ParsableArguments {
  @Argument(help: "Question, by name or path. Default: how many people entered.")
  var question: String?

  @Option(
    help: ArgumentHelp(
      "counts, rate, mean, median or curve. Default: counts; of a question about time, curve.",
      valueName: "figure"))
  var figure = FigureChoice.counts

  @Option(help: ArgumentHelp("Number that a mean or median is of.", valueName: "code"))
  var value: String?

  @Option(parsing: .singleValue, help: "Group by an attribute at entry; may be repeated.")
  var by: [String] = []

  @Option(help: "Row of a question that has several.") var row: String?

  @Option(help: ArgumentHelp("Horizon of a question that has several.", valueName: "number"))
  var at: Int?

  @Option(help: "Period of the index event: 2024, 2024-H1, 2024-Q3, 2024-05, or FROM..TO.")
  var window: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Another value of a parameter of the question: exit-window=14d; may be repeated.")
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "CSV file with columns dimension, code, parent: what lies between codes and total.",
      valueName: "h.csv"))
  var hierarchy: String?

  @Option(help: ArgumentHelp("Rules, by name or path of a file.", valueName: "name"))
  var profile = "ministry"

  @Option(
    help: ArgumentHelp(
      "CSV file of cells to print all the same: the attributes' columns, and reason.",
      valueName: "w.csv"))
  var waivers: String?

  @Flag(help: "Refuse instead of giving a coarser table; says which ones would pass.")
  var asAsked = false

  /// The attributes, each by itself.
  var attributes: [String] { by.flatMap { $0.split(separator: ",").map(String.init) } }

  func validate() throws {
    var seen: Set<String> = []
    for name in attributes where !seen.insert(name).inserted {
      throw ValidationError(
        .init(
          en: "--by names “\(name)” twice; each attribute divides a table once.",
          de: "--by nennt „\(name)“ zweimal; jedes Merkmal gliedert eine Tabelle einmal."))
    }
  }
}

/// What is said of each group.
enum FigureChoice: String, ExpressibleByArgument, CaseIterable {
  case counts, rate, mean, median, curve

  /// The figure; nil for counts, and for what the question gives by itself.
  var figure: ReleaseFigure? { ReleaseFigure(rawValue: rawValue) }
}

/// Who gets a table, and what for.
struct RecipientOptions: ParsableArguments {
  @Option(name: .customLong("for"), help: "For whom the table is.") var recipient: String

  @Option(help: "What it is needed for: the letter, the report.") var purpose: String

  @Option(
    name: .customLong("approved-by"), parsing: .singleValue,
    help: "Who agreed, by name, where the profile asks for it; may be repeated.")
  var approvedBy: [String] = []

  @Option(help: "The law that allows it, where the profile asks for one.")
  var legalBasis: String?

  func validate() throws {
    if recipient.allSatisfy(\.isWhitespace) {
      throw ValidationError(
        .init(
          en: "--for is empty; name whom the table is for, as in --for Ministry.",
          de: "--for ist leer; bitte sagen, für wen die Tabelle ist, wie in --for Ministerium."))
    }
    if purpose.allSatisfy(\.isWhitespace) {
      throw ValidationError(
        .init(
          en: "--purpose is empty; say what the table is needed for.",
          de: "--purpose ist leer; bitte sagen, wofür die Tabelle gebraucht wird."))
    }
    if approvedBy.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      throw ValidationError(
        .init(
          en: "--approved-by is empty; name whoever agreed.",
          de: "--approved-by ist leer; bitte nennen, wer zugestimmt hat."))
    }
  }
}
