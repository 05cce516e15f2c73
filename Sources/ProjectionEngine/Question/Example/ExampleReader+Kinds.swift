import Definitions
import Journey

extension ExampleReader {
  /// The example of a question of kind `point` or `count`.
  ///
  ///     [[example.expect.row]]
  ///     row = "yes"
  ///     horizon = 12
  ///     yes = 2
  ///     no = 1
  ///     unknown = 1
  ///
  /// Counts that are not named are 0.
  func shares(_ definition: ShareDefinition?) -> QuestionExample? {
    guard let definition else { return withoutQuestion }
    guard let expect = table.table("expect") else { return nil }
    let rows = definition.rows.map(\.code)
    let groups = definition.groups.map(\.code)
    var cells: [QuestionExample.Cell] = []
    var numbers: [QuestionExample.Number] = []
    let stated = expect.has("row") ? expect.tables("row") : []
    for row in stated {
      let code = rows.count == 1 && !row.has("row") ? rows[0] : row.code("row", of: rows)
      let horizon = row.optional("horizon", Double.self, default: 0)
      let group = groups.isEmpty ? nil : row.code("group", of: groups)
      let names = ["yes", "no", "unknown", "not-due", "excluded", "not-asked", "asked-unknown"]
      let counts = names.map { row.optional($0, Int.self, default: 0) }
      let isWeighted = definition.weight != nil
      let all = isWeighted ? row.optional("all", Double.self) : nil
      let known = isWeighted ? row.optional("known", Double.self) : nil
      guard let code else { continue }
      cells.append(
        .init(
          row: code, horizon: horizon, group: group, counts: counts, all: all, known: known,
          line: row.range.start.line))
    }
    let statedValues = expect.has("value") ? expect.tables("value") : []
    for value in statedValues {
      let code = value.code("value", of: definition.values.map(\.code))
      let summary = value.code("summary", ValueSummary.self)
      let group = groups.isEmpty ? nil : value.code("group", of: groups)
      let number = value.optional("number", Double.self)
      let names = ["known", "unknown", "not-due", "not-asked", "asked-unknown"]
      let counts =
        names.contains { value.has($0) }
        ? names.map { value.optional($0, Int.self, default: 0) } : nil
      guard let code, let summary else { continue }
      numbers.append(
        .init(
          value: code, summary: summary, group: group, number: number, counts: counts,
          line: value.range.start.line))
    }
    if stated.isEmpty, statedValues.isEmpty { reportEmpty(expect) }
    return example(.shares(cells, numbers: numbers), expect)
  }

  /// The example of a question of kind `occupancy` or `transitions`.
  func states(_ definition: StateDefinition?) -> QuestionExample? {
    guard let definition else { return withoutQuestion }
    guard let expect = table.table("expect") else { return nil }
    let states = definition.states.map(\.code)
    var occupancy: [QuestionExample.Occupancy] = []
    var moves: [QuestionExample.Move] = []
    for state in expect.has("state") ? expect.tables("state") : [] {
      let code = state.code("state", of: states)
      let shares = state.requiredList("shares", of: Double.self)
      guard let code, let shares else { continue }
      occupancy.append(.init(state: code, shares: shares, line: state.range.start.line))
    }
    for move in expect.has("move") ? expect.tables("move") : [] {
      let horizon = move.required("horizon", Double.self)
      let from = move.code("from", of: states + ["unknown"])
      let to = move.code("to", of: states + ["unknown"])
      let people = move.required("people", Int.self)
      guard let horizon, let from, let to, let people else { continue }
      moves.append(
        .init(
          horizon: horizon, from: from, to: to, people: people, line: move.range.start.line))
    }
    if occupancy.isEmpty, moves.isEmpty { reportEmpty(expect) }
    return example(.states(occupancy, moves: moves), expect)
  }

  /// The example of a question of kind `table`.
  ///
  ///     [[example.expect.cell]]
  ///     cohort = "2024-Q1"
  ///     horizon = 3
  ///     n = 4
  ///     due = 4
  ///     at-risk = 3
  ///     followed = 4
  ///     happened = 1
  ///     share = 0.25
  ///
  /// Counts that are not named are 0; without a share there must be none.
  func cohorts(_ definition: CohortTableDefinition?) -> QuestionExample? {
    guard definition != nil else { return withoutQuestion }
    guard let expect = table.table("expect") else { return nil }
    var cells: [QuestionExample.CohortCell] = []
    for cell in expect.tables("cell") {
      let cohort = cell.optional("cohort", String.self)
      let group = cell.optional("group", String.self, default: "")
      let horizon = cell.required("horizon", Double.self)
      let names = ["n", "due", "at-risk", "followed", "happened"]
      let counts = names.map { cell.optional($0, Int.self, default: 0) }
      let share = cell.optional("share", Double.self)
      guard let horizon else { continue }
      cells.append(
        .init(
          cohort: cohort, group: group, horizon: horizon, counts: counts, share: share,
          line: cell.range.start.line))
    }
    if cells.isEmpty { reportEmpty(expect) }
    return example(.table(cells), expect)
  }

  /// The example of a question of kind `sequences`.
  ///
  ///     [[example.expect.shape]]
  ///     states = ["search", "work"]
  ///     people = 2
  ///     periods = [4.5, 19.5]
  func sequences(_ definition: SequenceDefinition?) -> QuestionExample? {
    guard let definition else { return withoutQuestion }
    guard let expect = table.table("expect") else { return nil }
    let codes = definition.states.states.map(\.code) + ["unknown"]
    var shapes: [QuestionExample.Shape] = []
    var times: [QuestionExample.MeanTime] = []
    var rates: [QuestionExample.Rate] = []
    for shape in expect.has("shape") ? expect.tables("shape") : [] {
      let states = shape.requiredList("states", of: String.self)
      let people = shape.required("people", Int.self)
      let periods = shape.requiredList("periods", of: Double.self)
      guard let states, let people, let periods else { continue }
      shapes.append(.init(states: states, people: people, periods: periods))
    }
    for time in expect.has("time") ? expect.tables("time") : [] {
      let state = time.code("state", of: codes)
      let mean = time.required("mean", Double.self)
      guard let state, let mean else { continue }
      times.append(.init(state: state, mean: mean, line: time.range.start.line))
    }
    for rate in expect.has("rate") ? expect.tables("rate") : [] {
      let from = rate.code("from", of: codes)
      let to = rate.code("to", of: codes)
      let share = rate.required("rate", Double.self)
      guard let from, let to, let share else { continue }
      rates.append(.init(from: from, to: to, rate: share, line: rate.range.start.line))
    }
    if shapes.isEmpty { reportEmpty(expect) }
    return example(.sequences(shapes: shapes, times: times, rates: rates), expect)
  }

  private func reportEmpty(_ reader: TableReader) {
    reader.report(
      "D-EMPTY",
      LocalizedText(
        en: "The example expects nothing, so it checks nothing.",
        de: "Das Beispiel erwartet nichts, also prüft es nichts."))
  }
}
