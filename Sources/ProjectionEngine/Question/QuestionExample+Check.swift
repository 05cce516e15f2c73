public import Journey
import Statistics

extension QuestionDefinition {
  /// Works the file's example through the engine and says what differs; empty when all agrees.
  ///
  /// - Throws: `StatisticsError` when the example gives durations that no clock has.
  public func checkExample() throws -> [LocalizedText] {
    let day = example.people.map(\.observedUntil.lastDay).max() ?? .latest
    let question = try question(Choices(referenceDay: day))
    var kernel = TimeToEventKernel(question)
    var counter = DurationCounter(strata: 1, horizon: 100)
    var (counted, tooLate) = (0, 0)
    for person in example.people {
      switch kernel.evaluate(milestones(of: person)[...]) {
      case .counted(let duration):
        counted += 1
        try counter.add(
          stratum: 0, duration: Int(duration.length), isEvent: duration.isEvent)
      case .tooLate: tooLate += 1
      case .withoutEntry, .withoutIndexEvent, .notObserved: break
      }
    }
    let curve = KaplanMeier(counter.counts(stratum: 0))
    var differences: [LocalizedText] = []
    func compare<T: Equatable>(_ what: LocalizedText, _ expected: T, _ found: T) {
      if expected == found { return }
      differences.append(
        what
          + LocalizedText(
            en: ": expected \(expected), found \(found).",
            de: ": erwartet \(expected), gefunden \(found)."))
    }
    compare(.init(en: "Counted", de: "Gezählt"), example.counted, counted)
    compare(.init(en: "Left out as too late", de: "Zu spät"), example.tooLate, tooLate)
    compare(.init(en: "Times", de: "Zeiten"), example.times, curve.times)
    compare(.init(en: "At risk", de: "Unter Beobachtung"), example.atRisk, curve.atRisk)
    let differs =
      example.survival.count != curve.count
      || zip(example.survival, curve.survival).contains { abs($0 - $1) > 1e-12 }
    if differs { compare(.init(en: "Curve", de: "Kurve"), example.survival, curve.survival) }
    return differences
  }

  private func milestones(of person: QuestionExample.Person) -> [UInt64] {
    var milestones = [Milestone(day: person.entry.day, kind: .entered)]
    let kind = kinds.min { $0.rawValue < $1.rawValue } ?? .svp
    for (index, job) in person.jobs.enumerated() {
      let code = kind.rawValue
      let family = PlacementFamily.employment.rawValue
      milestones.append(
        Milestone(
          day: job.first.day, kind: .placementStarted, spell: index + 1, code: code,
          detail: family))
      guard let last = job.last else { continue }
      milestones.append(
        Milestone(
          day: last.lastDay + 1, kind: .placementEnded, spell: index + 1, code: code,
          detail: family))
    }
    milestones.append(Milestone(day: person.observedUntil.lastDay, kind: .confirmed))
    return milestones.sorted().map(\.bits)
  }
}
