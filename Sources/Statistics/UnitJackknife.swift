/// The sum over sampling units of the squared influence on a running sum, kept up to date in O(1) a
/// row: the infinitesimal jackknife without a table of people by times.
///
/// Each unit has a weight at risk W and a weighted influence T. A step moves the influence of all
/// at risk by the same amount, T − δ W, so that Σ T², Σ T W and Σ W² suffice to follow Σ T²; one
/// unit's own T is brought up to date only when something happens to it.
///
/// - SeeAlso: Jaeckel (1972), The infinitesimal jackknife, Bell Laboratories memorandum
///   MM 72-1215-11; Therneau, Grambsch (2000), Modeling Survival Data, 2.2 and 7.1.
struct UnitJackknife {
  private var influence: [Double]
  private var weight: [Double]
  private var seen: [Double]
  private var level = CompensatedSum()
  private var squares = CompensatedSum()
  private var products = CompensatedSum()
  private var weights = CompensatedSum()

  init(units: Int) {
    influence = [Double](repeating: 0, count: units)
    weight = influence
    seen = influence
  }

  /// Σ T².
  var variance: Double { max(squares.value, 0) }

  /// Moves the influence of everybody at risk by −`stay`.
  mutating func advance(by stay: Double) {
    if stay == 0 { return }
    squares.add(stay * (stay * weights.value - 2 * products.value))
    products.add(-stay * weights.value)
    level.add(stay)
  }

  /// Adds to one unit's weight at risk and to its influence.
  mutating func change(_ unit: Int, weight added: Double = 0, influence extra: Double = 0) {
    let now = level.value
    let before = influence[unit] - weight[unit] * (now - seen[unit])
    let after = before + extra
    let heavier = weight[unit] + added
    squares.add((after - before) * (after + before))
    products.add(after * heavier - before * weight[unit])
    weights.add(added * (heavier + weight[unit]))
    influence[unit] = after
    weight[unit] = heavier
    seen[unit] = now
  }

  /// Σ T² after each time, for steps over all rows.
  ///
  /// Rows count as at risk from after their start up to and including their stop. An infinite step
  /// ends the account: nobody at risk is left then.
  static func variances(
    _ rows: FollowUp, _ riskSet: RiskSet, times: [Double], stays: [Double], extras: [Double]
  ) -> [Double] {
    let units = rows.units
    var jackknife = UnitJackknife(units: units.count)
    var variances: [Double] = []
    variances.reserveCapacity(times.count)
    var entering = 0
    var leaving = 0
    if rows.starts == nil {
      for row in 0..<rows.count { jackknife.change(units(row), weight: rows.weight(row)) }
    }
    for index in times.indices {
      let time = times[index]
      while leaving < rows.count, rows.stops[riskSet.byStop[leaving]] < time {
        // An inner cut between two times of the curve.
        let row = riskSet.byStop[leaving]
        enter(before: rows.stops[row])
        jackknife.change(units(row), weight: -rows.weight(row))
        leaving += 1
      }
      enter(before: time)
      let isFinite = stays[index].isFinite
      if isFinite { jackknife.advance(by: stays[index]) }
      while leaving < rows.count, rows.stops[riskSet.byStop[leaving]] == time {
        let row = riskSet.byStop[leaving]
        let weight = rows.weight(row)
        let extra = rows.events[row] && isFinite && weight > 0 ? weight * extras[index] : 0
        jackknife.change(units(row), weight: -weight, influence: extra)
        leaving += 1
      }
      variances.append(jackknife.variance)
    }
    return variances

    func enter(before time: Double) {
      guard let starts = rows.starts else { return }
      while entering < rows.count, starts[riskSet.byStart[entering]] < time {
        let row = riskSet.byStart[entering]
        jackknife.change(units(row), weight: rows.weight(row))
        entering += 1
      }
    }
  }
}
