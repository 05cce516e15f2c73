import Testing

/// The files of a small made-up office.
enum Office {
  static let mapping = """
    format = "wegmarke.mapping/1"
    name = "small"
    version = 1
    id-system = "t"
    title = { en = "Small office", de = "Kleines Büro" }
    source = { text = "made up" }

    [[file]]
    match = "people*.csv"
    shape = "participant"
    id = { column = "id" }
    attributes = ["group"]
    observed-until = { column = "until" }
    [[file.event]]
    type = "ParticipationEntered"
    on = { column = "entry" }

    [[file]]
    match = "events*.csv"
    shape = "event"
    id = { column = "id" }
    type = { column = "event" }
    on = { column = "on" }
    fields = { kind = { column = "kind" }, spell = { column = "spell" } }

    """
  static let people = """
    id,entry,group,until
    a,2024-01-15,x,2024-12-31
    b,2024-02-01,y,2024-11-30
    c,2024-03-01,,2024-12-31

    """
  static let eventsHeader = "id,event,on,kind,spell\n"
  static let events =
    eventsHeader + """
      a,EmploymentStarted,2024-03-01,SVP,1
      a,EmploymentEnded,2024-06-30,SVP,1
      b,MeasureStarted,2024-02-05,LANG,
      c,EmploymentStarted,2024-05-01,MINIJOB,

      """
}

extension Desk {
  /// A desk with an empty store and the files of the small office.
  static func withOffice(events: String = Office.events) throws -> Desk {
    let desk = try Desk()
    try desk.write(Office.mapping, to: "small.toml")
    try desk.write(Office.people, to: "people.csv")
    try desk.write(events, to: "events.csv")
    try desk.expect("init")
    return desk
  }

  /// The import of the office's two files.
  static let importOffice = "import people.csv events.csv --mapping small.toml"
}
