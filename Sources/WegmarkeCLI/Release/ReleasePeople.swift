import Disclosure
import EventLog
import Journey
import ProjectionEngine
import Releases

/// The people of a request, with one code a dimension.
struct ReleasePeople {
  let request: ReleaseRequest
  let question: QuestionDefinition?
  let subject: ReleaseSubject
  let window: ClosedRange<Day>?
  let referenceDay: Day

  /// Counts them.
  func counted(in view: JourneysView) throws -> CountedPeople {
    guard let question else { return try entered(view) }
    var choices = QuestionDefinition.Choices(referenceDay: referenceDay)
    choices.groupedBy = request.groupedBy
    choices.window = window
    if case .following = subject { return try followed(question, choices, view) }
    if question.kind == .point, let horizon = subject.outcome?.horizon {
      choices.horizons = [Double(horizon)]
    }
    let counted = try CountedUnits(of: question, choices, from: view, size: request.logSize)
    switch subject {
    case .outcome(let choice, let isRate): return try outcomes(counted, choice, isRate: isRate)
    case .number(_, let place, _): return try numbers(counted, place)
    case .entries, .following: throw Failure.nothingToCount
    }
  }

  private func entered(_ view: JourneysView) throws -> CountedPeople {
    guard !request.groupedBy.isEmpty else { throw Failure.nothingToCount }
    let counted = try CountedUnits(
      enteredBy: request.groupedBy, window: window, referenceDay: referenceDay, from: view,
      size: request.logSize)
    return try people(
      counted.names,
      counted.units.map { .init(id: $0.id, codes: codes($0.values)) })
  }

  /// Everybody by what became of them; for a rate only those of whom that is known.
  private func outcomes(
    _ counted: CountedUnits, _ choice: OutcomeChoice, isRate: Bool
  ) throws -> CountedPeople {
    let rows = counted.units.compactMap { unit -> CountedPeople.Person? in
      let outcome = unit.outcomes[choice.place]
      guard !isRate || outcome == .yes || outcome == .no else { return nil }
      return .init(
        id: unit.id, codes: codes(unit.values) + [outcome.rawValue])
    }
    let known = Set(rows.compactMap(\.codes.last))
    let all = isRate ? [CountedUnit.Outcome.no, .yes].map(\.rawValue) : known.sorted()
    return try people(
      counted.names, rows,
      and: [.init(name: "outcome", links: all.map { Hierarchy.Link($0) }, mayCoarsen: false)])
  }

  /// Everybody who gave a number.
  private func numbers(_ counted: CountedUnits, _ place: Int) throws -> CountedPeople {
    guard !counted.names.isEmpty else { throw Failure.nothingToCount }
    let rows = try counted.units.compactMap { unit -> CountedPeople.Person? in
      guard let number = unit.numbers[place] else { return nil }
      // In hundredths, and so small that sums of everybody's fit into 64 bits.
      guard number.magnitude < 1e9 else {
        throw Failure(
          .init(
            en: "Somebody's number is too large to be published.",
            de: "Jemandes Zahl ist zu groß, um sie zu veröffentlichen."), .data)
      }
      return .init(
        id: unit.id, codes: codes(unit.values), amount: Int64((number * 100).rounded()))
    }
    return try people(counted.names, rows)
  }

  /// Everybody by the step of the grid in which following ended, and what ended it.
  private func followed(
    _ question: QuestionDefinition, _ choices: QuestionDefinition.Choices, _ view: JourneysView
  ) throws -> CountedPeople {
    guard let grid = request.grid.flatMap({ CurveGrid($0) }) else {
      throw ReleaseError.noFigure(.curve, profile: request.profile)
    }
    let timed = try TimedUnits(of: question, choices, from: view, size: request.logSize)
    let ends = timed.causes + [CurveDimensions.censored]
    let rows = timed.units.map { unit in
      CountedPeople.Person(
        id: unit.id,
        codes: codes(unit.values) + [
          grid.code(of: Int(unit.length)),
          unit.cause == 0 ? CurveDimensions.censored : ends[unit.cause - 1],
        ])
    }
    return try people(
      timed.names, rows,
      and: [
        .init(
          name: CurveDimensions.until, links: grid.links, mayCoarsen: true, leastLevels: 1),
        .init(
          name: CurveDimensions.ended, links: ends.map { Hierarchy.Link($0) }, mayCoarsen: false),
      ])
  }

  private func codes(_ values: [String?]) -> [String] { values.map { $0 ?? Self.unknown } }

  private func people(
    _ names: [String], _ rows: [CountedPeople.Person],
    and further: [CountedPeople.Dimension] = []
  ) throws -> CountedPeople {
    let groups = try names.enumerated().map { place, name in
      CountedPeople.Dimension(
        name: name, links: try links(name, codes: Set(rows.map { $0.codes[place] })),
        mayCoarsen: true)
    }
    return CountedPeople(dimensions: groups + further, people: rows)
  }

  /// What stands for a value that nobody stated.
  private static let unknown = "unknown"

  /// What belongs to what in a dimension: as the request has it, by the classes of residence, or
  /// every code right below the total.
  private func links(
    _ name: String, codes: Set<String>
  ) throws -> [Hierarchy.Link] {
    let stated = request.hierarchy.filter { $0.count == 3 && $0[0] == name }
    let sorted = codes.sorted()
    guard stated.isEmpty else {
      let links = stated.map { Hierarchy.Link($0[1], in: $0[2].isEmpty ? nil : $0[2]) }
      // Whoever states nothing is nowhere in a hierarchy, and belongs right below the total.
      let isMissing = codes.contains(Self.unknown) && !links.contains { $0.code == Self.unknown }
      return links + (isMissing ? [Hierarchy.Link(Self.unknown)] : [])
    }
    guard name == Fields.residence.name else { return sorted.map { Hierarchy.Link($0) } }
    let classes = sorted.map { ResidenceStatus(code: $0)?.residenceClass?.entry.code }
    let known = Set(classes.compactMap(\.self))
    guard known.isDisjoint(with: codes) else { return sorted.map { Hierarchy.Link($0) } }
    return known.sorted().map { Hierarchy.Link($0) }
      + zip(sorted, classes).map { Hierarchy.Link($0, in: $1) }
  }
}

extension ClockUnit {
  /// Times of a grid in months, in units of this clock: a month has 30.4375 days on average.
  func grid(ofMonths levels: [[Int]]) -> [[Int]] {
    switch self {
    case .month: levels
    case .day: levels.map { level in level.map { Int(Double($0) * 30.4375 + 0.5) } }
    }
  }
}
