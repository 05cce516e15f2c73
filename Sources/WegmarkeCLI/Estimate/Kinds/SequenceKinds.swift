import Interchange
import Journey
import Statistics

/// `estimate sequence-states`: where people are in each period.
enum SequenceStatesKind: EstimateKind {
  static let name = "sequence-states"
  static let summary = LocalizedText(
    en: "shares of states in each period, columns --first to --last, with entropy",
    de: "Anteile der Zustände je Periode, Spalten --first bis --last, mit Entropie")
  static let drawsChart = true

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let journeys = try input.journeys()
    var result = EstimateResult(
      title: .init(en: "Where people are", de: "Wo die Menschen sind"),
      columns: [
        .init("period", .text, en: "PERIOD", de: "PERIODE"),
        .init("state", .text, en: "STATE", de: "ZUSTAND"),
        .init("share", .number, en: "SHARE", de: "ANTEIL"),
        .init("entropy", .number, en: "ENTROPY", de: "ENTROPIE"),
      ])
    for (period, one) in zip(journeys.periods, journeys.statistics.distribution) {
      for (state, name) in journeys.states.enumerated() {
        result.append([
          .text(period), .text(name), .number(one.shares?[state]), .number(one.entropy),
        ])
      }
    }
    result.chart = journeys.chart(result.title, asLines: false)
    result.state(journeys)
    return result
  }
}

/// `estimate sequence-moves`: how people move from one period to the next.
enum SequenceMovesKind: EstimateKind {
  static let name = "sequence-moves"
  static let summary = LocalizedText(
    en: "rates of moving between states from one period to the next",
    de: "Übergangsraten zwischen Zuständen von einer Periode zur nächsten")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let journeys = try input.journeys()
    var result = EstimateResult(
      title: .init(en: "From one period to the next", de: "Von einer Periode zur nächsten"),
      columns: [
        .init("from", .text, en: "FROM", de: "VON"), .init("to", .text, en: "TO", de: "NACH"),
        .init("rate", .number, en: "RATE", de: "RATE"),
      ])
    for (from, rates) in zip(journeys.states, journeys.statistics.transitionRates()) {
      for (to, name) in journeys.states.enumerated() {
        result.append([.text(from), .text(name), .number(rates?[to])])
      }
    }
    result.state(journeys)
    return result
  }
}

/// `estimate sequence-times`: how long people are in each state.
enum SequenceTimesKind: EstimateKind {
  static let name = "sequence-times"
  static let summary = LocalizedText(
    en: "mean number of periods in each state", de: "mittlere Zahl der Perioden je Zustand")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let journeys = try input.journeys()
    var result = EstimateResult(
      title: .init(en: "Periods in each state", de: "Perioden je Zustand"),
      columns: [
        .init("state", .text, en: "STATE", de: "ZUSTAND"),
        .init("mean", .number, en: "MEAN", de: "MITTEL"),
        .init("standard_error", .number, en: "SE", de: "SF"),
        .init("variance", .number, en: "VARIANCE", de: "VARIANZ"),
      ])
    for (state, time) in zip(journeys.states, journeys.statistics.meanTimes()) {
      result.append([
        .text(state), .number(time.mean), .number(time.standardError), .number(time.variance),
      ])
    }
    result.state(journeys)
    return result
  }
}

/// `estimate sequence-shapes`: how varied each journey is.
enum SequenceShapesKind: EstimateKind {
  static let name = "sequence-shapes"
  static let summary = LocalizedText(
    en: "changes, entropy, complexity and turbulence of each journey",
    de: "Wechsel, Entropie, Komplexität und Turbulenz je Verlauf")
  static let drawsChart = true

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let journeys = try input.journeys()
    let people =
      try input.options.id.map { try input.table.texts($0) }
      ?? (1...input.table.count).map { String($0) }
    var result = EstimateResult(
      title: .init(en: "Shapes of journeys", de: "Formen der Verläufe"),
      columns: [
        .init("id", .text, en: "PERSON", de: "PERSON"),
        .init("transitions", .count, en: "CHANGES", de: "WECHSEL"),
        .init("entropy", .number, en: "ENTROPY", de: "ENTROPIE"),
        .init("complexity", .number, en: "COMPLEXITY", de: "KOMPLEXITÄT"),
        .init("turbulence", .number, en: "TURBULENCE", de: "TURBULENZ"),
      ])
    for (person, shape) in zip(people, journeys.statistics.shapes) {
      result.append([
        .text(person), .number(Double(shape.transitions)), .number(shape.entropy),
        .number(shape.complexity), .number(shape.turbulence),
      ])
    }
    result.chart = journeys.chart(result.title, asLines: true)
    result.state(journeys)
    return result
  }
}

/// Sequences with the names of their periods and states.
struct NamedSequences {
  let statistics: SequenceStatistics
  /// For each person the place of the state in each period.
  let sequences: [[Int]]
  let periods: [String]
  let states: [String]
}

extension EstimateInput {
  /// One sequence a row, from the columns `--first` to `--last`.
  fileprivate func journeys() throws -> NamedSequences {
    let periods = try Self.periods(options.regression, header: table.header, path: table.path)
    let columns = try periods.map { try table.column($0) }
    let states = Set(columns.flatMap(\.texts)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1, $0) })
    for (period, column) in zip(periods, columns) {
      if let row = column.codes.firstIndex(where: { column.texts[Int($0)].isEmpty }) {
        throw table.failure(
          row: row, column: period,
          .init(en: "There is no state here.", de: "Hier fehlt ein Zustand."),
          advice: .init(
            en: "Give what was not observed a state of its own.",
            de: "Bitte dem, was nicht beobachtet ist, einen eigenen Zustand geben."))
      }
    }
    let codes = columns.map { column in column.texts.map { numbers[$0] ?? 0 } }
    let sequences = (0..<table.count).map { row in
      columns.indices.map { codes[$0][Int(columns[$0].codes[row])] }
    }
    let weights = try options.weight.map { try table.numbers($0) }
    return NamedSequences(
      statistics: try SequenceStatistics(
        states: states.count, sequences: sequences, weights: weights),
      sequences: sequences, periods: periods, states: states)
  }

  /// The columns that a sequence will need; none where the file or the options do not say.
  static func columnsBetween(_ options: RegressionOptions, in path: String) -> [String] {
    guard options.first != nil else { return [] }
    let header: [String]
    do throws(CSVError) {
      header = try CSVReader(ByteSource(path: path)).header
    } catch {
      return []
    }
    return (try? periods(options, header: header, path: path)) ?? []
  }

  /// The names of the columns from the first period to the last.
  private static func periods(
    _ options: RegressionOptions, header: [String], path: String
  ) throws -> [String] {
    guard let first = options.first, let last = options.last else {
      throw Failure(
        .init(
          en: "Which columns are the periods? --first and --last are needed.",
          de: "Welche Spalten sind die Perioden? Nötig sind --first und --last."),
        advice: .init(
          en: "Columns: \(header.joined(separator: ", ")).",
          de: "Spalten: \(header.joined(separator: ", "))."), .usage)
    }
    guard let begin = header.firstIndex(of: first), let end = header.firstIndex(of: last),
      begin <= end
    else {
      throw Failure(
        .init(
          en: "\(path):1: There are no columns from “\(first)” to “\(last)”.",
          de: "\(path):1: Spalten von „\(first)“ bis „\(last)“ gibt es nicht."),
        advice: .init(
          en: "Columns: \(header.joined(separator: ", ")).",
          de: "Spalten: \(header.joined(separator: ", "))."), .usage)
    }
    return Array(header[begin...end])
  }
}

extension EstimateResult {
  fileprivate mutating func state(_ journeys: NamedSequences) {
    let statistics = journeys.statistics
    state("people", Double(statistics.count), en: "People", de: "Personen")
    state("periods", Double(statistics.length), en: "periods", de: "Perioden")
    state(
      "weight", statistics.totalWeight, en: "sum of weights", de: "Summe der Gewichte", places: 1)
  }
}
