import Journey

/// A row of a table that breaks a check.
public struct IndicatorFinding: Sendable, Equatable {
  /// The code of the check.
  public let check: String
  /// The code of the indicator whose row it is.
  public let indicator: String
  /// The values that make the group.
  public let group: [String?]
  /// The column.
  public let column: GenderColumn
  /// The number that stands there.
  public let found: Int
  /// What it should be, or at most be, or at least be.
  public let expected: Int
}

/// A check that some of the rows it needs are missing for, so that nobody can say that it holds.
public struct UncheckedIndicators: Sendable, Equatable {
  /// The code of the check.
  public let check: String
  /// The indicators whose rows are missing, in some group or in all; empty where rows have no numbers to
  /// compare.
  public let missing: [String]
}

extension IndicatorSet {
  /// The checks that could not be made of some group or at all, in the order of the checks.
  ///
  /// A row that is there without numbers is missing for no check, as long as the check compares others.
  ///
  /// - Parameters:
  ///   - values: What is to be transmitted.
  ///   - earlier: What was transmitted last; nil where nothing was: then nothing can have fallen.
  public func unchecked(
    in values: [IndicatorValue], after earlier: [IndicatorValue]?
  ) -> [UncheckedIndicators] {
    let now = Numbers(values)
    let before = earlier.map { Numbers($0) }
    return checks.compactMap { check in
      let comparisons: [[String]]
      switch check.rule {
      case .sum(let indicator, let parts): comparisons = [[indicator] + parts]
      case .atMost(let each, let plus, let parts): comparisons = each.map { [$0] + plus + parts }
      case .reference:
        comparisons = indicators.compactMap { indicator in
          indicator.reference.map { [indicator.code, $0] }
        }
      case .genders:
        let isChecked = indicators.contains { now.isWhole($0.code) }
        return isChecked ? nil : UncheckedIndicators(check: check.code, missing: [])
      case .cumulative:
        guard let before else { return nil }
        comparisons = indicators.map(\.code).filter { before.has($0) }.map { [$0] }
      }
      let missing = now.missing(comparisons.flatMap(\.self))
      let isCompared = comparisons.contains { now.compares($0) }
      return missing.isEmpty && isCompared
        ? nil : UncheckedIndicators(check: check.code, missing: missing)
    }
  }

  /// The rows that break a check, by check, group, indicator and column.
  ///
  /// Numbers that nobody states are in no check.
  ///
  /// - Parameters:
  ///   - values: What is to be transmitted.
  ///   - earlier: What was transmitted last; nil where nothing was, or nobody knows.
  public func findings(
    in values: [IndicatorValue], after earlier: [IndicatorValue]?
  ) -> [IndicatorFinding] {
    let now = Numbers(values)
    let before = earlier.map { Numbers($0) }
    return checks.flatMap { check in
      switch check.rule {
      case .sum(let indicator, let parts):
        return now.broken(check, [indicator], parts) { $0 != $1 }
      case .atMost(let each, let plus, let parts):
        return each.flatMap { now.broken(check, [$0] + plus, parts) { $0 > $1 } }
      case .reference:
        return indicators.flatMap { indicator in
          indicator.reference.map { now.broken(check, [indicator.code], [$0]) { $0 > $1 } } ?? []
        }
      case .genders: return now.brokenGenders(check, indicators)
      case .cumulative:
        return before.map { now.fallen(check, indicators, since: $0) } ?? []
      }
    }
  }

  /// Transmitted numbers, to be looked up.
  private struct Numbers {
    private struct Key: Hashable {
      let indicator: String
      let group: [String?]
    }

    let groups: [[String?]]
    private var rows: [Key: [Int?]] = [:]

    init(_ values: [IndicatorValue]) {
      var seen: Set<[String?]> = []
      groups = values.map(\.group).filter { seen.insert($0).inserted }
      for value in values {
        rows[Key(indicator: value.indicator, group: value.group)] = value.numbers
      }
    }

    private func number(_ indicator: String, _ group: [String?], _ column: Int) -> Int? {
      rows[Key(indicator: indicator, group: group)]?[column]
    }

    /// The columns of each indicator in which some group has a number.
    private var stated: [String: Set<Int>] {
      rows.reduce(into: [:]) { stated, row in
        let columns = row.value.indices.filter { row.value[$0] != nil }
        stated[row.key.indicator, default: []].formUnion(columns)
      }
    }

    /// Whether some group has the row of an indicator.
    func has(_ indicator: String) -> Bool {
      groups.contains { rows[Key(indicator: indicator, group: $0)] != nil }
    }

    /// Whether some group has all numbers of an indicator.
    func isWhole(_ indicator: String) -> Bool {
      groups.contains { group in
        rows[Key(indicator: indicator, group: group)].map { !$0.contains(nil) } ?? false
      }
    }

    /// The indicators that some group has no row of, in order, each once.
    func missing(_ indicators: [String]) -> [String] {
      var seen: Set<String> = []
      return indicators.filter { indicator in
        guard seen.insert(indicator).inserted else { return false }
        return groups.isEmpty
          || groups.contains { rows[Key(indicator: indicator, group: $0)] == nil }
      }
    }

    /// Whether all of the indicators have a number in the same column of some group.
    func compares(_ indicators: [String]) -> Bool {
      groups.contains { group in
        GenderColumn.allCases.indices.contains { column in
          !indicators.contains { number($0, group, column) == nil }
        }
      }
    }

    func broken(
      _ check: IndicatorCheck, _ indicators: [String], _ parts: [String],
      _ isBroken: (Int, Int) -> Bool
    ) -> [IndicatorFinding] {
      groups.flatMap { group in
        GenderColumn.allCases.enumerated().compactMap { place, column in
          let left = indicators.map { number($0, group, place) }
          let right = parts.map { number($0, group, place) }
          guard !(left + right).contains(nil) else { return nil }
          let found = left.compactMap(\.self).reduce(0, +)
          let expected = right.compactMap(\.self).reduce(0, +)
          return isBroken(found, expected)
            ? IndicatorFinding(
              check: check.code, indicator: indicators[0], group: group, column: column,
              found: found,
              expected: expected) : nil
        }
      }
    }

    func brokenGenders(
      _ check: IndicatorCheck, _ indicators: [Indicator]
    ) -> [IndicatorFinding] {
      groups.flatMap { group in
        indicators.compactMap { indicator -> IndicatorFinding? in
          let numbers = GenderColumn.allCases.indices.map { number(indicator.code, group, $0) }
          guard let total = numbers[0], !numbers.contains(nil) else { return nil }
          let expected = numbers.dropFirst().compactMap(\.self).reduce(0, +)
          return total == expected
            ? nil
            : IndicatorFinding(
              check: check.code, indicator: indicator.code, group: group, column: .total,
              found: total, expected: expected)
        }
      }
    }

    func fallen(
      _ check: IndicatorCheck, _ indicators: [Indicator], since earlier: Numbers
    ) -> [IndicatorFinding] {
      let present = Set(groups)
      let stated = stated
      let all = groups + earlier.groups.filter { !present.contains($0) }
      return all.flatMap { group in
        indicators.flatMap { indicator in
          GenderColumn.allCases.enumerated().compactMap { place, column -> IndicatorFinding? in
            guard let before = earlier.number(indicator.code, group, place) else { return nil }
            // A group that nobody is in any more has fallen to 0, where the indicator is stated at all.
            let isStated = stated[indicator.code]?.contains(place) ?? false
            let found = present.contains(group) ? number(indicator.code, group, place) : 0
            guard isStated, let found, found < before else { return nil }
            return IndicatorFinding(
              check: check.code, indicator: indicator.code, group: group, column: column,
              found: found, expected: before)
          }
        }
      }
    }
  }
}
