import ArgumentParser
import Definitions
import Journey
import Presentation

/// `wegmarke estimate`: statistics of any table, without a store.
struct Estimate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Estimates curves and tests from any CSV table; needs no store.",
    discussion: """
      KINDS
      \(EstimateKinds.all.map { kind in
        "  " + kind.name.padding(to: 20) + kind.summary.en
      }.joined(separator: "\n"))

      EXAMPLES
        wegmarke estimate survival spells.csv --stop days --event lost --by region
        wegmarke estimate incidence exits.csv --event cause --at 90,180,365
        wegmarke estimate occupancy journeys.csv --start begin --stop end --at 365
        wegmarke estimate logrank spells.csv --by region --strata sex -f json
      """, aliases: ["schaetzen"])

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("What to estimate.", valueName: "kind")) var kind: String
  @Argument(help: ArgumentHelp("A CSV file with a header line.", valueName: "data.csv"))
  var data: String
  @OptionGroup var options: EstimateOptions
  @Option(name: .shortAndLong, help: "table, csv or json.") var format = AnswerFormat.table

  func run() throws {
    let console = global.console
    guard let chosen = EstimateKinds.named(kind) else {
      let names = EstimateKinds.all.map { $0.name }
      throw Failure(
        LocalizedText(
          en: "There is no estimate “\(kind)”.", de: "Eine Schätzung „\(kind)“ gibt es nicht.")
          + didYouMean(nearestName(to: kind, among: names)),
        advice: .init(
          en: "Kinds: \(names.joined(separator: ", ")).",
          de: "Es gibt: \(names.joined(separator: ", "))."), .usage)
    }
    let input = try EstimateInput(path: data, options: options)
    guard input.table.count > 0 else {
      throw Failure(
        .init(en: "\(data): There are no rows.", de: "\(data): Es gibt keine Zeilen."), .data)
    }
    let result = try input.estimate { try chosen.estimate(input) }
    for warning in result.warnings { console.warn(warning) }
    switch format {
    case .table: try console.print(result.page(console.language, console.output))
    case .csv: try console.print(result.csv())
    case .json: try console.print(result.json(kind: kind))
    }
    if chosen == CheckKind.self, !result.rows.isEmpty {
      throw ExitCode(ExitStatus.problems.rawValue)
    }
  }
}

extension String {
  /// The text with blanks behind it, up to a width in characters.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
