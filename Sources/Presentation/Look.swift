/// How a piece of text looks on a terminal: bold, dim, a colour, or several of them.
///
/// Colour is never the only carrier of a meaning: the words say it too.
public struct Look: Sendable, Hashable {
  /// The SGR parameters, in order.
  let codes: [UInt8]

  /// Nothing special.
  public static let plain = Look(codes: [])
  /// Heavier type, for headings.
  public static let bold = Look(codes: [1])
  /// Fainter type, for side remarks.
  public static let dim = Look(codes: [2])
  /// An underlined text.
  public static let underlined = Look(codes: [4])
  /// Red, for errors and overdue.
  public static let red = Look(codes: [31])
  /// Green, for what is in order.
  public static let green = Look(codes: [32])
  /// Yellow, for warnings.
  public static let yellow = Look(codes: [33])
  /// Blue.
  public static let blue = Look(codes: [34])
  /// Magenta.
  public static let magenta = Look(codes: [35])
  /// Cyan.
  public static let cyan = Look(codes: [36])

  /// Both looks at once; of two colours the second wins.
  public static func + (left: Look, right: Look) -> Look {
    Look(codes: left.codes + right.codes)
  }
}
