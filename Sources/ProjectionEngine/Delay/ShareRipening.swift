import EventLog
import Journey
public import Statistics

/// One unit of a question of kind `point` or `count` in one of its cells, by what two states of
/// knowledge agree on.
struct UnitCell: Hashable, Sendable {
  let ref: UInt32
  /// The index day.
  let day: Int32
  /// Which of the person's index events of that day.
  let place: Int32
  /// The row and horizon.
  let cell: Int32
}

/// What early outcomes of earlier units turned into, cell by cell.
///
/// The units looked at in the days before the last complete one, as many of those as there are after it:
/// what the log said of them on that day, and what it says now, when all is as good as told. So both are
/// as old as those of whom not all is told today.
public struct ShareRipening: Sendable {
  /// By row, then horizon.
  let cells: [OutcomeMaturation]

  /// Follows the earlier units of a question.
  ///
  /// - Parameters:
  ///   - mature: The last complete day.
  ///   - age: How many days later everything asked about is as good as told.
  ///   - size: The state of knowledge.
  init(
    of question: ShareQuestion, mature: Day, age: Int, from view: JourneysView, size: UInt64
  ) throws {
    let known = try view.log.size(recordedUntil: StoreZone.end(of: mature) - 1)
    let window = (mature - Int32(age) + 1)...mature
    let now = try ShareRipening.outcomes(question, window, view, size: size)
    var earlier = question
    earlier.referenceDay = min(question.referenceDay, mature)
    let then = try ShareRipening.outcomes(earlier, window, view, size: min(known, size))
    let width = question.definition.rows.count * question.horizons.count
    var pairs = [(early: [OutcomeShares.Outcome], mature: [OutcomeShares.Outcome])](
      repeating: ([], []), count: width)
    for (unit, outcome) in then {
      guard let later = now[unit] else { continue }
      pairs[Int(unit.cell)].early.append(outcome)
      pairs[Int(unit.cell)].mature.append(later)
    }
    cells = pairs.map { OutcomeMaturation(early: $0.early, mature: $0.mature) }
  }

  private static func outcomes(
    _ question: ShareQuestion, _ window: ClosedRange<Day>, _ view: JourneysView, size: UInt64
  ) throws -> [UnitCell: OutcomeShares.Outcome] {
    guard size > 0 else { return [:] }
    var question = question
    question.keeps = window
    question.groupedBy = []
    question.responseBy = []
    var kept: [UnitCell: OutcomeShares.Outcome] = [:]
    for group in try question.ask(view, size: size).groups {
      kept.merge(group.sums.kept) { one, _ in one }
    }
    return kept
  }
}

/// A share corrected for what is recorded late.
public struct ShareNowcast: Sendable {
  /// The share of yes among all due that there will be; nil where earlier units do not tell.
  public let all: OutcomeMaturation.Share?
  /// Its limits.
  public let allLimits: ConfidenceLimits?
  /// The share of yes among those known in the end.
  public let known: OutcomeMaturation.Share?
  /// Its limits.
  public let knownLimits: ConfidenceLimits?
  /// How many earlier units it rests on.
  public let earlier: Int

  /// Corrects a cell.
  ///
  /// - Parameters:
  ///   - shares: All outcomes as recorded.
  ///   - recent: Those of them of whom not all is told.
  ///   - hasKnown: Whether a yes is known as soon as a no would be; else nothing is said of the share
  ///     among the known.
  init(
    _ shares: OutcomeShares, recent: OutcomeShares, _ ripening: ShareRipening, cell: Int,
    level: Double, hasKnown: Bool
  ) throws(StatisticsError) {
    let maturation = ripening.cells[cell]
    let settled = try OutcomeShares(
      yes: shares.yes - recent.yes, no: shares.no - recent.no,
      unknown: shares.unknown - recent.unknown)
    let nowcast = maturation.nowcast(recent, settled: settled)
    earlier = maturation.count
    all = nowcast?.all
    allLimits = try nowcast?.all.limits(level: level)
    known = hasKnown ? nowcast?.known : nil
    knownLimits = try known?.limits(level: level)
  }
}
