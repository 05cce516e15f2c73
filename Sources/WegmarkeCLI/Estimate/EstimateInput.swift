import Definitions
import Journey
import Statistics

/// A user's table with the options that say what its columns are.
struct EstimateInput {
  let table: EstimateTable
  let options: EstimateOptions
  /// The rows left out because a covariate is missing.
  let leftOut: Int

  /// Opens the file and reads the columns that the options name, or that have their usual names.
  init(path: String, options: EstimateOptions, more: [String] = []) throws {
    self.options = options
    var wanted = Set(Self.times + Self.marks + ["start", "tstart", "from", "to", "id"] + more)
    for name in [
      options.start, options.stop, options.from, options.to, options.id, options.by,
      options.strata, options.weight, options.cluster,
    ] {
      if let name { wanted.insert(name) }
    }
    wanted.formUnion(options.regression.columns)
    wanted.formUnion(options.unknown.columns)
    wanted.formUnion(Self.columnsBetween(options.regression, in: path))
    if let event = options.event {
      wanted.insert(event)
      wanted.insert(Self.pair(event)?.0 ?? event)
    }
    let conditions = try options.conditions.map { text in
      guard let pair = Self.pair(text) else {
        throw Failure(
          .init(
            en: "--where “\(text)” names no column and value.",
            de: "--where „\(text)“ nennt nicht Spalte und Wert."),
          advice: .init(
            en: "Write --where column=value.", de: "Bitte --where Spalte=Wert schreiben."), .usage)
      }
      return (column: pair.0, value: pair.1)
    }
    let all = try EstimateTable(path: path, wanted: wanted, conditions: conditions)
    table = try options.regression.complete(all)
    leftOut = all.count - table.count
  }

  /// Usual names of the column in which a row ends.
  private static let times = ["time", "stop", "tstop", "duration"]
  /// Usual names of the column that says how it ended.
  private static let marks = ["event", "status", "cause"]

  static func pair(_ text: String) -> (String, String)? {
    guard let sign = text.firstIndex(of: "=") else { return nil }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// The column of a part: the one named, else the first usual one that is there.
  func name(_ given: String?, usual: [String], option: String) throws -> String {
    if let given { return given }
    if let name = usual.first(where: table.has) { return name }
    throw Failure(
      .init(
        en: "\(table.path):1: Which column is it? --\(option) is missing.",
        de: "\(table.path):1: Welche Spalte ist es? Es fehlt --\(option)."),
      advice: .init(
        en: "Columns: \(table.header.joined(separator: ", ")).",
        de: "Spalten: \(table.header.joined(separator: ", "))."), .usage)
  }

  /// The column in which rows end.
  func stopName() throws -> String { try name(options.stop, usual: Self.times, option: "stop") }

  /// The column in which rows begin; `start` and `tstart` when the states adjoin.
  func startName(usual: [String] = []) -> String? {
    options.start ?? usual.first(where: table.has)
  }

  /// Follow-up for one kind of event.
  func followUp() throws -> FollowUp {
    let stop = try stopName()
    let start = startName()
    let columns = Columns(
      starts: try start.map(table.numbers), stops: try table.numbers(stop), events: try events(),
      weights: try options.weight.map(table.numbers), subjects: try numbers(options.id),
      clusters: try numbers(options.cluster))
    let rows = try checked(start: start, stop: stop) { () throws(StatisticsError) in
      try FollowUp(
        starts: columns.starts, stops: columns.stops, events: columns.events,
        weights: columns.weights, subjects: columns.subjects, clusters: columns.clusters)
    }
    try refuseOverlaps(rows)
    return try options.since.map { try rows.conditional(from: $0) } ?? rows
  }

  /// Refuses rows in which a person of `--id` is under observation twice at one time.
  private func refuseOverlaps(_ rows: FollowUp) throws {
    guard let id = options.id, let subjects = rows.subjects else { return }
    let faults = FollowUpCheck.faults(subjects: subjects, starts: rows.starts, stops: rows.stops)
    guard let fault = faults.first(where: { $0.kind == .overlap }) else { return }
    throw Failure(
      faultText(fault, person: personName(fault.subject, id)),
      advice: .init(
        en: "If the rows are meant to overlap, name the column with --cluster instead of --id.",
        de: "Sollen sich die Zeilen überschneiden, die Spalte mit --cluster statt --id nennen."),
      .data)
  }

  /// The columns of rows, before they are checked.
  struct Columns {
    var starts: [Double]?
    var stops: [Double]
    var events: [Bool] = []
    var weights: [Double]?
    var subjects: [Int]?
    var clusters: [Int]?
  }

  /// Makes rows of columns; an error of the statistics is said with its place in the file.
  func checked<Rows>(
    start: String?, stop: String, _ make: () throws(StatisticsError) -> Rows
  ) throws -> Rows {
    do throws(StatisticsError) { return try make() } catch {
      throw failure(error, start: start, stop: stop)
    }
  }

  /// Numbers for the names in a column; nil without one.
  func numbers(_ name: String?) throws -> [Int]? {
    try name.map { name in try table.column(name).codes.map { Int($0) } }
  }

  /// The names of the people, for messages.
  func personName(_ number: Int, _ column: String) -> String {
    (try? table.column(column).texts[number]) ?? "\(number)"
  }

  /// Groups in the order of appearance; one of all rows without `--by`.
  func groups() throws -> Labels {
    guard let by = options.by else {
      return Labels([String](repeating: "all", count: table.count))
    }
    return Labels(try table.texts(by))
  }

  /// Whether each row ended with the event: 1/0, true/false, yes/no, or the value named.
  func events() throws -> [Bool] {
    let written = try name(options.event, usual: Self.marks, option: "event")
    if !table.has(written), let (column, value) = Self.pair(written) {
      let cells = try table.column(column)
      guard let code = cells.texts.firstIndex(of: value) else {
        let near = didYouMean(nearestName(to: value, among: cells.texts))
        throw Failure(
          LocalizedText(
            en: "\(table.path): Nobody has “\(value)” in column “\(column)”.",
            de: "\(table.path): „\(value)“ kommt in Spalte „\(column)“ nicht vor.") + near, .data)
      }
      return cells.codes.map { Int($0) == code }
    }
    let cells = try table.column(written)
    let meaning = cells.texts.map(Self.truth)
    if let row = cells.codes.firstIndex(where: { meaning[Int($0)] == nil }) {
      let text = cells.texts[Int(cells.codes[row])]
      throw table.failure(
        row: row, column: written,
        .init(
          en: "“\(text)” does not say whether the event happened; expected 1 or 0.",
          de: "„\(text)“ sagt nicht, ob das Ereignis eintrat; erwartet wird 1 oder 0."),
        advice: .init(
          en:
            "For several causes: estimate incidence. To count one value: --event \(written)=\(text).",
          de:
            "Für mehrere Ursachen: estimate incidence. Um einen Wert zu zählen: --event \(written)=\(text)."
        ))
    }
    return cells.codes.map { meaning[Int($0)] ?? false }
  }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "true", "yes", "ja", "wahr": true
    case "0", "false", "no", "nein", "falsch": false
    default: nil
    }
  }

  /// Whether a text of the event column means that nothing happened.
  func isCensored(_ text: String) -> Bool {
    guard options.censored.isEmpty else { return options.censored.contains(text) }
    return ["", "0", "censor", "censored", "cens", "none", "zensiert", "NA"].contains(text)
  }

  /// The variance asked for, or the one that fits the columns.
  func variance(hasRepeatedSubjects: Bool) -> CurveVariance {
    if let variance = options.variance { return variance }
    let isRobust = options.weight != nil || options.cluster != nil || hasRepeatedSubjects
    return isRobust ? .infinitesimalJackknife : .greenwood
  }

  /// Whether some person has several rows.
  func hasRepeatedSubjects() throws -> Bool {
    guard let id = options.id else { return false }
    return try table.column(id).texts.count < table.count
  }
}
