import Journey
import Statistics

/// One thread's share of an answer: counts of durations per group.
struct TimeToEventPartial: Sendable {
  /// Group values by column; comparable between threads, because they are words, not numbers.
  var groups: [[String?]: DurationCounter] = [:]
  var attrition = Attrition()

  mutating func add(_ other: TimeToEventPartial) {
    attrition = attrition + other.attrition
    for (values, counter) in other.groups { add(counter, to: values) }
  }

  /// Adds people to a group.
  ///
  /// Different numbers may read the same: nothing stated, more values than can be told apart, the
  /// same letters composed and decomposed. Of two spellings one stands for both, always the same.
  mutating func add(_ counter: DurationCounter, to values: [String?]) {
    guard let index = groups.index(forKey: values) else {
      groups[values] = counter
      return
    }
    var (spelling, sum) = groups.remove(at: index)
    sum.merge(counter)
    for (a, b) in zip(values, spelling) {
      guard let a, let b, !a.utf8.elementsEqual(b.utf8) else { continue }
      if a.utf8.lexicographicallyPrecedes(b.utf8) { spelling = values }
      break
    }
    groups[spelling] = sum
  }

  /// The groups in the order of their values, what is not stated last.
  func ordered() -> [TimeToEventResult.Group] {
    groups.sorted { left, right in
      for (a, b) in zip(left.key, right.key) where a != b {
        guard let a else { return false }
        guard let b else { return true }
        return AttributeOrder.precedes(a, b)
      }
      return false
    }.map { TimeToEventResult.Group(values: $0.key, counts: $0.value.counts(stratum: 0)) }
  }
}

/// The order in which values of an attribute are shown: numbers by size, words by their letters.
enum AttributeOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    switch (number(left), number(right)) {
    case (let a?, let b?) where a != b: a < b
    case (.some, nil): true
    case (nil, .some): false
    default: left < right
    }
  }

  // “nan” and “inf” are words here: NaN has no place in an order.
  private static func number(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}

/// Folds blocks of journeys into counts.
struct TimeToEventFold {
  private var kernel: TimeToEventKernel
  private let columns: [Int]
  private let catalogue: AttributeCatalogue
  private var attrition = Attrition()
  // Counters by the numbers of the group's values; the last one used is nearly always the next.
  private var slots: [[UInt16]: Int] = [:]
  private var counters: [DurationCounter] = []
  private var lastKey: [UInt16]?
  private var lastSlot = 0
  private let horizon: Int

  init(_ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    kernel = TimeToEventKernel(question)
    self.catalogue = catalogue
    horizon = question.clock == .day ? 4000 : 130
    var columns: [Int] = []
    for name in question.groupedBy {
      guard let column = catalogue.number(of: name) else {
        throw .unknownAttribute(name, known: catalogue.columns.map(\.name).sorted())
      }
      columns.append(column)
    }
    self.columns = columns
  }

  mutating func add(_ block: EffectiveBlock) throws {
    var key = [UInt16](repeating: 0, count: columns.count)
    for index in 0..<block.count {
      if block.isLeftOut(index) {
        attrition.participants += 1
        attrition.leftOut += 1
      }
      guard block.isKnown(index) else { continue }
      attrition.participants += 1
      let range = Int(block.starts[index])..<Int(block.starts[index + 1])
      switch kernel.evaluate(block.milestones[range]) {
      case .withoutEntry: attrition.withoutEntry += 1
      case .withoutIndexEvent: attrition.withoutIndexEvent += 1
      case .notObserved: attrition.notObserved += 1
      case .tooLate: attrition.tooLate += 1
      case .counted(let duration):
        attrition.counted += 1
        for (i, column) in columns.enumerated() {
          key[i] = block.value(of: column, participant: index)
        }
        try counters[slot(key)].add(
          stratum: 0, duration: Int(duration.length), isEvent: duration.isEvent)
      }
    }
  }

  private mutating func slot(_ key: [UInt16]) throws -> Int {
    if key == lastKey { return lastSlot }
    if let known = slots[key] {
      (lastKey, lastSlot) = (key, known)
      return known
    }
    guard counters.count < TimeToEventQuestion.groupLimit else {
      throw QuestionError.tooManyGroups(
        columns.map { catalogue.columns[$0].name }.joined(separator: ","),
        limit: TimeToEventQuestion.groupLimit)
    }
    slots[key] = counters.count
    counters.append(DurationCounter(strata: 1, horizon: horizon))
    (lastKey, lastSlot) = (key, counters.count - 1)
    return lastSlot
  }

  /// The counts so far.
  var partial: TimeToEventPartial {
    var partial = TimeToEventPartial()
    partial.attrition = attrition
    for (key, slot) in slots {
      let values = zip(key, columns).map { number, column in
        catalogue.value(number, of: column)
      }
      partial.add(counters[slot], to: values)
    }
    return partial
  }
}
