import Journey
import TestSupport

extension Telling {
  /// A random history of several people, with corrections and retractions of all kinds.
  ///
  /// Days lie close together, so that many things happen on one day; attributes that nobody had
  /// before appear on the way.
  static func random(
    people: Int, statements count: Int, merges: Int = 0, using random: inout SeededGenerator
  ) -> Telling {
    var telling = Telling()
    var links: [(from: Int, into: Int)] = []
    while telling.statements.count < count {
      if merges > 0, random.chance(merges) {
        telling.link(&links, using: &random)
        continue
      }
      let progress = telling.statements.count * 4 / count
      let person = Int.random(in: 0..<people, using: &random)
      let earlier = telling.statements.indices.filter { telling.statements[$0].person == person }
      let ofRecord = earlier.filter {
        telling.statements[$0].event.type.schema.group == .record
          && telling.statements[$0].other == nil
      }
      if random.chance(22), !ofRecord.isEmpty {
        let target = random.pick(ofRecord)
        if random.chance(30) {
          telling.takeBack(target)
        } else if random.chance(60), telling.statements[target].event.type != .eventRetracted {
          // The same thing with another wording or another day.
          var event = telling.statements[target].event
          event.occurredOn = date(using: &random)
          telling.say(person, event, about: target)
        } else {
          telling.say(person, event(progress, using: &random), about: target)
        }
      } else if random.chance(7) {
        telling.say(person, ofAnotherGroup(using: &random))
      } else {
        telling.say(person, event(progress, using: &random))
      }
    }
    return telling
  }

  /// Merges two persons who are not one, or parts two who are; now and then only one of the two
  /// streams tells of it, as when the other's key is destroyed.
  private mutating func link(
    _ links: inout [(from: Int, into: Int)], using random: inout SeededGenerator
  ) {
    let known = Set(statements.map(\.person)).sorted()
    let before = statements.count
    if random.chance(40), !links.isEmpty {
      let (from, into) = links.remove(at: Int.random(in: 0..<links.count, using: &random))
      unmerge(from, into)
    } else {
      // Only persons who were merged into nobody: so do the commands.
      let heads = known.filter { person in !links.contains { $0.from == person } }
      guard heads.count > 1 else { return }
      let from = random.pick(heads)
      let into = random.pick(heads.filter { $0 != from })
      links.append((from, into))
      merge(from, into: into)
    }
    if random.chance(20) { statements.remove(at: before + Int.random(in: 0...1, using: &random)) }
  }

  private static func date(using random: inout SeededGenerator) -> CivilDate {
    let day = CivilDate.test("2024-01-01").day + Int32.random(in: 0..<330, using: &random)
    return CivilDate(day, random.chance(25) ? .month : .day)
  }

  private static func ofAnotherGroup(using random: inout SeededGenerator) -> JourneyEvent {
    let day = date(using: &random)
    return random.chance(50)
      ? JourneyEvent(.identityRecorded, on: day).with(Fields.personName, "Name")
      : JourneyEvent(.healthImpairmentRecorded, on: day).with(Fields.disability, .yes)
  }

  private static func event(
    _ progress: Int, using random: inout SeededGenerator
  ) -> JourneyEvent {
    let day = date(using: &random)
    let word = { (random: inout SeededGenerator) in random.pick(["a", "b", "ä", "a\u{308}"]) }
    switch Int.random(in: 0..<14, using: &random) {
    case 0, 1:
      return JourneyEvent(.participationEntered, on: day)
        .with(Fields.operation, "V-\(word(&random))")
        .with(Fields.network, random.chance(50) ? word(&random) : nil)
        .with(Fields.subproject, random.chance(70) ? word(&random) : nil)
    case 2:
      return JourneyEvent(.entryProfileRecorded, on: day)
        .with(Fields.gender, random.pick(Gender.allCases))
        .with(Fields.birthYear, random.chance(50) ? 1990 + progress : nil)
        .with(Fields.residence, random.chance(50) ? random.pick(ResidenceStatus.allCases) : nil)
    case 3, 4:
      var event = JourneyEvent(.attributesRecorded, on: day)
      for _ in 0...Int.random(in: 0...2, using: &random) {
        // Later in the log there are more names; a name may be stated twice in one event.
        let name = "x\(Int.random(in: 0...progress, using: &random))"
        event.fields.add(Fields.attribute, "\(name)=\(word(&random))")
      }
      return event
    case 5:
      return JourneyEvent(.transferredToSubproject, on: day)
        .with(Fields.subproject, "t\(word(&random))")
    case 6: return JourneyEvent(.advisorAssigned, on: day).with(Fields.advisor, word(&random))
    case 7, 8:
      return JourneyEvent(.employmentStarted, on: day)
        .with(Fields.placementKind, random.pick([.svp, .miniJob]))
        .with(Fields.spell, random.chance(50) ? Int.random(in: 1...4, using: &random) : nil)
        .with(Fields.employer, random.chance(50) ? word(&random) : nil)
        .with(Fields.weeklyHours, random.chance(50) ? Hundredths(2000) : nil)
    case 9:
      return JourneyEvent(.employmentEnded, on: day)
        .with(Fields.spell, random.chance(50) ? Int.random(in: 1...4, using: &random) : nil)
    case 10: return JourneyEvent(.statusConfirmed, on: day)
    case 11:
      return JourneyEvent(.followUpCompleted, on: day).with(Fields.followUpKind, .month6)
        .with(Fields.employed, random.chance(50) ? random.pick(Answer.allCases) : nil)
        .with(Fields.referenceDate, random.chance(50) ? day : nil)
    case 12:
      return JourneyEvent(.residenceStatusChanged, on: day)
        .with(Fields.residence, random.pick(ResidenceStatus.allCases))
    default: return JourneyEvent(.counsellingHeld, on: day)
    }
  }
}
