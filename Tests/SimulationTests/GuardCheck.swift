import Journey

/// Walks one journey along its days and notes everything that a state machine would refuse.
struct GuardCheck {
  private(set) var problems: [String] = []
  private var entry: Day?
  private var exits: [Day] = []
  private var returns: [Day] = []
  private var death: Day?

  init(_ events: [JourneyEvent]) {
    for event in events {
      let day = event.occurredOn.day
      switch event.type {
      case .participationEntered:
        if entry != nil { problems.append("entered twice") }
        entry = day
      case .participationExited: exits.append(day)
      case .participationReentered: returns.append(day)
      case .participantDeceased: death = day
      default: break
      }
    }
    exits.sort()
    returns.sort()
    checkParticipation(events)
    checkSpells(events)
    checkMeasures(events)
    checkFollowUps(events)
  }

  private mutating func checkParticipation(_ events: [JourneyEvent]) {
    guard let entry else {
      problems.append("no entry")
      return
    }
    if let first = exits.first, first < entry { problems.append("exit before entry") }
    if exits.count > returns.count + 1 { problems.append("more exits than entries") }
    for (place, day) in returns.enumerated() {
      if place >= exits.count || exits[place] >= day { problems.append("re-entry while active") }
      if place + 1 < exits.count && exits[place + 1] < day {
        problems.append("exit before re-entry")
      }
    }
    for event in events {
      let day = event.occurredOn.day
      if let death, day > death { problems.append("\(event.type.name) after death") }
      if day < entry && event.type != .employmentStarted && event.type != .employmentEnded {
        problems.append("\(event.type.name) before entry")
      }
      if event.type == .entryProfileRecorded {
        if day != entry { problems.append("the profile is of another day than the entry") }
        if event[Fields.workAccess] == .absoluteBan { problems.append("entered with a ban") }
        if day.parts.year - (event[Fields.birthYear] ?? 9_999) < 15 {
          problems.append("entered under age")
        }
      }
      if event.type == .counsellingHeld && !isActive(on: day) {
        problems.append("counselling outside the participation")
      }
      if event.type == .statusAtExitRecorded
        && !exits.contains(where: { (0...28).contains(day - $0) })
      {
        problems.append("situation at exit outside its window")
      }
    }
  }

  private func isActive(on day: Day) -> Bool {
    var isActive = false
    if let entry, entry <= day { isActive = true }
    for (place, exit) in exits.enumerated() where exit < day {
      isActive = place < returns.count && returns[place] <= day
    }
    return isActive
  }

  private mutating func checkSpells(_ events: [JourneyEvent]) {
    var starts: [Int: JourneyEvent] = [:]
    var ends: [Int: JourneyEvent] = [:]
    for event in events {
      guard let spell = event[Fields.spell] else { continue }
      switch event.type {
      case .employmentStarted, .trainingStarted, .schoolStarted:
        if starts.updateValue(event, forKey: spell) != nil { problems.append("started twice") }
      default:
        if ends.updateValue(event, forKey: spell) != nil { problems.append("ended twice") }
      }
    }
    for (spell, end) in ends {
      guard let start = starts[spell] else {
        problems.append("an end without a start")
        continue
      }
      if end.occurredOn.day < start.occurredOn.day { problems.append("an end before its start") }
      if end[Fields.placementKind] != start[Fields.placementKind] {
        problems.append("an end of another kind than the start")
      }
    }
  }

  private mutating func checkMeasures(_ events: [JourneyEvent]) {
    let started = events.filter { $0.type == .measureStarted }
    let ended = events.filter { $0.type == .measureCompleted || $0.type == .measureAborted }
    if ended.count > started.count { problems.append("more measures ended than started") }
    for end in ended {
      let fits = started.contains {
        $0[Fields.measureKind] == end[Fields.measureKind]
          && $0.occurredOn.day <= end.occurredOn.day
      }
      if !fits { problems.append("a measure ended that had not started") }
      if let last = exits.last, end.occurredOn.day > last {
        problems.append("a measure ended after the exit")
      }
    }
  }

  private mutating func checkFollowUps(_ events: [JourneyEvent]) {
    for event in events where event.type == .followUpCompleted {
      guard let first = exits.first, first < event.occurredOn.day else {
        problems.append("a follow-up before the exit")
        continue
      }
      if isActive(on: event.occurredOn.day) { problems.append("a follow-up while active") }
    }
    let lost = events.filter { $0.type == .contactLost }.map(\.occurredOn.day)
    let regained = events.filter { $0.type == .contactRegained }.map(\.occurredOn.day)
    if let back = regained.first, !lost.contains(where: { $0 < back }) {
      problems.append("contact regained that was not lost")
    }
  }
}
