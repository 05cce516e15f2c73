import Journey

/// What a question that looks at nothing but the entry profile gave for each profile: most of the
/// people whom such a question counts are looked up, not opened.
///
/// For people who entered once, on a day that is known: all others are opened as in every question.
struct ShareProfiles: Sendable {
  var condition: ProfileMemo?
  /// By row of the question.
  var rows: [ProfileMemo]

  /// Makes memos for a question; nil where it looks at more than profiles.
  init?(_ definition: ShareDefinition, _ catalogue: AttributeCatalogue) {
    guard ShareProfiles.fit(definition) else { return nil }
    if let expression = definition.condition {
      guard let memo = ProfileMemo([expression], catalogue) else { return nil }
      condition = memo
    }
    rows = []
    for row in definition.rows {
      let expressions = [row.yes, row.among, row.exclude].compactMap(\.self)
      guard let memo = ProfileMemo(expressions, catalogue) else { return nil }
      rows.append(memo)
    }
  }

  /// Whether a question counts entries, and asks at once what entry profiles say.
  static func fit(_ definition: ShareDefinition) -> Bool {
    definition.index == .entry && [.person, .participation].contains(definition.unit)
      && definition.values.isEmpty && definition.groups.isEmpty && definition.weight == nil
      && definition.horizons == [0]
      && definition.rows.allSatisfy { $0.due == nil }
      && definition.expressions.allSatisfy { ProfileMemo.covers($0) }
  }

  /// The day on which a person entered who entered exactly once by a reference day; nil for others,
  /// and where the day is not known.
  static func onlyEntry(_ block: EffectiveBlock, _ person: Int, _ referenceDay: Day) -> Day? {
    var found: Milestone?
    for row in Int(block.starts[person])..<Int(block.starts[person + 1]) {
      let milestone = Milestone(bits: block.milestones[row])
      guard milestone.rawKind == MilestoneKind.entered.rawValue else { continue }
      guard found == nil, milestone.precision == .day else { return nil }
      found = milestone
    }
    return found.flatMap { $0.day <= referenceDay ? $0.day : nil }
  }
}

extension ShareFold {
  /// Counts somebody who entered once, on a known day.
  mutating func addProfile(
    _ block: EffectiveBlock, _ person: Int, enteredOn day: Day
  ) throws {
    if let window = question.window, !window.contains(day) {
      attrition.withoutIndexEvent += 1
      return
    }
    let age = ProfileMemo.AgeDay(day)
    var isOpen = false
    switch belongs(block, person, day, age, &isOpen) {
    case .yes: break
    case .no:
      attrition.outsidePopulation += 1
      return
    case .unknown:
      attrition.populationUnknown += 1
      return
    }
    attrition.counted += 1
    let slot = try slots.slot(block, person, on: day)
    slots.sums[slot].units += 1
    if let since = question.countsSince, day >= since {
      slots.sums[slot].indexDays[day.number, default: 0] += 1
    }
    var isImmature = false
    var outcomes: [ShareSums.Outcome] = []
    for number in rows.indices {
      let outcome = outcome(number, block, person, day, age, &isOpen)
      slots.sums[slot].add(outcome, cell: number)
      if question.keepsUnits { outcomes.append(outcome) }
      if let keeps = question.keeps, let told = outcome.told, keeps.contains(day) {
        let unit = UnitCell(
          ref: block.firstRef + UInt32(person), day: day.number, place: 0, cell: Int32(number))
        slots.sums[slot].kept[unit] = told
      }
      guard outcome.isDue, let mature = question.matureDay, day > mature else { continue }
      slots.sums[slot].addRecent(outcome, cell: number)
      isImmature = true
    }
    if question.keepsUnits {
      let id = CountedUnit.id(
        of: block.firstRef + UInt32(person), question.definition.unit, day: day, place: 0)
      slots.sums[slot].unitOutcomes.append(.init(id: id, outcomes: outcomes))
    }
    if isImmature { attrition.immature += 1 }
  }

  /// Whether the condition of the question holds.
  private mutating func belongs(
    _ block: EffectiveBlock, _ person: Int, _ day: Day, _ age: ProfileMemo.AgeDay,
    _ isOpen: inout Bool
  ) -> Truth {
    guard let condition else { return .yes }
    let place = profiles?.condition?.place(block, person, age)
    if let place, let known = profiles?.condition?[place] {
      return Truth(rawValue: known) ?? .unknown
    }
    open(block, person, day, &isOpen)
    let truth = condition.truth(in: context)
    if let place { profiles?.condition?[place] = truth.rawValue }
    return truth
  }

  /// What a row of the question gives.
  private mutating func outcome(
    _ number: Int, _ block: EffectiveBlock, _ person: Int, _ day: Day, _ age: ProfileMemo.AgeDay,
    _ isOpen: inout Bool
  ) -> ShareSums.Outcome {
    let place = profiles?.rows[number].place(block, person, age)
    if let place, let known = profiles?.rows[number][place],
      let outcome = ShareSums.Outcome(rawValue: Int(known))
    {
      return outcome
    }
    open(block, person, day, &isOpen)
    let outcome = outcome(of: rows[number]).outcome
    if let place { profiles?.rows[number][place] = UInt8(outcome.rawValue) }
    return outcome
  }

  /// Opens a person on the day of the entry, unless that was done.
  private mutating func open(
    _ block: EffectiveBlock, _ person: Int, _ day: Day, _ isOpen: inout Bool
  ) {
    guard !isOpen else { return }
    isOpen = true
    context.load(block, person: person, referenceDay: question.referenceDay)
    context.index = IndexDay(
      day: day, precision: .day, participation: 0, placement: nil, row: nil)
    context.horizon = 0
  }
}
