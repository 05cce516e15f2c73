import Journey
import Statistics

extension QuestionDefinition {
  func check(
    _ example: QuestionExample, _ definition: CohortTableDefinition, _ choices: Choices,
    _ cells: [QuestionExample.CohortCell], _ differences: inout ExampleDifferences
  ) throws {
    let (block, catalogue) = example.block()
    let question = try table(definition, choices)
    var fold = try CohortTableFold(question, catalogue)
    try fold.add(block)
    let groups = try CohortTableAnswer.groups(
      fold.result.ordered().map { ($0.values, $0.sum) }, question, .logLog, level: 0.95)
    for expected in cells {
      differences.line = expected.line
      let group = groups.first {
        $0.values.map { $0 ?? "" }.joined(separator: ", ") == expected.group
      }
      let cohort = group.flatMap { group in
        expected.cohort == nil
          ? group.total : group.cohorts.first { $0.name == expected.cohort }
      }
      let cell = cohort?.cells.first { $0.horizon == expected.horizon }
      let place =
        "\(expected.cohort ?? "") \(expected.group) \(FigureText.number(expected.horizon))"
      let counts = [
        cohort?.units, cell?.due, cell?.atRisk, cell?.followed, cell?.happened,
      ].map { $0 ?? 0 }
      differences.compare(.init(verbatim: place), expected.counts, counts)
      differences.compareFigures(
        .init(verbatim: place), [expected.share].compactMap(\.self),
        [cell?.share].compactMap(\.self))
    }
  }

  func check(
    _ example: QuestionExample, _ definition: SequenceDefinition, _ choices: Choices,
    _ shapes: [QuestionExample.Shape], _ differences: inout ExampleDifferences
  ) throws {
    let codes = definition.states.states.map(\.code) + ["unknown"]
    let found = try worked(example, definition, choices)?.shapes.map { shape in
      QuestionExample.Shape(
        states: shape.states.map { codes[$0] }, people: shape.people, periods: shape.periods)
    }
    differences.compare(.init(en: "Shapes", de: "Verläufe"), shapes, found ?? [])
  }

  func check(
    _ example: QuestionExample, _ definition: SequenceDefinition, _ choices: Choices,
    _ times: [QuestionExample.MeanTime], _ rates: [QuestionExample.Rate],
    _ differences: inout ExampleDifferences
  ) throws {
    let codes = definition.states.states.map(\.code) + ["unknown"]
    let group = try worked(example, definition, choices)
    for expected in times {
      differences.line = expected.line
      let place = codes.firstIndex(of: expected.state) ?? 0
      let found = group?.meanTimes[place].mean
      differences.compareFigures(
        .init(verbatim: expected.state), [expected.mean], [found].compactMap(\.self))
    }
    for expected in rates {
      differences.line = expected.line
      let from = codes.firstIndex(of: expected.from) ?? 0
      let to = codes.firstIndex(of: expected.to) ?? 0
      let found = group?.transitionRates[from]?[to]
      differences.compareFigures(
        .init(verbatim: "\(expected.from) → \(expected.to)"), [expected.rate],
        [found].compactMap(\.self))
    }
  }

  /// The people of the example as one group; nil when nobody counts.
  private func worked(
    _ example: QuestionExample, _ definition: SequenceDefinition, _ choices: Choices
  ) throws -> SequenceAnswer.Group? {
    let (block, catalogue) = example.block()
    let question = try sequences(definition, choices)
    var fold = try SequenceFold(question, catalogue)
    try fold.add(block)
    guard let group = fold.result.ordered().first else { return nil }
    return try SequenceAnswer.group(group.values, group.sum, question)
  }
}
