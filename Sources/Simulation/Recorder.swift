import Journey

/// Puts what happened to one person on record: late, sometimes wrong, and not beyond the data cut.
struct Recorder {
  let scenario: Scenario
  var random: RandomStream
  let entry: Day
  /// Everything on record so far, in the order told.
  private(set) var drafts: [Draft]
  /// The last day of which anything can be known: death, departure or the data cut.
  var lastDay: Day
  /// The last day up to which the programme knows how the person is.
  var observedUntil: Day
  /// Nothing of these days becomes known before the contact is regained.
  var silence: (lost: Day, regained: Day)?
  /// When the entry went on record; nothing goes on record before it.
  private(set) var entered: Int64

  /// The moment that `tell` gives for something that never goes on record.
  static let never = Int64.max

  private var closing: Int64 { (scenario.dataCut + 1).microseconds }

  init(_ scenario: Scenario, entry: Day, random: RandomStream, reusing drafts: [Draft]) {
    self.scenario = scenario
    self.entry = entry
    self.random = random
    self.drafts = drafts
    self.drafts.removeAll(keepingCapacity: true)
    lastDay = scenario.dataCut
    observedUntil = scenario.dataCut
    entered = 0
  }

  /// Tells the entry, which is always on record: whoever is not, is no participant yet.
  mutating func tellEntry(_ statement: Statement) {
    let lag = Int32(random.days(scenario.entryLag))
    let day = min((entry + lag).orNextWorkingDay, scenario.dataCut)
    entered = officeTime(on: day)
    add(statement, on: entry, at: entered, window: nil)
  }

  /// Tells an event, unless nobody comes to know of it before the data cut.
  ///
  /// - Parameters:
  ///   - after: What must be on record before, as returned by an earlier call.
  ///   - window: The days that a wrong record may name; nil when the day is never mistaken.
  ///   - withoutContact: Whether it is known although there is no contact, as a failed attempt to call is.
  /// - Returns: When it goes on record, or `never`.
  @discardableResult
  mutating func tell(
    _ statement: Statement, on day: Day, after: Int64 = 0, window: ClosedRange<Day>? = nil,
    withoutContact: Bool = false
  ) -> Int64 {
    guard day <= lastDay, after != Self.never else { return Self.never }
    var known = day
    if !withoutContact {
      if day > observedUntil { return Self.never }
      if let silence, day > silence.lost { known = max(day, silence.regained) }
    }
    let lag = Int32(random.days(scenario.recordingLag))
    let moment = follow(officeTime(on: (known + lag).orNextWorkingDay), max(after, entered))
    guard moment < closing else { return Self.never }
    add(statement, on: day, at: moment, window: window)
    return moment
  }

  /// Tells something that was put on record in the same session as something else.
  mutating func tellTogether(_ statement: Statement, on day: Day, with other: Int64) {
    guard other != Self.never, day <= lastDay else { return }
    let moment = follow(other, other)
    if moment < closing { add(statement, on: day, at: moment, window: nil) }
  }

  /// Confirms the status once more at the end; always on record, as an entry is.
  mutating func tellLastConfirmation(on day: Day) {
    let recorded = min((day + Int32(random.below(4))).orNextWorkingDay, scenario.dataCut)
    let moment = follow(officeTime(on: max(recorded, day)), entered)
    add(.confirmed, on: day, at: min(moment, closing - 1), window: nil)
  }

  /// Tells the last contact a second time and takes that back later.
  mutating func tellTwice(after moment: Int64) {
    guard moment != Self.never, let original = drafts.last else { return }
    let again = later(than: moment)
    guard again < closing else { return }
    let place = UInt16(drafts.count)
    drafts.append(
      Draft(statement: original.statement, day: original.day, recordedAt: again, role: .fact))
    let taken = later(than: again)
    guard taken < closing else { return }
    drafts.append(
      Draft(
        statement: .retracted(.duplicate), day: Day(microseconds: taken), recordedAt: taken,
        role: .retraction(of: place)))
  }

  /// Whether the programme is in touch with the person on a day.
  func isInContact(on day: Day) -> Bool {
    guard day <= lastDay, day <= observedUntil else { return false }
    guard let silence else { return true }
    return day <= silence.lost || day >= silence.regained
  }

  private mutating func add(
    _ statement: Statement, on day: Day, at moment: Int64, window: ClosedRange<Day>?
  ) {
    let place = UInt16(drafts.count)
    drafts.append(Draft(statement: statement, day: day, recordedAt: moment, role: .fact))
    guard random.chance(scenario.correction) else { return }
    if let window, let wrong = wrongDay(near: day, in: window, knownAt: moment) {
      drafts[Int(place)].day = wrong
    } else if let wrong = statement.mistaken(&random, in: scenario) {
      drafts[Int(place)].statement = wrong
    } else {
      return
    }
    let corrected = later(than: moment)
    if corrected < closing {
      drafts.append(
        Draft(
          statement: statement, day: day, recordedAt: corrected, role: .correction(of: place)))
    }
  }

  private mutating func wrongDay(
    near day: Day, in window: ClosedRange<Day>, knownAt moment: Int64
  ) -> Day? {
    let shift = Int32(random.number(in: 1...7))
    let known = Day(microseconds: moment)
    let wrong = random.chance(0.5) ? day - shift : day + shift
    return window.contains(wrong) && wrong <= known ? wrong : nil
  }

  private mutating func later(than moment: Int64) -> Int64 {
    let lag = Int32(1 + random.days(scenario.recordingLag))
    return officeTime(on: (Day(microseconds: moment) + lag).orNextWorkingDay)
  }

  /// A moment between 7 and 15 o'clock UTC.
  private mutating func officeTime(on day: Day) -> Int64 {
    day.microseconds + 25_200_000_000 + Int64(random.below(28_800_000_000))
  }

  /// The moment itself, or up to a quarter of an hour after the other when it is not later.
  private mutating func follow(_ moment: Int64, _ other: Int64) -> Int64 {
    moment > other ? moment : other + 1_000_000 + Int64(random.below(900_000_000))
  }
}

extension Recorder {
  /// Gives away everything on record, in the order of the record, and keeps nothing.
  mutating func takeDrafts() -> [Draft] {
    // Few drafts, half in order already: insertion, which also keeps the order of ties.
    var places = drafts.indices.map { $0 }
    for i in places.indices.dropFirst() {
      var j = i
      while j > 0 && drafts[places[j - 1]].recordedAt > drafts[places[j]].recordedAt {
        places.swapAt(j - 1, j)
        j -= 1
      }
    }
    var moved = [UInt16](repeating: 0, count: places.count)
    for (new, old) in places.enumerated() { moved[old] = UInt16(new) }
    return places.map { old in
      var draft = drafts[old]
      switch draft.role {
      case .fact: break
      case .correction(let place): draft.role = .correction(of: moved[Int(place)])
      case .retraction(let place): draft.role = .retraction(of: moved[Int(place)])
      }
      return draft
    }
  }
}
