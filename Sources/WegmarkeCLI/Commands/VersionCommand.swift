import ArgumentParser
import EventLog
import FoundationEssentials
import Journey
import LabelledFiles
import LinearPrograms

/// `wegmarke version`: the version, and what this machine has of what is loaded when it is asked for.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "The version, and which libraries that are only sometimes needed are there.",
    discussion: """
      EXAMPLES
        wegmarke version
        wegmarke version -f json
      """)

  @OptionGroup var global: GlobalOptions
  @Option(name: .shortAndLong, help: "table or json.") var format = Format.table

  /// The formats.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case table
    /// Schema `wegmarke.version`.
    case json
  }

  private struct Document: Encodable {
    let schema = "wegmarke.version"
    let schemaVersion = 1
    let version = Wegmarke.version
    let libraries: [String: Bool]
  }

  func run() throws {
    let console = global.console
    let libraries: [(name: String, package: String, use: LocalizedText, isThere: Bool)] = [
      (
        "COIN-OR", "coinor-libclp1 coinor-libcbc3",
        .init(en: "protect, release", de: "protect, release"), LinearProgram.canBeSolved
      ),
      (
        "ReadStat", "libreadstat1",
        .init(en: "export -f sav, -f dta", de: "export -f sav, -f dta"), LabelledTable.isInstalled
      ),
    ]
    if format == .json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let document = Document(
        libraries: Dictionary(uniqueKeysWithValues: libraries.map { ($0.name, $0.isThere) }))
      return try console.printData(
        String(decoding: try encoder.encode(document), as: UTF8.self))
    }
    var lines = ["wegmarke \(Wegmarke.version)"]
    for library in libraries {
      let words =
        library.isThere
        ? LocalizedText(en: "there", de: "vorhanden")
        : LocalizedText(
          en: "missing; apt-get install \(library.package)",
          de: "fehlt; apt-get install \(library.package)")
      let use = library.use(console.language)
      lines.append("\(library.name) (\(use)): \(words(console.language))")
    }
    try console.print(lines.joined(separator: "\n"))
  }
}
