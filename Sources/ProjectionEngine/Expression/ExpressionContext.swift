public import Journey

/// One person at one index day: what an expression is evaluated on.
///
/// Make one for a whole pass; `load` each person, then set the index day, the horizon or the day.
public struct ExpressionContext: Sendable {
  /// The journey of the person, up to the reference day.
  public private(set) var history = PersonHistory()
  /// The block that holds the person.
  private(set) var block = EffectiveBlock.empty
  /// The place of the person in the block.
  private(set) var person = 0
  /// The index event.
  public var index = IndexDay(
    day: .earliest, precision: .day, participation: nil, placement: nil, row: nil)
  {
    didSet { sole = nil }
  }
  /// The horizon, in units of the clock.
  public var horizon: Int32 = 0
  /// The day looked at, in states.
  public var day: Day?
  /// The days from the event to its recording, where records are counted.
  public var lag: Int32?

  /// The days of index, entry and exit on a clock, where `settle` found that all are known.
  private(set) var sole: (anchor: ExpressionAnchor, clock: ClockUnit)?

  /// Whether statements about periods are known only where every day of them is; see `PersonHistory`.
  var demandsWholePeriods: Bool {
    get { history.demandsWholePeriods }
    set { history.demandsWholePeriods = newValue }
  }

  /// Creates a context without a person.
  public init() {}

  /// Takes in a person of a block, as far as known and happened up to the reference day.
  ///
  /// - Parameter clock: Whether dates of month precision are exact: they are, where states are looked at
  ///   month by month.
  public mutating func load(
    _ block: EffectiveBlock, person: Int, referenceDay: Day, clock: ClockUnit = .day
  ) {
    self.block = block
    self.person = person
    sole = nil
    let rows = Int(block.starts[person])..<Int(block.starts[person + 1])
    history.load(
      milestones: block.milestones[rows],
      details: block.details.isEmpty ? [] : block.details[rows], referenceDay: referenceDay,
      clock: clock)
  }

  /// Finds the days of index, entry and exit once for all expressions that are evaluated on the index day.
  ///
  /// Where one of them is less precise than a day each expression tries all that it can be, as without.
  mutating func settle(_ clock: ClockUnit) {
    let anchors = ExpressionAnchors(
      index, history.participations, clock, entry: true, exit: true)
    sole = anchors.count == 1 ? (anchors[0], clock) : nil
  }
}

/// The days that stand for index, entry and exit in one evaluation.
struct ExpressionAnchor {
  var index: Day
  var entry: Day?
  var exit: Day?
  /// The participation that the index event belongs to.
  var participation: Int?
}

/// All days that index, entry and exit can be, where a date is less precise than a day.
///
/// When one of them is imprecise, every day of its period is tried; when several are, the first and
/// the last of each. On a clock of months a period stands for its first day, an exit's for its last.
struct ExpressionAnchors {
  private struct Days {
    var first: Day
    var count: Int32 = 1
    var step: Int32 = 1

    init(_ day: Day, _ precision: Precision, isLast: Bool, _ clock: ClockUnit) {
      guard precision != .day else {
        first = day
        return
      }
      let date = CivilDate(day, precision)
      if clock == .month {
        first = isLast ? date.lastDay : date.day
      } else {
        first = date.day
        count = date.lastDay - date.day + 1
      }
    }

    mutating func keepEnds() {
      guard count > 2 else { return }
      step = count - 1
      count = 2
    }

    subscript(number: Int32) -> Day { first + number * step }
  }

  private var index: Days
  private var entry: Days?
  private var exit: Days?
  private let participation: Int?

  // Not the context: an initializer takes over what it is given, and would copy every array of it.
  init(
    _ event: IndexDay, _ participations: [Participation], _ clock: ClockUnit,
    entry usesEntry: Bool, exit usesExit: Bool
  ) {
    var own = event.participation
    if own == nil {
      own = participations.lastIndex { $0.entry <= event.day } ?? participations.indices.first
    }
    participation = own
    index = Days(event.day, event.precision, isLast: false, clock)
    guard let own else { return }
    let participation = participations[own]
    let period = CivilDate(event.day, event.precision)
    if let exit = participation.exit {
      if CivilDate(exit, participation.exitPrecision) == period {
        // The index event is the exit: they are the same day, whichever it is.
        index = Days(event.day, event.precision, isLast: true, clock)
      } else {
        self.exit = Days(exit, participation.exitPrecision, isLast: true, clock)
      }
    }
    if CivilDate(participation.entry, participation.entryPrecision) != period {
      entry = Days(participation.entry, participation.entryPrecision, isLast: false, clock)
    }
    exitIsIndex = participation.exit != nil && exit == nil
    entryIsIndex = entry == nil
    if !usesEntry { entry?.count = 1 }
    if !usesExit { exit?.count = 1 }
    let several =
      (index.count > 1 ? 1 : 0) + ((entry?.count ?? 1) > 1 ? 1 : 0)
      + ((exit?.count ?? 1) > 1 ? 1 : 0)
    if several > 1 {
      index.keepEnds()
      entry?.keepEnds()
      exit?.keepEnds()
    }
  }

  private var exitIsIndex = false
  private var entryIsIndex = false

  /// How many combinations there are; 1 when every date is a day.
  var count: Int32 { index.count * (entry?.count ?? 1) * (exit?.count ?? 1) }

  /// One combination; the last one has the last day of each.
  subscript(number: Int32) -> ExpressionAnchor {
    var rest = number
    let day = index[rest % index.count]
    rest /= index.count
    var anchor = ExpressionAnchor(index: day, participation: participation)
    if let entry {
      anchor.entry = entry[rest % entry.count]
      rest /= entry.count
    } else if entryIsIndex {
      anchor.entry = day
    }
    if let exit {
      anchor.exit = exit[rest % exit.count]
    } else if exitIsIndex {
      anchor.exit = day
    }
    return anchor
  }
}

extension EffectiveBlock {
  /// A block without anybody known.
  fileprivate static let empty = EffectiveBlock(
    ref: 0, rows: [], [], values: [], isKnown: false)
}
