import Journey

/// What a question that looks at nothing but the entry profile gave for each profile: most of the
/// people whom such a question counts are looked up, not opened.
///
/// For people who entered once, on a day that is known: all others are opened as in every question.
struct ShareProfiles: Sendable {
  /// Rows of the question that look at much the same attributes.
  struct Family: Sendable {
    /// By their numbers.
    let rows: [Int]
    /// Of each profile what each of the rows gives.
    var memo: ProfileMemo
    /// How many people of each group have each profile: group after group.
    ///
    /// People are counted by profile, and the rows are told once at the end: three counts a person in place
    /// of one for each row.
    var counts: [UInt32] = []
  }

  /// Profiles that one family tells apart, where its rows need not more by themselves.
  private static let familySize = 1 << 13
  /// Groups times profiles that one family counts at most: 16 MB.
  private static let largestTable = 1 << 22

  var condition: ProfileMemo?
  var families: [Family] = []

  /// Makes memos for a question; nil where it looks at more than profiles.
  init?(_ definition: ShareDefinition, _ catalogue: AttributeCatalogue) {
    guard ShareProfiles.fit(definition) else { return nil }
    if let expression = definition.condition {
      guard let memo = ProfileMemo([expression], catalogue) else { return nil }
      condition = memo
    }
    for (number, row) in definition.rows.enumerated() {
      guard let memo = ProfileMemo(row.expressions, catalogue) else { return nil }
      let home = families.indices.first { place in
        let rows = families[place].rows + [number]
        let all = rows.flatMap { definition.rows[$0].expressions }
        guard let joined = ProfileMemo(all, catalogue, width: rows.count),
          joined.count <= max(ShareProfiles.familySize, memo.count, families[place].memo.count)
        else { return false }
        families[place] = Family(rows: rows, memo: joined)
        return true
      }
      if home == nil { families.append(Family(rows: [number], memo: memo)) }
    }
  }

  /// Counts somebody's profile for the rows of a family; false where its table would be too large.
  mutating func count(_ place: Int, of family: Int, slot: Int) -> Bool {
    let size = families[family].memo.count
    guard (slot + 1) * size <= ShareProfiles.largestTable else { return false }
    let missing = (slot + 1) * size - families[family].counts.count
    if missing > 0 { families[family].counts += repeatElement(0, count: missing) }
    families[family].counts[slot * size + place] += 1
    return true
  }

  /// Tells the rows of everybody who was counted by profile.
  func pour(into sums: inout [ShareSums]) {
    for family in families {
      for (cell, people) in family.counts.enumerated() where people > 0 {
        let (slot, place) = cell.quotientAndRemainder(dividingBy: family.memo.count)
        for (item, row) in family.rows.enumerated() {
          guard let known = family.memo[place, item],
            let outcome = ShareSums.Outcome(rawValue: Int(known))
          else { continue }
          sums[slot].add(outcome, cell: row, people: Int(people))
        }
      }
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
    let isRecent = question.matureDay.map { day > $0 } ?? false
    if isRecent || question.keepsUnits || question.keeps != nil {
      tell(block, person, day, age, slot: slot, isRecent: isRecent, &isOpen)
    } else {
      countProfile(block, person, day, age, slot: slot, &isOpen)
    }
  }

  /// Counts somebody by profile, of whom no row need be told by itself.
  private mutating func countProfile(
    _ block: EffectiveBlock, _ person: Int, _ day: Day, _ age: ProfileMemo.AgeDay, slot: Int,
    _ isOpen: inout Bool
  ) {
    for family in 0..<(profiles?.families.count ?? 0) {
      let place = workedOut(family, block, person, day, age, &isOpen)
      if let place, profiles?.count(place, of: family, slot: slot) == true { continue }
      for (row, outcome) in outcomes(of: family, place) {
        slots.sums[slot].add(outcome, cell: row)
      }
    }
  }

  /// Tells every row of somebody.
  private mutating func tell(
    _ block: EffectiveBlock, _ person: Int, _ day: Day, _ age: ProfileMemo.AgeDay, slot: Int,
    isRecent: Bool, _ isOpen: inout Bool
  ) {
    var outcomes = [ShareSums.Outcome](repeating: .unknown, count: rows.count)
    for family in 0..<(profiles?.families.count ?? 0) {
      let place = workedOut(family, block, person, day, age, &isOpen)
      for (row, outcome) in self.outcomes(of: family, place) { outcomes[row] = outcome }
    }
    var isImmature = false
    for (number, outcome) in outcomes.enumerated() {
      slots.sums[slot].add(outcome, cell: number)
      if let keeps = question.keeps, let told = outcome.told, keeps.contains(day) {
        let unit = UnitCell(
          ref: block.firstRef + UInt32(person), day: day.number, place: 0, cell: Int32(number))
        slots.sums[slot].kept[unit] = told
      }
      guard isRecent, outcome.isDue else { continue }
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

  /// The place of a person's profile in a family, whose rows are worked out for it; nil, and the person
  /// open, where it is none that is told apart.
  private mutating func workedOut(
    _ family: Int, _ block: EffectiveBlock, _ person: Int, _ day: Day,
    _ age: ProfileMemo.AgeDay, _ isOpen: inout Bool
  ) -> Int? {
    let place = profiles?.families[family].memo.place(block, person, age)
    if let place, profiles?.families[family].memo[place] != nil { return place }
    open(block, person, day, &isOpen)
    guard let place else { return nil }
    for (item, row) in (profiles?.families[family].rows ?? []).enumerated() {
      let known = outcome(of: rows[row]).outcome
      profiles?.families[family].memo[place, item] = UInt8(known.rawValue)
    }
    return place
  }

  /// What each row of a family gives: as worked out for a profile, or for the person who is open.
  private func outcomes(
    of family: Int, _ place: Int?
  ) -> [(row: Int, outcome: ShareSums.Outcome)] {
    guard let family = profiles?.families[family] else { return [] }
    return family.rows.enumerated().map { item, row in
      let known = place.flatMap { family.memo[$0, item] }
        .flatMap { ShareSums.Outcome(rawValue: Int($0)) }
      return (row, known ?? outcome(of: rows[row]).outcome)
    }
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
