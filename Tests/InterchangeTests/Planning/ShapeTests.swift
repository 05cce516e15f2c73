import Interchange
import Journey
import TestSupport
import Testing

let participantShape = """
  [[file]]
  match = "*"
  shape = "participant"
  id = { column = "nr" }
  observed-until = "2024-12"
  [file.attributes]
  region = { column = "Region", values = { "?" = "" } }
  wave = "1"
  [[file.event]]
  type = "ParticipationEntered"
  on = { column = "Eintritt" }
  [[file.event]]
  type = "EntryProfileRecorded"
  on = { column = "Eintritt" }
  [file.event.fields]
  gender = { column = "Geschlecht", values = { "männlich" = "m", "weiblich" = "f" } }
  third-country = { column = "Drittstaat" }
  [[file.event]]
  type = "EmploymentStarted"
  on = { column = "Beginn", precision = "month" }
  when = { column = "Arbeit", equals = "ja" }
  fields = { kind = "SVP", hours-per-week = { column = "Stunden" }, mediated = { column = "Vermittelt" } }
  [[file.event]]
  type = "EmploymentEnded"
  on = { column = "Ende" }
  """
let stateShape = """
  [[file]]
  match = "*"
  shape = "state-change"
  id = { column = "id" }
  on = { column = "month", unit = "month", origin = "1993-07" }
  state = { column = "state" }
  [file.states.job]
  start = { type = "EmploymentStarted", fields = { kind = "SVP" } }
  end = { type = "EmploymentEnded", fields = { kind = "SVP" } }
  [file.states.school]
  start = { type = "SchoolStarted", fields = { kind = "SCHOOL" } }
  end = { type = "SchoolEnded" }
  [file.states.idle]
  at = { type = "LabourStatusReported", fields = { employment-status = "UNE" } }
  """
let eventShape = """
  [[file]]
  match = "*"
  shape = "event"
  id = { column = "id" }
  type = { column = "what", values = { Start = "EmploymentStarted", Ende = "EmploymentEnded", Beratung = "CounsellingHeld", Austritt = "ParticipationExited", Eintritt = "ParticipationEntered" } }
  on = { column = "date" }
  [file.fields]
  kind = { column = "kind" }
  spell = { column = "spell" }
  hours = { column = "hours" }
  """

@Suite("A row")
struct ShapeTests {
  @Test("a participant states what its columns say, in German forms too")
  func participant() throws {
    let planned = try plan(
      participantShape,
      """
      nr;Eintritt;Geschlecht;Drittstaat;Region;Arbeit;Beginn;Ende;Stunden;Vermittelt
      7;15.01.2024;männlich;Ja;Nord;ja;12.03.2024;30.09.24;38,5;nein
      8;2024-02-01;f;nein;?;nein;12.03.2024;;;

      """)
    #expect(planned.places == [])
    #expect(
      planned.people["7"] == [
        JourneyEvent(.participationEntered, on: try date("2024-01-15")),
        JourneyEvent(.entryProfileRecorded, on: try date("2024-01-15"))
          .with(Fields.gender, .male).with(Fields.thirdCountry, .yes),
        JourneyEvent(.employmentStarted, on: try date("2024-03"))
          .with(Fields.placementKind, .svp).with(Fields.weeklyHours, Hundredths(3850))
          .with(Fields.mediated, false),
        JourneyEvent(.employmentEnded, on: try date("2024-09-30")),
        JourneyEvent(
          .attributesRecorded, on: try date("2024-01-15"),
          FieldSet([
            .init(tag: Fields.attribute.tag, value: .text("region=Nord")),
            .init(tag: Fields.attribute.tag, value: .text("wave=1")),
          ])),
        JourneyEvent(.statusConfirmed, on: try date("2024-12")),
      ])
    #expect(
      planned.people["8"]?.map(\.type) == [
        .participationEntered, .entryProfileRecorded, .attributesRecorded, .statusConfirmed,
      ])
  }

  @Test("a change of state ends one spell and begins the next, whatever the order of the rows")
  func changes() throws {
    let planned = try plan(
      stateShape,
      """
      id,month,state
      1,4,job
      1,1,school
      1,7,idle
      1,6,job
      1,9,job

      """)
    #expect(planned.places == [])
    #expect(
      planned.people["1"] == [
        JourneyEvent(.schoolStarted, on: try date("1993-07")).with(Fields.placementKind, .school),
        JourneyEvent(.schoolEnded, on: try date("1993-09")),
        JourneyEvent(.employmentStarted, on: try date("1993-10")).with(Fields.placementKind, .svp),
        JourneyEvent(.employmentEnded, on: try date("1993-12")).with(Fields.placementKind, .svp),
        JourneyEvent(.labourStatusReported, on: try date("1994-01"))
          .with(Fields.employmentStatus, .unemployed),
        JourneyEvent(.employmentStarted, on: try date("1994-03")).with(Fields.placementKind, .svp),
      ])
  }

  @Test("a change of state by days ends on the day before")
  func changesByDay() throws {
    let planned = try plan(
      stateShape.replacing(", unit = \"month\", origin = \"1993-07\"", with: ""),
      "id,month,state\n1,2024-03-01,job\n1,2024-06-01,idle\n")
    #expect(
      planned.people["1"]?.map(\.occurredOn.description) == [
        "2024-03-01", "2024-05-31", "2024-06-01",
      ])
  }

  @Test("an event states the type and the fields that have a place in it")
  func events() throws {
    let planned = try plan(
      eventShape,
      """
      id,what,date,kind,spell,hours
      1,Start,2024-Q2,MINIJOB,3,
      1,Beratung,2024,,,"1.234,5"

      """)
    #expect(planned.places == ["3:19 W-HOURS"])
    #expect(
      planned.people["1"] == [
        JourneyEvent(.employmentStarted, on: try date("2024-Q2"))
          .with(Fields.placementKind, .miniJob).with(Fields.spell, 3),
        JourneyEvent(.counsellingHeld, on: try date("2024"))
          .with(Fields.hours, Hundredths(123_450)),
      ])
  }

  @Test("has Excel's day numbers only where the mapping says so")
  func excel() throws {
    let text = "id,what,date,kind,spell,hours\n1,Beratung,45658,,,\n"
    #expect(try plan(eventShape, text).places == ["2:12 E-DATE-SERIAL"])
    let planned = try plan(
      eventShape.replacing("column = \"date\"", with: "column = \"date\", excel-serial = true"),
      text)
    #expect(planned.people["1"]?.map(\.occurredOn) == [try date("2025-01-01")])
  }

  @Test(
    "gives the same events when the rows of a participant do not stand together",
    arguments: 0..<12)
  func scattered(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var rows: [String] = []
    for person in 0..<60 {
      var month = 0
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        month += Int.random(in: 1...9, using: &random)
        let state = ["job", "school", "idle", "\"idle\""].randomElement(using: &random) ?? ""
        rows.append("\"p\(person)\",\(month),\(state)")
      }
    }
    let grouped = try plan(stateShape, "id,month,state\n" + rows.joined(separator: "\r\n"))
    rows.shuffle(using: &random)
    let shuffled = try plan(stateShape, "id,month,state\n" + rows.joined(separator: "\r\n"))
    #expect(!grouped.isScattered && shuffled.isScattered, "seed \(seed)")
    #expect(grouped.people == shuffled.people, "seed \(seed)")
    #expect(grouped.counts == shuffled.counts, "seed \(seed)")
    let sorted = try plan(
      stateShape, "id,month,state\n" + rows.joined(separator: "\n"), scattered: true)
    #expect(sorted.people == shuffled.people && sorted.order == shuffled.order, "seed \(seed)")
  }
}
