import EventLog
public import Journey
import Keyring
import LMDB

extension IndicatorSet {
  /// Counts all indicators, as known after `size` records.
  ///
  /// - Throws: `ChoiceProblem` when a question does not fit, or `QuestionError`.
  public func table(
    _ request: IndicatorRequest, from view: JourneysView, size: UInt64
  ) throws -> IndicatorTable {
    let grouping = request.grouping
    var answers: [String: [(unit: CountedUnit, group: [String?])]] = [:]
    for (name, question) in questions.sorted(by: { $0.key < $1.key }) {
      answers[name] = try CountedUnits(of: question, request.choices, from: view, size: size)
        .units.map { ($0, grouping.group($0.values)) }
    }
    var groups = Set(answers.values.flatMap { $0.map(\.group) })
    if request.groupedBy.isEmpty { groups.insert([]) }
    let named = request.entities ?? []
    groups.formUnion(named.filter { counts($0, request) }.map { request.group(of: $0) })
    let order = AttributeOrder(request.groupedBy)
    var table = IndicatorTable(
      groupNames: request.groupedBy, groups: groups.sorted { order.precedes($0, $1) })
    for indicator in indicators {
      if let reason = closed(indicator, request, view) {
        table.closed[indicator.code] = reason
        continue
      }
      if indicator.basis == .entities {
        count(named.filter { $0.indicator == indicator.code }, request, into: &table)
        continue
      }
      guard let source = rows(of: indicator.code), let units = answers[source.question]
      else {
        continue
      }
      let outcome = try reader(of: indicator, view, size)
      for (unit, group) in units {
        let key = IndicatorTable.Key(
          indicator: indicator.code, group: group,
          gender: unit.values[0] ?? "")
        table.figures[key, default: .init()].add(
          outcome(unit), inPeriod: request.period.contains(unit.day))
      }
    }
    return table
  }

  /// Why nothing can be said of an indicator; nil where something can.
  private func closed(
    _ indicator: Indicator, _ request: IndicatorRequest, _ view: JourneysView
  ) -> IndicatorTable.Closed? {
    switch indicator.basis {
    case .row, .anyOf: return nil
    case .entities: return request.entities == nil ? .notStated : nil
    case .statement(let statement, _):
      let keyring = view.log.keyring
      if keyring.droppedGroups[statement.group] != nil { return .dropped(statement.group) }
      return keyring.opens(statement.group) ? nil : .key(statement.group)
    }
  }

  /// What becomes of a unit for an indicator.
  func reader(
    of indicator: Indicator, _ view: JourneysView, _ size: UInt64
  ) throws -> (CountedUnit) -> CountedUnit.Outcome {
    switch indicator.basis {
    case .row(_, _, everybody: true): return { _ in .yes }
    case .row, .anyOf:
      let places = rowPlaces(of: indicator.code)
      return { unit in
        let outcomes = places.map { unit.outcomes[$0] }
        return outcomes.count == 1 ? outcomes[0] : .any(of: outcomes)
      }
    case .statement(let statement, _):
      let answers = try StatedAnswers(statement, in: view, sizes: [size])
      return { unit in
        switch answers.answer(of: unit.participant, size: size) {
        case .yes: .yes
        case .no: .no
        case .unknown, nil: .unknown
        }
      }
    case .entities: return { _ in .notAsked }
    }
  }

  /// The places of an indicator's rows among the outcomes of a unit.
  func rowPlaces(of code: String) -> [Int] {
    guard let source = rows(of: code), let question = questions[source.question],
      case .shares(let shares) = question.content
    else { return [] }
    return source.rows.compactMap { row in shares.rows.firstIndex { $0.code == row } }
  }

  private func counts(_ entity: SupportedEntity, _ request: IndicatorRequest) -> Bool {
    entity.since <= min(request.period.upperBound, request.referenceDay)
      && indicators.contains { $0.code == entity.indicator }
  }

  private func count(
    _ entities: [SupportedEntity], _ request: IndicatorRequest, into table: inout IndicatorTable
  ) {
    var first: [[String?]: SupportedEntity] = [:]
    for entity in entities where counts(entity, request) {
      let key = request.group(of: entity) + [entity.network, entity.name]
      if first[key].map({ entity.since < $0.since }) ?? true { first[key] = entity }
    }
    for (_, entity) in first {
      let key = IndicatorTable.Key(
        indicator: entity.indicator, group: request.group(of: entity), gender: "")
      table.figures[key, default: .init()].add(
        .yes, inPeriod: request.period.contains(entity.since))
    }
  }
}

extension CountedUnit.Outcome {
  /// Whether any of several things holds.
  static func any(of outcomes: [Self]) -> Self {
    if outcomes.contains(.yes) { return .yes }
    return [.unknown, .notDue, .notAsked, .excluded].first { outcomes.contains($0) } ?? .no
  }
}

/// A record that lacks what it must state before its person counts in any indicator.
public struct IncompleteRecord: Sendable, Equatable {
  /// Whose record it is.
  public let participant: ParticipantRef
  /// The first day of the participation.
  public let entry: Day
  /// The codes of what is missing.
  public let missing: [String]
  /// The network, sub-project and advisor, nil where nobody says.
  public let network: String?, subproject: String?, advisor: String?
}

extension IndicatorSet {
  /// Participations that count nowhere, because their records lack something: by network, sub-project and
  /// advisor, so that each can be handed to whoever can mend it.
  ///
  /// - Throws: `QuestionError`.
  public func incomplete(
    _ request: IndicatorRequest, from view: JourneysView, size: UInt64
  ) throws(QuestionError) -> [IncompleteRecord] {
    let names = [Fields.network.name, Fields.subproject.name, Fields.advisor.name]
    var known: [String]
    do {
      guard let open = try view.current() else { throw ViewError.damaged }
      let catalogue = try open.environment.read { try open.catalogue($0) }
      known = names.filter { catalogue.number(of: $0) != nil }
    } catch { throw QuestionError(wrapping: error) }
    let question = ShareQuestion(
      definition: completeness, clock: .day, horizons: [0], window: request.choices.window,
      groupedBy: known, referenceDay: request.referenceDay)
    let counted = try CountedUnits(question, from: view, size: size)
    let order = AttributeOrder(names)
    return counted.units.compactMap { unit in
      let missing = zip(completeness.rows, unit.outcomes).filter { $1 != .yes }.map(\.0.code)
      guard !missing.isEmpty else { return nil }
      func value(_ name: String) -> String? {
        known.firstIndex(of: name).flatMap { unit.values[$0] }
      }
      return IncompleteRecord(
        participant: unit.participant, entry: unit.day, missing: missing, network: value(names[0]),
        subproject: value(names[1]), advisor: value(names[2]))
    }.sorted { one, other in
      let (left, right) = (
        [one.network, one.subproject, one.advisor],
        [other.network, other.subproject, other.advisor]
      )
      if left != right { return order.precedes(left, right) }
      return (one.participant, one.entry) < (other.participant, other.entry)
    }
  }
}
