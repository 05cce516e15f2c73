import Journey
import Statistics

/// Rows by state, with the names of the states.
struct NamedStates {
  let rows: StateFollowUp
  let names: [String]
}

extension EstimateInput {
  /// Competing risks: state 0 is everybody's beginning, then the causes in the order of their names.
  ///
  /// - Parameter first: The name of the beginning.
  func causes(first: String = "(s0)") throws -> NamedStates {
    let stop = try stopName()
    let start = startName()
    let mark = try name(options.event, usual: ["event", "status", "cause"], option: "event")
    let cells = try table.column(mark)
    let names = cells.texts.filter { !isCensored($0) }.sorted(by: Self.isBefore)
    guard !names.isEmpty else {
      throw Failure(
        .init(
          en: "\(table.path): Column “\(mark)” names no cause.",
          de: "\(table.path): Spalte „\(mark)“ nennt keine Ursache."), .data)
    }
    let numbers = cells.texts.map { text in (names.firstIndex(of: text) ?? -1) + 1 }
    let causes = cells.codes.map { numbers[Int($0)] }
    let columns = Columns(
      starts: try start.map(table.numbers), stops: try table.numbers(stop),
      weights: try options.weight.map(table.numbers), subjects: try self.numbers(options.id),
      clusters: try self.numbers(options.cluster))
    let rows = try checked(start: start, stop: stop) { () throws(StatisticsError) in
      try StateFollowUp(
        starts: columns.starts, stops: columns.stops, causes: causes, causeCount: names.count,
        weights: columns.weights, subjects: columns.subjects, clusters: columns.clusters)
    }
    return NamedStates(rows: rows, names: [first] + names)
  }

  /// Journeys between states, checked: a person's rows must adjoin.
  ///
  /// - Throws: `Failure` naming the person, the rows and the fault.
  func states() throws -> NamedStates {
    let stop = try stopName()
    let start = startName(usual: ["start", "tstart"])
    let fromName = try name(options.from, usual: ["from"], option: "from")
    let toName = try name(options.to, usual: ["to"], option: "to")
    let idName = try name(options.id, usual: ["id"], option: "id")
    let from = try table.column(fromName)
    let to = try table.column(toName)
    // In the order of the first rows: journeys begin in the first states.
    let names = Labels(from.texts + to.texts.filter { !isCensored($0) }).names
    let fromNumbers = from.texts.map { names.firstIndex(of: $0) ?? 0 }
    let toNumbers = to.texts.map { text in
      isCensored(text) ? StateFollowUp.stays : names.firstIndex(of: text) ?? StateFollowUp.stays
    }
    let sources = from.codes.map { fromNumbers[Int($0)] }
    let targets = to.codes.map { toNumbers[Int($0)] }
    let people = try table.column(idName).codes.map { Int($0) }
    let columns = Columns(
      starts: try start.map(table.numbers), stops: try table.numbers(stop),
      weights: try options.weight.map(table.numbers), clusters: try self.numbers(options.cluster))
    let rows = try checked(start: start, stop: stop) { () throws(StatisticsError) in
      try StateFollowUp(
        starts: columns.starts, stops: columns.stops, from: sources, to: targets,
        states: names.count, weights: columns.weights, subjects: people,
        clusters: columns.clusters)
    }
    let faults = FollowUpCheck.faults(
      subjects: people, starts: rows.starts, stops: rows.stops, from: rows.from, to: rows.to)
    if let fault = faults.first {
      let more = faults.count - 1
      let text = faultText(fault, person: personName(fault.subject, idName))
      throw Failure(
        LocalizedText(
          en: text.en + (more > 0 ? " (and \(more) more)" : ""),
          de: text.de + (more > 0 ? " (und \(more) weitere)" : "")),
        advice: .init(
          en: "See all: wegmarke estimate check \(table.path) --id \(idName)",
          de: "Alle zeigt: wegmarke estimate check \(table.path) --id \(idName)"), .data)
    }
    return NamedStates(rows: rows, names: names)
  }

  /// A fault in words, with the lines of its rows.
  func faultText(_ fault: FollowUpFault, person: String) -> LocalizedText {
    let place = table.place(row: fault.row)
    let next = fault.next.map { table.place(row: $0).split(separator: ":").last ?? "" } ?? ""
    return switch fault.kind {
    case .entryNotBeforeExit:
      .init(
        en: "\(place): \(person): the row ends where it begins, or before.",
        de: "\(place): \(person): Die Zeile endet, wo sie beginnt, oder davor.")
    case .overlap:
      .init(
        en: "\(place): \(person): the row in line \(next) begins before this one ends (overlap).",
        de: "\(place): \(person): Zeile \(next) beginnt, bevor diese endet (Überschneidung).")
    case .gap:
      .init(
        en: "\(place): \(person): nothing is known until the row in line \(next) begins (gap).",
        de: "\(place): \(person): Bis zum Beginn von Zeile \(next) ist nichts bekannt (Lücke).")
    case .jump:
      .init(
        en:
          "\(place): \(person): the row in line \(next) begins later and in another state (jump).",
        de:
          "\(place): \(person): Zeile \(next) beginnt später und in einem anderen Zustand (Sprung)."
      )
    case .teleport:
      .init(
        en:
          "\(place): \(person): the row in line \(next) begins in another state than this one ends in (teleport).",
        de:
          "\(place): \(person): Zeile \(next) beginnt in einem anderen Zustand, als diese endet (Versetzung)."
      )
    }
  }

  /// Numbers by their value, before names by their letters.
  static func isBefore(_ left: String, _ right: String) -> Bool {
    switch (Double(left), Double(right)) {
    case (let left?, let right?): left < right
    case (nil, nil): left < right
    case (let left, _): left != nil
    }
  }
}
