/// A state in which people can be, as a chart shows it: its name and its colour.
public struct ChartState: Sendable, Hashable {
  /// The name in the reader's language.
  public let label: String
  /// The colour, the same in every picture of the product.
  public let color: StateColor

  /// Creates a state.
  public init(_ label: String, _ color: StateColor) {
    self.label = label
    self.color = color
  }

  /// States of a user's table: known names get the colour they have everywhere, others one of the
  /// rest, in their order.
  ///
  /// - Parameter names: The states as they stand in the table; they are labels as well.
  public static func states(named names: [String]) -> [ChartState] {
    let known = names.map { StateColor(code: $0) }
    var free = StateColor.forOthers.filter { !known.contains($0) }
    return zip(names, known).map { name, color in
      if let color { return ChartState(name, color) }
      let next = free.isEmpty ? .other : free.removeFirst()
      return ChartState(name, next)
    }
  }
}

/// The colours of states: one fixed map from state to colour for the whole product.
///
/// Okabe and Ito's colours, ordered so that neighbours in a journey differ in lightness too. Grey is
/// kept for what is not decided, hatching for what is not known.
public enum StateColor: Sendable, Hashable, CaseIterable {
  /// In work; blue.
  case work
  /// In vocational training; green.
  case training
  /// At school or university; sky blue.
  case school
  /// In a course or another measure; orange.
  case course
  /// Marginally or otherwise partly employed; purple.
  case partWork
  /// Looking for work; vermillion.
  case search
  /// Not available to the labour market; yellow.
  case inactive
  /// Dropped out; dark grey.
  case left
  /// Moved away or died; black.
  case gone
  /// Still in the state in which everybody began; light grey.
  case open
  /// Not observed; hatched.
  case notObserved
  /// A state for which no colour was left; middle grey with a hatching.
  case other

  /// The colours for states with unknown names, in this order.
  static let forOthers: [StateColor] = [
    .work, .search, .training, .course, .school, .partWork, .inactive, .left, .gone,
  ]

  /// The colour of a state by its usual codes and names, upper or lower case; nil for others.
  public init?(code: String) {
    guard let color = Self.codes[code.lowercased()] else { return nil }
    self = color
  }

  private static let codes: [String: StateColor] = {
    let names: [StateColor: [String]] = [
      .work: ["emp", "employed", "employment", "work", "job", "svp", "arbeit", "beschäftigung"],
      .training: ["training", "apprenticeship", "appr_dual", "ausbildung", "dual"],
      .school: ["school", "education", "ina_edu", "fe", "he", "schule", "studium", "bildung"],
      .course: ["course", "qualification", "measure", "qualifizierung", "kurs"],
      .partWork: ["minijob", "marginal", "part-time"],
      .search: [
        "une", "une_lt", "unemployed", "unemployment", "joblessness", "search", "searching",
        "arbeitslos", "suche",
      ],
      .inactive: ["ina", "inactive", "nicht erwerbstätig", "out"],
      .left: ["dropout", "left", "exit", "exited", "abbruch", "austritt"],
      .gone: ["gone", "moved", "death", "dead", "deceased", "verzogen", "verstorben"],
      .open: [
        "open", "still open", "intake", "start", "(s0)", "programme", "offen", "noch offen",
      ],
      .notObserved: [
        "unk", "unknown", "not observed", "censored", "unbekannt", "nicht beobachtet",
      ],
    ]
    return names.reduce(into: [:]) { codes, entry in
      for name in entry.value { codes[name] = entry.key }
    }
  }()

  /// The colour of its areas.
  var fill: String {
    switch self {
    case .work: ChartPalette.blue
    case .training: ChartPalette.green
    case .school: ChartPalette.sky
    case .course: ChartPalette.orange
    case .partWork: ChartPalette.purple
    case .search: ChartPalette.vermillion
    case .inactive: ChartPalette.yellow
    case .left: ChartPalette.grey
    case .gone: ChartPalette.black
    case .open: ChartInk.open
    case .notObserved: ChartInk.paper
    case .other: ChartInk.open
    }
  }

  /// Whether strokes across the area say that it is no ordinary state.
  var isHatched: Bool { self == .notObserved || self == .other }

  /// The sign that fills its area on a terminal, and the one in ASCII.
  var signs: (unicode: Character, ascii: Character) {
    switch self {
    case .work: ("█", "#")
    case .training: ("▓", "T")
    case .school: ("▒", "s")
    case .course: ("▚", "c")
    case .partWork: ("▞", "p")
    case .search: ("░", ":")
    case .inactive: ("▪", "i")
    case .left: ("╳", "x")
    case .gone: ("■", "X")
    case .open: ("·", ".")
    case .notObserved: ("?", "?")
    case .other: ("~", "~")
    }
  }

  /// Its colour on a terminal.
  var look: Look {
    switch self {
    case .work: .blue
    case .training: .green
    case .school: .cyan
    case .course, .inactive: .yellow
    case .partWork: .magenta
    case .search: .red
    case .left, .gone: .plain
    case .open, .notObserved, .other: .dim
    }
  }
}
