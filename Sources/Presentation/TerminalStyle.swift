/// The user's wish about colours, the value of `--color`.
public enum ColorChoice: String, Sendable, CaseIterable {
  /// Colours where the stream is a terminal and the environment allows them.
  case auto
  /// Colours in any case.
  case always
  /// No colours in any case.
  case never
}

/// What may be written to one stream: colours, how wide, and whether a line may be rewritten.
///
/// Decide once for each stream: `wegmarke … | less` has a terminal on standard error only.
public struct TerminalStyle: Sendable, Hashable {
  /// Whether colours and bold may be used.
  public let usesColor: Bool
  /// The columns that a line may take; nil where lines must not be cut, as in a file or a pipe.
  public let width: Int?
  /// How wide tables may be where no terminal says it; long texts are then wrapped, never cut.
  public let pageWidth: Int?
  /// Whether a line can be overwritten, as a progress line does.
  public let isInteractive: Bool
  /// Whether signs beyond ASCII may be used for drawings; texts keep their letters in any case.
  public let usesUnicode: Bool

  /// Creates a style from its parts.
  public init(
    usesColor: Bool = false, width: Int? = nil, pageWidth: Int? = nil,
    isInteractive: Bool = false, usesUnicode: Bool = true
  ) {
    self.usesColor = usesColor
    self.width = width
    self.pageWidth = pageWidth
    self.isInteractive = isInteractive
    self.usesUnicode = usesUnicode
  }

  /// The style of a file: no colours, lines of any length.
  public static let plain = TerminalStyle()

  /// The style for pages that people read, also from a file: tables fit so many columns.
  public func page(ofColumns columns: Int) -> TerminalStyle {
    TerminalStyle(
      usesColor: usesColor, width: width, pageWidth: width == nil ? columns : nil,
      isInteractive: isInteractive, usesUnicode: usesUnicode)
  }

  /// Finds out what a standard stream of this process can do.
  public init(
    of stream: StandardStream, color: ColorChoice = .auto, environment: [String: String]
  ) {
    let isTerminal = stream.isTerminal
    self.init(
      usesColor: Self.usesColor(color, environment: environment, isTerminal: isTerminal),
      width: isTerminal
        ? Self.terminalWidth(reported: stream.reportedWidth, environment: environment) : nil,
      isInteractive: isTerminal && environment["TERM"] != "dumb",
      usesUnicode: Self.usesUnicode(environment: environment))
  }

  /// Decides about colours: flag, then `FORCE_COLOR`, `NO_COLOR`, `TERM=dumb`, then the stream.
  ///
  /// Empty variables count as absent (no-color.org). `FORCE_COLOR` of `0` or `false` forbids colours.
  public static func usesColor(
    _ choice: ColorChoice, environment: [String: String], isTerminal: Bool
  ) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if let force = environment["FORCE_COLOR"], !force.isEmpty {
      return force != "0" && force != "false"
    }
    if let no = environment["NO_COLOR"], !no.isEmpty { return false }
    if environment["TERM"] == "dumb" { return false }
    return isTerminal
  }

  /// The width of a terminal: what it reports, else `COLUMNS`, else 80.
  public static func terminalWidth(reported: Int?, environment: [String: String]) -> Int {
    if let reported, reported > 0 { return reported }
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    return 80
  }

  /// Whether drawings may use signs beyond ASCII: not in the `C` or `POSIX` locale.
  ///
  /// The first that is set of `LC_ALL`, `LC_CTYPE` and `LANG` decides; with none of them set, as in
  /// many containers, UTF-8 is assumed.
  public static func usesUnicode(environment: [String: String]) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = environment[name], !value.isEmpty { return value != "C" && value != "POSIX" }
    }
    return true
  }

  /// The text in a look, closed at its end; unchanged where colours are off.
  public func paint(_ text: String, _ look: Look) -> String {
    guard usesColor, !look.codes.isEmpty, !text.isEmpty else { return text }
    let parameters = look.codes.map { String($0) }.joined(separator: ";")
    return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }
}
