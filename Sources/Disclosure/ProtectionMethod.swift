/// How a table is protected before somebody receives it.
public enum ProtectionMethod: Equatable, Sendable {
  /// Exact numbers; small ones are hidden, and others so that they cannot be computed.
  case suppression(CountRules)
  /// Every number is a little off.
  case perturbation(Perturbation)
  /// Everything as it is, because a law asks for it.
  case exact

  /// The smallest number of people that may be known to be in a cell.
  public var minimum: Int64 {
    switch self {
    case .suppression(let rules): rules.minimum
    case .perturbation(let perturbation): perturbation.minimum
    case .exact: 1
    }
  }

  /// The rules that audits of later tables hold against this one.
  public var rules: CountRules {
    switch self {
    case .suppression(let rules): rules
    case .perturbation, .exact: CountRules(minimum: minimum)
    }
  }
}
