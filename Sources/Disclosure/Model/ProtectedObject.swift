/// Something nobody may find out too exactly: a cell, a sum of cells, or a difference.
struct ProtectedObject: Sendable {
  /// The classes that it adds up, ascending.
  let classes: [Int]
  /// Its value.
  let value: Int64
  /// How little an attacker must know about it.
  let demand: Demand
  /// Why it is protected.
  let reason: Reason
  /// Groups whose value this attacker knows besides what is printed: somebody who is alone in one.
  var knowing: [Int] = []

  /// The group that is hidden for the sake of others, when it is that.
  var secondaryGroup: Int? {
    if case .secondary(let group) = reason { group } else { nil }
  }

  /// The group whose value this is, when it is a cell and not a sum or a difference of cells.
  var group: Int? {
    switch reason {
    case .primary(let group), .secondary(let group): group
    case .sum, .rest, .computable: nil
    }
  }

  /// Why something is protected.
  enum Reason: Equatable, Sendable {
    /// The primary rules hide this group.
    case primary(group: Int)
    /// Hidden for the sake of others; it must not be known too exactly either.
    case secondary(group: Int)
    /// Hidden cells of one sum that are together still too few.
    case sum(equation: Int)
    /// Almost everybody in one group has the sensitive category: the rest is protected.
    case rest(of: Int)
    /// Nobody printed these classes, but they can be computed from what is printed.
    case computable
  }
}

/// How little an attacker must know about a value.
struct Demand: Equatable, Sendable {
  /// The largest possible value must be at least this.
  var atLeast: Int64
  /// The smallest possible value must be at most this.
  var atMost: Int64
  /// The largest and the smallest possible value must be so far apart.
  var width: Int64

  /// What a minimum frequency asks of a count below it.
  static func minimum(_ n: Int64) -> Demand { Demand(atLeast: n, atMost: .max, width: n - 1) }

  /// Whether values from the one to the other are enough.
  func isMet(from lower: Int64, to upper: Int64) -> Bool {
    upper >= atLeast && lower <= atMost && upper - lower >= width
  }
}
