import Journey

/// What expressions gave for whom they had to be worked out, kept for all others with the same profile.
///
/// For expressions that look at nothing but the entry profile and the age at entry: there are far
/// fewer profiles than people. Each result is worked out by the expressions themselves, once.
struct ProfileMemo: Sendable {
  /// An attribute at entry that the expressions read, with the number of its values and none.
  private struct Slot: Sendable {
    let column: Int
    let values: Int
  }

  /// The years told apart, where ages count: from the first on.
  private static let years = 1970..<2070
  /// The largest number of profiles that are told apart.
  private static let limit = 1 << 16

  private let slots: [Slot]
  private let usesAge: Bool
  /// The number of profiles that are told apart.
  let count: Int
  /// How many results are kept of each profile.
  private let width: Int
  /// One more than each result, profile after profile; 0 where it was not worked out yet.
  private var results: [UInt8]

  /// Whether an expression looks at nothing but the entry profile and the age at entry.
  static func covers(_ expression: QuestionExpression) -> Bool {
    var reading = ProfileReading()
    return reading.covers(expression)
  }

  /// Makes a memo; nil where the expressions look at more than the profile, or it has too many values.
  ///
  /// - Parameter width: How many results are kept of each profile.
  init?(_ expressions: [QuestionExpression], _ catalogue: AttributeCatalogue, width: Int = 1) {
    var reading = ProfileReading()
    guard expressions.allSatisfy({ reading.covers($0) }) else { return nil }
    usesAge = reading.usesAge
    let columns = Set(expressions.flatMap(\.attributes).compactMap { catalogue.number(of: $0) })
    slots = columns.sorted().map {
      Slot(column: $0, values: catalogue.columns[$0].values.count + 1)
    }
    var count = usesAge ? 2 * ProfileMemo.years.count : 1
    for slot in slots {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: slot.values)
      guard !isTooLarge, product <= ProfileMemo.limit else { return nil }
      count = product
    }
    self.count = count
    self.width = width
    results = [UInt8](repeating: 0, count: count * width)
  }

  /// The place of a person's profile; nil where it is none that is told apart.
  func place(_ block: EffectiveBlock, _ person: Int, _ age: AgeDay) -> Int? {
    var place = 0
    if usesAge {
      guard let own = age.place else { return nil }
      place = own
    }
    for slot in slots {
      let value = Int(block.value(of: slot.column, participant: person))
      guard value < slot.values else { return nil }
      place = place * slot.values + value
    }
    return place
  }

  /// What was worked out for a profile.
  subscript(place: Int, item: Int = 0) -> UInt8? {
    get {
      let result = results[place * width + item]
      return result == 0 ? nil : result - 1
    }
    set { results[place * width + item] = newValue.map { $0 + 1 } ?? 0 }
  }

  /// A day as far as an age on it depends on it: the year, and whether it is the last day of it.
  struct AgeDay {
    fileprivate let place: Int?

    init(_ day: Day) {
      let (year, month, date) = day.parts
      place =
        ProfileMemo.years.contains(year)
        ? (year - ProfileMemo.years.lowerBound) * 2 + (month == 12 && date == 31 ? 1 : 0) : nil
    }
  }
}

/// Whether expressions look at nothing but the entry profile and the age at entry.
///
/// Of a unit whose index day is its entry, known to the day.
private struct ProfileReading {
  private(set) var usesAge = false

  mutating func covers(_ expression: QuestionExpression) -> Bool {
    switch expression.root {
    case .truth(let node): covers(node)
    case .number, .moment: false
    }
  }

  private mutating func covers(_ node: TruthNode) -> Bool {
    switch node {
    case .not(let part), .truthKnown(let part): covers(part)
    case .and(let parts), .or(let parts): parts.allSatisfy { covers($0) }
    case .numbers(_, let left, let right): covers(left) && covers(right)
    case .numberBetween(let value, let low, let high): covers(value) && covers(low) && covers(high)
    case .numberKnown(let value): covers(value)
    case .code(let code, _), .codeKnown(let code): covers(code)
    case .codes(_, let left, let right): covers(left) && covers(right)
    case .stated: true
    // Whoever has an index day here has entered on it.
    case .momentKnown(let moment): isEntry(moment)
    default: false
    }
  }

  private mutating func covers(_ node: NumberNode) -> Bool {
    switch node {
    case .number, .length, .parameter, .stated: return true
    case .negative(let value): return covers(value)
    case .arithmetic(_, let left, let right): return covers(left) && covers(right)
    case .age(_, let day):
      usesAge = true
      return isEntry(day)
    default: return false
    }
  }

  private func covers(_ node: CodeNode) -> Bool {
    switch node {
    case .stated, .residenceClassAtEntry: true
    default: false
    }
  }

  private func isEntry(_ moment: MomentNode) -> Bool {
    switch moment {
    case .index, .entry: true
    default: false
    }
  }
}
