import Journey

/// What people are grouped by: attributes at entry, values on the index day, periods of it.
struct Grouping: Sendable {
  /// The largest number of groups that an answer shows.
  static let limit = 200

  /// One thing that groups.
  enum Part: Sendable, Equatable {
    /// An attribute at entry, by its column of the catalogue.
    case attribute(Int)
    /// The class of the residence status at entry: its column, none where nobody states one, and the
    /// class of each of its values.
    case residenceClass(column: Int?, classes: [UInt8])
    /// What stood on the index day.
    case onIndexDay(DatedAttribute)
    /// The calendar period of the index day.
    case period(CohortPeriod)
    /// One of the groups of the question itself.
    case condition
  }

  /// An attribute whose changes the journey holds.
  enum DatedAttribute: String, Sendable, CaseIterable {
    /// The residence status.
    case residence
    /// Its class.
    case residenceClass = "residence-class"
    /// The highest level of German attained.
    case german
    /// Benefits received.
    case benefit

    /// Where a milestone states the attribute: its code; nil for other milestones.
    func code(_ milestone: Milestone) -> UInt8? {
      switch (self, milestone.kind) {
      case (.residence, .residence), (.german, .language), (.benefit, .benefit): milestone.code
      // A profile without a residence status states none.
      case (.residence, .profile): milestone.code == 0 ? nil : milestone.code
      case (.residenceClass, .residence): ResidenceClass.ofStatus[Int(milestone.code)]
      case (.residenceClass, .profile):
        milestone.code == 0 ? nil : ResidenceClass.ofStatus[Int(milestone.code)]
      default: nil
      }
    }

    var list: CodeListDescription {
      switch self {
      case .residence: ResidenceStatus.listDescription
      case .residenceClass: ResidenceClass.listDescription
      case .german: LanguageLevel.listDescription
      case .benefit: BenefitKind.listDescription
      }
    }
  }

  /// The names as they were given.
  let names: [String]
  /// What they stand for, in the same order.
  let parts: [Part]
  private let catalogue: AttributeCatalogue
  private let conditions: [String]

  /// Looks names up: `gender`, `residence@index`, `period:quarter`.
  ///
  /// - Parameter conditions: The codes of the question's own groups; they come first.
  /// - Throws: `QuestionError.unknownAttribute` for the first name that is none.
  init(
    _ names: [String], _ catalogue: AttributeCatalogue, conditions: [String] = []
  ) throws(QuestionError) {
    self.names = names
    self.catalogue = catalogue
    self.conditions = conditions
    var parts: [Part] = conditions.isEmpty ? [] : [.condition]
    for name in names { parts.append(try Grouping.part(name, catalogue)) }
    self.parts = parts
  }

  /// The order in which the groups are shown.
  var order: AttributeOrder { AttributeOrder(names, conditions: conditions) }

  /// The attributes at entry that groups of these names read.
  static func attributes(of names: [String]) -> Set<String> {
    Set(names).union(names.contains(ResidenceClass.listName) ? [Fields.residence.name] : [])
  }

  /// Whether groups of these names rest on steps of the journey that its outline need not have.
  static func readsSteps(_ names: [String]) -> Bool {
    names.contains { $0.hasSuffix("@index") }
  }

  private static func part(
    _ name: String, _ catalogue: AttributeCatalogue
  ) throws(QuestionError) -> Part {
    if name.hasPrefix("period:") {
      if let period = CohortPeriod(rawValue: String(name.dropFirst(7))) { return .period(period) }
      throw .unknownAttribute(name, known: CohortPeriod.allCases.map(\.groupingName))
    }
    if name.hasSuffix("@index") {
      if let dated = DatedAttribute(rawValue: String(name.dropLast(6))) {
        return .onIndexDay(dated)
      }
      throw .unknownAttribute(name, known: DatedAttribute.allCases.map { "\($0.rawValue)@index" })
    }
    if let column = catalogue.number(of: name) { return .attribute(column) }
    if name == ResidenceClass.listName {
      let column = catalogue.number(of: Fields.residence.name)
      return .residenceClass(
        column: column,
        classes: [0]
          + (column.map { catalogue.columns[$0].values } ?? []).map { code in
            ResidenceStatus(code: code)?.residenceClass?.rawValue ?? 0
          })
    }
    throw .unknownAttribute(name, known: catalogue.columns.map(\.name).sorted())
  }

  /// The numbers of the values of one unit.
  func fill(
    _ key: inout [Int32], _ block: EffectiveBlock, _ index: Int, on day: Day, condition: Int? = nil
  ) {
    for (place, part) in parts.enumerated() {
      switch part {
      case .attribute(let column):
        key[place] = Int32(block.value(of: column, participant: index))
      case .residenceClass(let column, let classes):
        let value = column.map { Int(block.value(of: $0, participant: index)) } ?? 0
        key[place] = value < classes.count ? Int32(classes[value]) : 0
      case .period(let period): key[place] = period.firstMonth(of: day)
      case .condition: key[place] = condition.map { Int32($0) } ?? -1
      case .onIndexDay(let attribute):
        key[place] = Grouping.latest(attribute, block, index, on: day)
      }
    }
  }

  /// The code that was stated last, up to and including a day; 0 when none was.
  private static func latest(
    _ attribute: DatedAttribute, _ block: EffectiveBlock, _ index: Int, on day: Day
  ) -> Int32 {
    var code: UInt8 = 0
    for place in Int(block.starts[index])..<Int(block.starts[index + 1]) {
      let milestone = Milestone(bits: block.milestones[place])
      if milestone.day > day { break }
      code = attribute.code(milestone) ?? code
    }
    return Int32(code)
  }

  /// The words of a group.
  func values(_ key: [Int32]) -> [String?] {
    zip(parts, key).map { part, number in
      switch part {
      case .attribute(let column): catalogue.value(UInt16(number), of: column)
      case .residenceClass: ResidenceClass(rawValue: UInt8(number))?.entry.code
      case .period(let period): period.name(firstMonth: number)
      case .condition: number < 0 ? nil : conditions[Int(number)]
      case .onIndexDay(let attribute): attribute.list.entry(of: UInt8(number))?.code
      }
    }
  }
}

extension ResidenceClass {
  /// The class of a residence status, by the number of its code; 0 where none is known.
  fileprivate static let ofStatus: [UInt8] = (0..<256).map { raw in
    ResidenceStatus(rawValue: UInt8(raw))?.residenceClass?.rawValue ?? 0
  }
}
