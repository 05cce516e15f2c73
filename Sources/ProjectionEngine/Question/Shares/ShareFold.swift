import Journey

/// Folds blocks of journeys into counts of outcomes.
struct ShareFold: BlockFold {
  /// A row with its expressions bound to the attributes of the view.
  struct Row {
    let yes: BoundExpression
    let among: BoundExpression?
    let exclude: BoundExpression?
    let due: BoundExpression?
    let looksAtPeriods: Bool

    init(_ row: ShareDefinition.Row, _ catalogue: AttributeCatalogue) throws(QuestionError) {
      yes = try row.yes.bound(to: catalogue)
      among = try row.among?.bound(to: catalogue)
      exclude = try row.exclude?.bound(to: catalogue)
      due = try row.due?.bound(to: catalogue)
      looksAtPeriods = row.yes.looksAtPeriods
    }
  }

  let question: ShareQuestion
  private let index: IndexEvents
  let condition: BoundExpression?
  private let weight: BoundExpression?
  let rows: [Row]
  private let values: [(of: BoundExpression, among: BoundExpression?)]
  private let groups: [BoundExpression]
  private let horizons: [Int32]
  private let recordedDays: RecordedDays?
  var attrition = Attrition()
  var slots: GroupSlots<ShareSums>
  private var days: [IndexDay] = []
  var context: ExpressionContext
  /// What was worked out for entry profiles; nil where the question looks at more than those.
  var profiles: ShareProfiles?

  init(
    _ question: ShareQuestion, _ catalogue: AttributeCatalogue, recordedDays: RecordedDays?
  ) throws(QuestionError) {
    self.question = question
    self.recordedDays = recordedDays
    let definition = question.definition
    index = IndexEvents(
      definition.index, kinds: definition.kinds, window: question.window,
      everyEntry: definition.unit == .participation, oncePerMonth: definition.oncePerMonth,
      fromFirstContact: definition.fromFirstContact)
    condition = try definition.condition?.bound(to: catalogue)
    weight = try definition.weight?.of.bound(to: catalogue)
    var rows: [Row] = []
    for row in definition.rows { rows.append(try Row(row, catalogue)) }
    self.rows = rows
    var values: [(of: BoundExpression, among: BoundExpression?)] = []
    for value in definition.values {
      values.append((try value.of.bound(to: catalogue), try value.among?.bound(to: catalogue)))
    }
    self.values = values
    var groups: [BoundExpression] = []
    for group in definition.groups { groups.append(try group.when.bound(to: catalogue)) }
    self.groups = groups
    horizons = question.horizons.map { Int32($0) }
    slots = GroupSlots(
      try Grouping(
        question.groupedBy, catalogue, conditions: definition.groups.map(\.code)),
      empty: ShareSums(question),
      limit: question.keepsUnits ? CountedUnits.groupLimit : Grouping.limit)
    context = ExpressionContext()
    profiles = ShareProfiles(definition, catalogue)
  }

  mutating func add(_ block: EffectiveBlock) throws {
    for person in 0..<block.count where attrition.admits(block, person) {
      if profiles != nil, let day = ShareProfiles.onlyEntry(block, person, question.referenceDay) {
        try addProfile(block, person, enteredOn: day)
        continue
      }
      context.load(block, person: person, referenceDay: question.referenceDay)
      guard context.history.entry != nil else {
        attrition.withoutEntry += 1
        continue
      }
      index.find(in: context.history, into: &days)
      if days.isEmpty { attrition.withoutIndexEvent += 1 }
      var (last, place) = (Day.earliest, Int32(0))
      for day in days {
        place = day.day == last ? place + 1 : 0
        last = day.day
        try add(day, place, block, person)
      }
    }
  }

  /// Counts one unit.
  ///
  /// - Parameter place: Which of the person's index events of that day.
  private mutating func add(
    _ day: IndexDay, _ place: Int32, _ block: EffectiveBlock, _ person: Int
  ) throws {
    context.index = day
    context.horizon = 0
    if let row = day.row, let recordedDays {
      let position = block.positions[Int(block.starts[person]) + row]
      context.lag = recordedDays.day(of: position).map { $0 - day.day }
    }
    switch condition?.truth(in: context) ?? .yes {
    case .yes: break
    case .no:
      attrition.outsidePopulation += 1
      return
    case .unknown:
      attrition.populationUnknown += 1
      return
    }
    let weight = self.weight.map { $0.weight(in: context) }
    if case .some(nil) = weight {
      attrition.withoutWeight += 1
      return
    }
    attrition.counted += 1
    let group = groups.firstIndex { $0.truth(in: context) == .yes }
    let slot = try slots.slot(block, person, on: day.day, condition: group)
    slots.sums[slot].units += 1
    if let since = question.countsSince, day.day >= since, day.precision == .day {
      slots.sums[slot].indexDays[day.day.number, default: 0] += 1
    }
    var isImmature = false
    var outcomes: [ShareSums.Outcome] = []
    for (number, row) in rows.enumerated() {
      for (step, horizon) in horizons.enumerated() {
        context.horizon = horizon
        let cell = number * horizons.count + step
        let (outcome, looksAt) = outcome(of: row)
        let isEarly = row.looksAtPeriods && outcome.isKnown && !isKnownOfWholePeriods(row)
        slots.sums[slot].add(outcome, cell: cell)
        if isEarly { slots.sums[slot].addEarly(outcome, cell: cell) }
        if case .some(let weight?) = weight {
          slots.sums[slot].add(outcome, isEarly: isEarly, weighing: weight, cell: cell)
        }
        if question.keepsUnits { outcomes.append(outcome) }
        if let keeps = question.keeps, let told = outcome.told, keeps.contains(looksAt ?? day.day) {
          let unit = UnitCell(
            ref: block.firstRef + UInt32(person), day: day.day.number, place: place,
            cell: Int32(cell))
          slots.sums[slot].kept[unit] = told
        }
        guard outcome.isDue, let mature = question.matureDay, looksAt ?? day.day > mature
        else { continue }
        slots.sums[slot].addRecent(outcome, cell: cell)
        isImmature = true
      }
    }
    context.horizon = horizons.last ?? 0
    var numbers: [Double?] = []
    for (place, value) in values.enumerated() {
      let (outcome, number, looksAt) = taken(value.of, among: value.among)
      slots.sums[slot].add(outcome, number, value: place)
      if question.keepsUnits { numbers.append(number) }
      if outcome.isDue, let mature = question.matureDay, looksAt ?? day.day > mature {
        isImmature = true
      }
    }
    if isImmature { attrition.immature += 1 }
    guard question.keepsUnits else { return }
    let id = CountedUnit.id(
      of: block.firstRef + UInt32(person), question.definition.unit, day: day.day, place: place)
    slots.sums[slot].unitOutcomes.append(.init(id: id, outcomes: outcomes, numbers: numbers))
  }

  /// The number that a unit gave, or why it gave none, and the last day that was looked at for it.
  private func taken(
    _ value: BoundExpression, among: BoundExpression?
  ) -> (outcome: ShareSums.Outcome, number: Double?, looksAt: Day?) {
    let looksAt = value.lastDay(in: context)
    let due = later(looksAt, among?.lastDay(in: context))
    let isDue = due.map { $0 <= question.referenceDay } ?? true
    switch asked(among, isDue: isDue) {
    case .no: return (.notAsked, nil, looksAt)
    case .unknown: return (.askedUnknown, nil, looksAt)
    case nil: return (.notDue, nil, looksAt)
    case .yes:
      guard isDue else { return (.notDue, nil, looksAt) }
      let number = value.number(in: context)
      return (number == nil ? .unknown : .yes, number, looksAt)
    }
  }

  /// Whether the outcome, which is known, is so of every day looked at: else the contrary would not be
  /// known yet.
  private mutating func isKnownOfWholePeriods(_ row: Row) -> Bool {
    context.demandsWholePeriods = true
    defer { context.demandsWholePeriods = false }
    return row.yes.truth(in: context).isKnown
  }

  /// What became of the unit, and the last day that was looked at for it.
  func outcome(of row: Row) -> (outcome: ShareSums.Outcome, looksAt: Day?) {
    if row.exclude?.truth(in: context) == .yes { return (.excluded, nil) }
    let looksAt = row.yes.lastDay(in: context)
    let isDue = dueDay(of: row, looksAt).map { $0 <= question.referenceDay } ?? true
    switch asked(row.among, isDue: isDue) {
    case .yes: break
    case .no: return (.notAsked, looksAt)
    case .unknown: return (.askedUnknown, looksAt)
    case nil: return (.notDue, looksAt)
    }
    guard isDue else { return (.notDue, looksAt) }
    switch row.yes.truth(in: context) {
    case .yes: return (.yes, looksAt)
    case .no: return (.no, looksAt)
    case .unknown: return (.unknown, looksAt)
    }
  }

  /// Whether the unit is one of those who are asked; nil where that cannot be told yet.
  ///
  /// Told before the outcome is due wherever it looks at days that are over: whoever is not asked is never
  /// waited for.
  private func asked(_ among: BoundExpression?, isDue: Bool) -> Truth? {
    guard let among else { return .yes }
    if !isDue, let last = among.lastDay(in: context), last > question.referenceDay { return nil }
    return among.truth(in: context)
  }

  /// The first day on which the outcome could be known to somebody who knows everything.
  private func dueDay(of row: Row, _ looksAt: Day?) -> Day? {
    if let due = row.due { return due.moment(in: context) }
    return later(looksAt, row.among?.lastDay(in: context))
  }

  private func later(_ one: Day?, _ other: Day?) -> Day? {
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }

  /// The counts so far.
  var result: GroupedSums<ShareSums> {
    var all = slots
    profiles?.pour(into: &all.sums)
    return all.result(attrition)
  }
}
