import Journey

/// Folds blocks of journeys into counts of outcomes.
struct ShareFold: BlockFold {
  /// A row with its expressions bound to the attributes of the view.
  struct Row {
    let yes: BoundExpression
    let among: BoundExpression?
    let exclude: BoundExpression?
    let due: BoundExpression?

    init(_ row: ShareDefinition.Row, _ catalogue: AttributeCatalogue) throws(QuestionError) {
      yes = try row.yes.bound(to: catalogue)
      among = try row.among?.bound(to: catalogue)
      exclude = try row.exclude?.bound(to: catalogue)
      due = try row.due?.bound(to: catalogue)
    }
  }

  let question: ShareQuestion
  private let index: IndexEvents
  let condition: BoundExpression?
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
      everyEntry: definition.unit == .participation)
    condition = try definition.condition?.bound(to: catalogue)
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
      empty: ShareSums(rows: rows.count, horizons: horizons.count, values: values.count))
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
      context.lag = recordedDays.day(of: block.positions[row]).map { $0 - day.day }
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
    attrition.counted += 1
    let group = groups.firstIndex { $0.truth(in: context) == .yes }
    let slot = try slots.slot(block, person, on: day.day, condition: group)
    slots.sums[slot].units += 1
    var isImmature = false
    for (number, row) in rows.enumerated() {
      for (step, horizon) in horizons.enumerated() {
        context.horizon = horizon
        let cell = number * horizons.count + step
        let (outcome, looksAt) = outcome(of: row)
        slots.sums[slot].add(outcome, cell: cell)
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
    if isImmature { attrition.immature += 1 }
    context.horizon = horizons.last ?? 0
    for (place, value) in values.enumerated() {
      if let among = value.among, among.truth(in: context) == .no { continue }
      if let number = value.of.number(in: context) {
        slots.sums[slot].numbers[place][number, default: 0] += 1
      } else {
        slots.sums[slot].missing[place] += 1
      }
    }
  }

  /// What became of the unit, and the last day that was looked at for it.
  func outcome(of row: Row) -> (outcome: ShareSums.Outcome, looksAt: Day?) {
    if row.exclude?.truth(in: context) == .yes { return (.excluded, nil) }
    let looksAt = row.yes.lastDay(in: context)
    if let due = dueDay(of: row, looksAt), due > question.referenceDay { return (.notDue, looksAt) }
    switch row.among?.truth(in: context) ?? .yes {
    case .yes: break
    case .no: return (.notAsked, looksAt)
    case .unknown: return (.askedUnknown, looksAt)
    }
    switch row.yes.truth(in: context) {
    case .yes: return (.yes, looksAt)
    case .no: return (.no, looksAt)
    case .unknown: return (.unknown, looksAt)
    }
  }

  /// The first day on which the outcome could be known to somebody who knows everything.
  private func dueDay(of row: Row, _ looksAt: Day?) -> Day? {
    if let due = row.due { return due.moment(in: context) }
    guard let among = row.among?.lastDay(in: context) else { return looksAt }
    return looksAt.map { max($0, among) } ?? among
  }

  /// The counts so far.
  var result: GroupedSums<ShareSums> { slots.result(attrition) }
}
