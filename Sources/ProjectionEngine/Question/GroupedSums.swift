import Journey

/// Sums that two threads make and one puts together.
protocol Mergeable: Sendable {
  mutating func merge(_ other: Self)
}

/// One thread's share of an answer: a sum for each group of people.
///
/// Groups go by words, not by numbers, so that they are comparable between threads.
struct GroupedSums<Sum: Mergeable>: Sendable {
  var groups: [[String?]: Sum] = [:]
  var attrition = Attrition()
  /// The order in which the groups are shown.
  let order: AttributeOrder

  init(in order: AttributeOrder) { self.order = order }

  mutating func add(_ other: GroupedSums) {
    attrition = attrition + other.attrition
    for (values, sum) in other.groups { add(sum, to: values) }
  }

  /// Adds people to a group.
  ///
  /// Different numbers may read the same: nothing stated, more values than can be told apart, the
  /// same letters composed and decomposed. Of two spellings one stands for both, always the same.
  mutating func add(_ sum: Sum, to values: [String?]) {
    guard let index = groups.index(forKey: values) else {
      groups[values] = sum
      return
    }
    var (spelling, total) = groups.remove(at: index)
    total.merge(sum)
    for (a, b) in zip(values, spelling) {
      guard let a, let b, !a.utf8.elementsEqual(b.utf8) else { continue }
      if a.utf8.lexicographicallyPrecedes(b.utf8) { spelling = values }
      break
    }
    groups[spelling] = total
  }

  /// The groups in the order of their values, what is not stated last.
  func ordered() -> [(values: [String?], sum: Sum)] {
    groups.sorted { order.precedes($0.key, $1.key) }.map { ($0.key, $0.value) }
  }
}

/// Sums by the numbers of the values that a group stands for.
struct GroupSlots<Sum: Mergeable> {
  let grouping: Grouping
  private let empty: Sum
  private var slots: [[Int32]: Int] = [:]
  private var key: [Int32]
  /// Where keys of at most two parts were found last, by their scrambled bits: asking the dictionary
  /// for everybody would cost more than everything else that is done for them.
  private var recent: [(key: UInt64, slot: Int32)]
  private let limit: Int
  var sums: [Sum] = []

  init(_ grouping: Grouping, empty: Sum, limit: Int = Grouping.limit) {
    self.grouping = grouping
    self.empty = empty
    self.limit = limit
    key = [Int32](repeating: 0, count: grouping.parts.count)
    recent = Array(repeating: (0, -1), count: 256)
  }

  /// The place of the sum of the group that a unit belongs to.
  ///
  /// - Parameters:
  ///   - day: The index day of the unit.
  ///   - condition: Which of the question's own groups it belongs to; nil for none.
  /// - Throws: `QuestionError.tooManyGroups`.
  mutating func slot(
    _ block: EffectiveBlock, _ index: Int, on day: Day, condition: Int? = nil
  ) throws(QuestionError) -> Int {
    grouping.fill(&key, block, index, on: day, condition: condition)
    var packed: UInt64 = 0
    for part in key { packed = packed << 32 | UInt64(UInt32(bitPattern: part)) }
    let isPacked = key.count <= 2
    let place = Int((packed &* 0x9E37_79B9_7F4A_7C15) >> 56)
    if isPacked, recent[place].slot >= 0, recent[place].key == packed {
      return Int(recent[place].slot)
    }
    if let known = slots[key] {
      if isPacked { recent[place] = (packed, Int32(known)) }
      return known
    }
    guard sums.count < limit else {
      throw .tooManyGroups(grouping.names.joined(separator: ","), limit: limit)
    }
    slots[key] = sums.count
    sums.append(empty)
    return sums.count - 1
  }

  /// The sums by the words of the groups.
  func result(_ attrition: Attrition) -> GroupedSums<Sum> {
    var result = GroupedSums<Sum>(in: grouping.order)
    result.attrition = attrition
    for (key, slot) in slots { result.add(sums[slot], to: grouping.values(key)) }
    return result
  }
}
