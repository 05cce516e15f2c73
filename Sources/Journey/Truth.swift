/// Whether something holds of a person: yes, no, or nobody knows.
///
/// Kleene's three-valued logic: an unknown never counts as a no, and a whole is known as soon as its
/// known parts settle it (S. C. Kleene, Introduction to Metamathematics, 1952, § 64).
public enum Truth: UInt8, Sendable, CaseIterable {
  /// Known not to hold.
  case no = 0
  /// Not known.
  case unknown = 1
  /// Known to hold.
  case yes = 2

  /// A known value.
  public init(_ value: Bool) { self = value ? .yes : .no }

  /// Both hold: no as soon as one is no.
  public static func && (left: Truth, right: @autoclosure () -> Truth) -> Truth {
    if left == .no { return .no }
    let right = right()
    return left.rawValue <= right.rawValue ? left : right
  }

  /// At least one holds: yes as soon as one is yes.
  public static func || (left: Truth, right: @autoclosure () -> Truth) -> Truth {
    if left == .yes { return .yes }
    let right = right()
    return left.rawValue >= right.rawValue ? left : right
  }

  /// The contrary; unknown stays unknown.
  public static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }

  /// Whether it is known at all.
  public var isKnown: Bool { self != .unknown }
}
