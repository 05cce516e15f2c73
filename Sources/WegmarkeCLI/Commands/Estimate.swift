import ArgumentParser
import Definitions
import Files
import Journey
import Presentation

/// `wegmarke estimate`: statistics of any table, without a store.
struct Estimate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
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
        wegmarke estimate survival spells.csv --chart curve.svg
      """, aliases: ["schaetzen"])

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("What to estimate.", valueName: "kind")) var kind: String
  @Argument(help: ArgumentHelp("A CSV file with a header line.", valueName: "data.csv"))
  var data: String
  @OptionGroup var options: EstimateOptions
  @Option(name: .shortAndLong, help: "table, csv or json.") var format = AnswerFormat.table
  @Option(
    help: ArgumentHelp(
      "Also draw: into this SVG file, or on the terminal for - or terminal.",
      valueName: "file.svg"))
  var chart: ChartDestination?
  @OptionGroup var replacing: ReplaceOptions

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
    try refuseImpossibleChart(of: chosen)
    let input = try EstimateInput(path: data, options: options)
    guard input.table.count > 0 else {
      throw Failure(
        .init(en: "\(data): There are no rows.", de: "\(data): Es gibt keine Zeilen."), .data)
    }
    let result = try input.estimate { try chosen.estimate(input) }
    for warning in result.warnings { console.warn(warning) }
    try draw(result, console)
    switch format {
    case .table: try console.print(result.page(console.language, console.output))
    case .csv: try console.printData(result.csv())
    case .json: try console.printData(result.json(kind: kind))
    }
    if chosen == CheckKind.self, !result.rows.isEmpty {
      throw ExitCode(ExitStatus.problems.rawValue)
    }
  }

  /// Draws above the table on the terminal, or into a file.
  private func draw(_ result: EstimateResult, _ console: Console) throws {
    guard let chart, let drawing = result.chart?(console.language) else { return }
    switch chart {
    case .terminal:
      let style = console.output
      try console.print(
        drawing.terminalText(for: style, columns: min(style.width ?? 76, 76), rows: 13))
    case .file(let path):
      try replacing.file(at: path, besides: [data]).write(Array(drawing.svg().utf8))
      console.note(.init(en: "Chart: \(path)", de: "Grafik: \(path)"))
    }
  }

  /// Before the work, not after it.
  private func refuseImpossibleChart(of kind: any EstimateKind.Type) throws {
    guard let chart else { return }
    guard kind.drawsChart else {
      let names = EstimateKinds.all.filter { $0.drawsChart }.map { $0.name }
      throw Failure(
        .init(
          en: "There is no picture of \(kind.name).", de: "Von \(kind.name) gibt es kein Bild."),
        advice: .init(
          en: "--chart draws \(names.joined(separator: ", ")).",
          de: "--chart zeichnet \(names.joined(separator: ", "))."), .usage)
    }
    switch chart {
    case .file(let path): _ = try replacing.file(at: path, besides: [data])
    case .terminal where format != .table:
      throw Failure(
        .init(
          en: "A drawing on the terminal would stand among the data of -f \(format.rawValue).",
          de: "Eine Zeichnung im Terminal stünde zwischen den Daten von -f \(format.rawValue)."),
        advice: .init(
          en: "Name a file: --chart curve.svg.", de: "Eine Datei nennen: --chart kurve.svg."),
        .usage)
    case .terminal: break
    }
  }
}

extension String {
  /// The text with blanks behind it, up to a width in characters.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
