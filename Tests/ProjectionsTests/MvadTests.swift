import EventLog
import Journey
import Keyring
import ProjectionEngine
import Projections
import Statistics
import TestSupport
import Testing

@Suite(
  "The school-to-work journeys of the reference values", .enabled(if: ReferenceFiles.areAvailable))
struct MvadTests {
  static let cases: [(rule: GapRule, gap: Int32)] = GapRule.allCases.flatMap { rule in
    (0...3).map { (rule, $0) }
  }

  @Test("give R's retention curves, for every rule and gap")
  func retention() throws {
    try withMvad { view, log in
      let definition = try question("retention-after-job-start")
      for (rule, gap) in MvadTests.cases {
        var choices = QuestionDefinition.Choices(referenceDay: lastDay)
        choices.gap = TimeLength(gap, .month)
        choices.rule = rule
        let stem = "mvad/retention_\(rule.rawValue)_gap\(gap)"
        let answer = try answer(definition, choices, view, log)
        try compareCurve(answer, with: "\(stem)_km.csv")
        try compareMean(answer, with: "\(stem)_rmst24.csv")
        for type in [IntervalType.plain, .log, .logLog] {
          let answer = try self.answer(definition, choices, view, log, intervals: type)
          try compareReadings(answer, with: "\(stem)_at_times.csv")
        }
      }
    }
  }

  @Test("give R's time to the first job by school grades")
  func firstJob() throws {
    try withMvad { view, log in
      var choices = QuestionDefinition.Choices(referenceDay: lastDay)
      choices.groupedBy = ["gcse5eq"]
      let definition = try question("time-to-first-job")
      let answer = try answer(definition, choices, view, log)
      try compareCurve(answer, with: "mvad/first_job_km_by_gcse5eq.csv")
      for type in [IntervalType.plain, .log, .logLog] {
        let answer = try self.answer(definition, choices, view, log, intervals: type)
        try compareQuartiles(answer, with: "mvad/first_job_quantiles_by_gcse5eq.csv")
      }
    }
  }

  @Test("cut at an earlier reference day give what a file that ends there gives")
  func earlierReferenceDay() throws {
    try withMvad { view, _ in
      for months in [12, 30, 47] {
        let day = month(months).lastDay
        let definition = try question("retention-after-job-start")
        for (rule, gap) in MvadTests.cases {
          var choices = QuestionDefinition.Choices(referenceDay: day)
          choices.gap = TimeLength(gap, .month)
          choices.rule = rule
          let result = try definition.timeToEvent(choices).ask(view)
          let counts = result.groups.first?.counts
          let expected = try derived(months: months, gap: Int(gap), rule: rule)
          #expect(counts == expected, "to month \(months), rule \(rule), gap \(gap)")
        }
      }
    }
  }

  // MARK: Comparing

  private func compareCurve(_ answer: TimeToEventAnswer, with path: String) throws {
    let reference = try ReferenceFiles.table(path)
    let rows = try answer.rows()
    try #require(rows.count == reference.rows.count, "\(path)")
    var largest = 0.0
    for name in reference.columns {
      let column = try #require(answer.columnNames.firstIndex(of: name))
      if name == "stratum" {
        #expect(rows.map { $0[column] } == reference.strings(name))
        continue
      }
      for (row, expected) in zip(rows, reference.doubles(name)) {
        let value = row[column] == "NA" ? Double.nan : try #require(Double(row[column]))
        largest = max(largest, difference(value, expected))
      }
    }
    report(largest, path)
  }

  private func compareMean(_ answer: TimeToEventAnswer, with path: String) throws {
    let reference = try ReferenceFiles.table(path)
    let group = try #require(answer.groups.first)
    let mean = try #require(group.restrictedMean)
    #expect(mean.horizon == reference.doubles("tau")[0])
    #expect(Double(group.curve.counts.subjects) == reference.doubles("records")[0])
    #expect(Double(group.curve.counts.totalEvents) == reference.doubles("events")[0])
    report(
      max(
        difference(mean.mean, reference.doubles("rmst")[0]),
        difference(mean.standardError, reference.doubles("se")[0])), path)
  }

  private func compareReadings(_ answer: TimeToEventAnswer, with path: String) throws {
    let reference = try ReferenceFiles.table(path)
      .filter("conf_type", answer.intervals.rawValue)
    let readings = try #require(answer.groups.first).readings
    try #require(readings.map(\.time) == reference.doubles("time"))
    var largest = 0.0
    func compare(_ name: String, _ value: (KaplanMeier.Reading) -> Double?) {
      for (reading, expected) in zip(readings, reference.doubles(name)) {
        largest = max(largest, difference(value(reading) ?? .nan, expected))
      }
    }
    compare("n_risk") { Double($0.atRisk) }
    compare("surv", \.survival)
    compare("se_surv", \.standardError)
    compare("lower") { $0.limits?.lower }
    compare("upper") { $0.limits?.upper }
    report(largest, "\(path) (\(answer.intervals.rawValue))")
  }

  private func compareQuartiles(_ answer: TimeToEventAnswer, with path: String) throws {
    let table = try ReferenceFiles.table(path).filter("conf_type", answer.intervals.rawValue)
    try #require(!table.rows.isEmpty)
    for group in answer.groups {
      for quartile in group.quartiles {
        let row = table.filter("stratum", answer.label(group)).filter(
          "p", "\(quartile.probability)")
        let place: Comment = "\(answer.label(group)) \(quartile.probability) \(answer.intervals)"
        #expect(difference(quartile.time ?? .nan, row.doubles("quantile")[0]) == 0, place)
        #expect(difference(quartile.lower ?? .nan, row.doubles("lower")[0]) == 0, place)
        #expect(difference(quartile.upper ?? .nan, row.doubles("upper")[0]) == 0, place)
      }
    }
  }

  /// The relative difference; what R calls infinite or NaN is undefined here.
  private func difference(_ value: Double, _ expected: Double) -> Double {
    relativeDifference(value, expected.isInfinite ? .nan : expected)
  }

  private func report(_ largest: Double, _ path: String) {
    print("\(path): largest relative difference \(largest)")
    #expect(largest <= 1e-10, "\(path)")
  }

  // MARK: Asking

  private var lastDay: Day { month(72).lastDay }

  private func month(_ number: Int) -> CivilDate { MvadStore.month(number) }

  private func question(_ name: String) throws -> QuestionDefinition {
    let file = try #require(BuiltInFiles.questions.first { $0.name == name })
    return try QuestionFile.read(file.bytes, file: file.path(in: "questions"))
  }

  private func answer(
    _ definition: QuestionDefinition, _ choices: QuestionDefinition.Choices, _ view: JourneysView,
    _ log: EventLog, intervals: IntervalType = .logLog
  ) throws -> TimeToEventAnswer {
    let question = try definition.timeToEvent(choices)
    let result = try question.ask(view)
    return try TimeToEventAnswer(
      result, to: question, of: definition, intervals: intervals,
      certificate: AnswerCertificate(
        log, size: result.knowledge.size, isSimulated: false, program: "test"))
  }

  private func withMvad(_ body: (JourneysView, EventLog) throws -> Void) throws {
    try withTemporaryStore { store in
      let log = try store.log
      try MvadStore.fill(log)
      let view = JourneysView(of: log)
      try view.refresh()
      try body(view, log)
    }
  }

  /// The retention table of the first months, derived from the monthly states.
  private func derived(months: Int, gap: Int, rule: GapRule) throws -> TimeCounts {
    var durations: [Double] = []
    var events: [Bool] = []
    for states in try MvadStore.states() {
      let works = states.prefix(months).map { $0 == "employment" }
      guard let s = works.firstIndex(of: true) else { continue }
      var runs: [(u: Int, r: Int)] = []
      for m in s..<months where !works[m] {
        if works[m - 1] { runs.append((m, 0)) }
        runs[runs.count - 1].r += 1
      }
      let loss = runs.first { $0.r > gap }?.u
      let open = runs.last.flatMap { $0.r <= gap && $0.u + $0.r == months ? $0.u : nil }
      let w = months - gap - 1
      switch rule {
      case .a:
        durations.append(Double((loss ?? open ?? months) - s))
        events.append(loss != nil)
      case .b:
        guard s < w else { continue }
        let isLoss = loss.map { $0 <= w } ?? false
        durations.append(Double((isLoss ? loss ?? w : w) - s))
        events.append(isLoss)
      case .c:
        durations.append(Double((loss.map { $0 + gap + 1 } ?? months) - s))
        events.append(loss != nil)
      }
    }
    return try TimeCounts(durations: durations.span, events: events.span)
  }
}
