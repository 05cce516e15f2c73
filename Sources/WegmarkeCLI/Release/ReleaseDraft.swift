import Disclosure
import EventLog
import Journey
import Keyring
import ProjectionEngine
import Projections
import Releases

/// A request with the people that it counts.
struct ReleaseDraft {
  let request: ReleaseRequest
  let people: CountedPeople
  let profile: PublicationProfile
  /// The files that the table rests on.
  let definitions: [Publisher.Definition]
  let isSimulated: Bool

  /// Reads the options and asks the view.
  init(_ options: ReleaseOptions, _ time: TimeOptions, _ log: EventLog, _ console: Console) throws {
    profile = try ProfileLibrary.find(options.profile)
    try profile.check(attributes: options.attributes)
    let question = try options.question.map {
      try QuestionLibrary.find($0, settings: options.settings)
    }
    let size = try Self.dataSize(log, try time.size(in: log) ?? log.size())
    let recordedUntil =
      size == 0 ? nil : try log.record(at: Position(size - 1)).header.recordedAt
    var referenceDay = try time.referenceDay(recordedUntil: recordedUntil)
    // The day of the data, not of the clock: the same request gives the same table tomorrow.
    if time.on == nil, let recordedUntil { referenceDay = StoreZone.day(of: recordedUntil) }
    let window = try options.window.map { try Period.parse($0) }
    let outcome = try question.map { try OutcomeChoice($0, row: options.row, horizon: options.at) }
    let links = try options.hierarchy.map { try HierarchyFile(path: $0).links } ?? [:]
    isSimulated = try Knowledge.includesMadeUpPeople(log, size: size) ?? false
    let request = ReleaseRequest(
      question: question?.name, questionDigest: question?.digest, settings: options.settings,
      row: outcome?.row, horizon: outcome?.horizon, groupedBy: options.attributes,
      window: window.map { "\($0.lowerBound)..\($0.upperBound)" },
      referenceDay: referenceDay.description, logSize: size, profile: profile.name,
      profileVersion: profile.version, profileDigest: profile.digest,
      hierarchy: links.sorted { $0.key < $1.key }.flatMap { name, links in
        links.map { [name, $0.code, $0.parent ?? ""] }
      }, mayCoarsen: !options.asAsked,
      waivers: try options.waivers.map {
        try Self.waivers(
          path: $0, columns: options.attributes + (outcome == nil ? [] : ["outcome"]))
      })
    definitions =
      [.init(title: profile.name, digest: profile.digest, text: profile.text)]
      + (question.map { [.init(title: $0.title.en, digest: $0.digest, text: $0.text)] } ?? [])
    self.request = request
    people = try Self.people(
      request, question, outcome, window, referenceDay, try console.refreshedView(of: log))
  }

  /// The people of a request that was answered before, as the log tells them today.
  static func people(
    of request: ReleaseRequest, in log: EventLog, _ console: Console
  ) throws -> CountedPeople {
    let question = try request.question.map {
      try QuestionLibrary.find($0, settings: request.settings)
    }
    guard question?.digest == request.questionDigest else {
      throw Failure(
        .init(
          en: "The question “\(request.question ?? "")” is another one today.",
          de: "Die Frage „\(request.question ?? "")“ ist heute eine andere."),
        advice: .init(
          en: "The log keeps the file that was used then, by its digest.",
          de: "Das Protokoll bewahrt die damalige Datei unter ihrer Prüfsumme."), .data)
    }
    let outcome = try question.map {
      try OutcomeChoice($0, row: request.row, horizon: request.horizon)
    }
    return try people(
      request, question, outcome, try request.window.map { try Period.parse($0) },
      try CivilDate.parse(request.referenceDay).day, try console.refreshedView(of: log))
  }

  /// What of the log a table can depend on: without the records of releases at its end, so that a
  /// request is the same one after it was answered.
  private static func dataSize(_ log: EventLog, _ size: UInt64) throws -> UInt64 {
    var size = size
    while size > 0 {
      let kind = try log.record(at: Position(size - 1)).header.kind
      guard kind == .release || kind == .definition else { break }
      size -= 1
    }
    return size
  }

  private static func people(
    _ request: ReleaseRequest, _ question: QuestionDefinition?, _ outcome: OutcomeChoice?,
    _ window: ClosedRange<Day>?, _ referenceDay: Day, _ view: JourneysView
  ) throws -> CountedPeople {
    let counted: CountedUnits
    if let question, let outcome {
      var choices = QuestionDefinition.Choices(referenceDay: referenceDay)
      choices.groupedBy = request.groupedBy
      choices.window = window
      if question.kind == .point { choices.horizons = [Double(outcome.horizon ?? 0)] }
      counted = try CountedUnits(of: question, choices, from: view, size: request.logSize)
    } else {
      guard !request.groupedBy.isEmpty else { throw Failure.nothingToCount }
      counted = try CountedUnits(
        enteredBy: request.groupedBy, window: window, referenceDay: referenceDay, from: view,
        size: request.logSize)
    }
    let rows = counted.units.map { unit in
      let codes = unit.values.map { $0 ?? unknown }
      return CountedPeople.Person(
        id: unit.id, codes: codes + (outcome.map { [unit.outcomes[$0.place].rawValue] } ?? []))
    }
    let names = counted.names + (outcome == nil ? [] : ["outcome"])
    let dimensions = try names.enumerated().map { place, name in
      CountedPeople.Dimension(
        name: name,
        links: try links(name, request, codes: Set(rows.map { $0.codes[place] })),
        mayCoarsen: outcome == nil || place < names.count - 1)
    }
    return CountedPeople(dimensions: dimensions, people: rows)
  }

  /// What stands for a value that nobody stated.
  private static let unknown = "unknown"

  /// What belongs to what in a dimension: as the request has it, by the classes of residence, or
  /// every code right below the total.
  private static func links(
    _ name: String, _ request: ReleaseRequest, codes: Set<String>
  ) throws -> [Hierarchy.Link] {
    let stated = request.hierarchy.filter { $0.count == 3 && $0[0] == name }
    let sorted = codes.sorted()
    guard stated.isEmpty else {
      let links = stated.map { Hierarchy.Link($0[1], in: $0[2].isEmpty ? nil : $0[2]) }
      // Whoever states nothing is nowhere in a hierarchy, and belongs right below the total.
      let isMissing = codes.contains(unknown) && !links.contains { $0.code == unknown }
      return links + (isMissing ? [Hierarchy.Link(unknown)] : [])
    }
    guard name == Fields.residence.name else { return sorted.map { Hierarchy.Link($0) } }
    let classes = sorted.map { ResidenceStatus(code: $0)?.residenceClass?.entry.code }
    let known = Set(classes.compactMap(\.self))
    guard known.isDisjoint(with: codes) else { return sorted.map { Hierarchy.Link($0) } }
    return known.sorted().map { Hierarchy.Link($0) }
      + zip(sorted, classes).map { Hierarchy.Link($0, in: $1) }
  }
}

/// The row and horizon of a question that a table is made of.
struct OutcomeChoice {
  let row: String
  let horizon: Int?
  /// Its place among a unit's outcomes.
  let place: Int

  /// Finds them; a question with one row or one horizon needs none to be named.
  init(_ question: QuestionDefinition, row: String?, horizon: Int?) throws {
    guard case .shares(let shares) = question.content else {
      throw Failure(
        .init(
          en: "A question of kind “\(question.kind.rawValue)” gives no table of counts to publish.",
          de: "Eine Frage der Art „\(question.kind.rawValue)“ gibt keine Zähltabelle, die sich"
            + " veröffentlichen ließe."),
        advice: .init(
          en: "Questions of kind point and count do: wegmarke questions list",
          de: "Fragen der Art point und count tun es: wegmarke questions list"), .usage)
    }
    let rows = shares.rows.map(\.code)
    guard let found = row ?? (rows.count == 1 ? rows.first : nil),
      let number = rows.firstIndex(of: found)
    else {
      throw Failure(
        .init(
          en: "The question has the rows \(rows.joined(separator: ", ")).",
          de: "Die Frage hat die Zeilen \(rows.joined(separator: ", "))."),
        advice: .init(en: "Name one: --row CODE.", de: "Bitte eine nennen: --row CODE."), .usage)
    }
    self.row = found
    guard question.kind == .point else {
      (self.horizon, place) = (nil, number)
      return
    }
    let horizons = shares.horizons.map { Int($0) }
    guard let chosen = horizon ?? (horizons.count == 1 ? horizons.first : nil), chosen >= 0 else {
      throw Failure(
        .init(
          en: "The question has the horizons \(horizons.map(String.init).joined(separator: ", ")).",
          de: "Die Frage hat die Horizonte \(horizons.map(String.init).joined(separator: ", "))."),
        advice: .init(en: "Name one: --at 6.", de: "Bitte einen nennen: --at 6."), .usage)
    }
    (self.horizon, place) = (chosen, number)
  }
}

extension ReleaseDraft {
  /// The cells of a file that are printed all the same: a column an attribute, and `reason`.
  private static func waivers(path: String, columns: [String]) throws -> [[String]] {
    let table = try EstimateTable(path: path, wanted: nil, conditions: [])
    let texts = try (columns + ["reason"]).map { try table.texts($0) }
    return (0..<table.count).map { row in texts.map { $0[row] } }
  }
}

extension EventLog {
  /// The record key of whoever has an id: the same in every table, on every machine with these keys.
  func recordKey(_ id: UInt64) throws(ReleaseError) -> UInt64 {
    let message =
      Array("wegmarke record key v1".utf8) + [0]
      + (0..<8).map { UInt8(truncatingIfNeeded: id >> UInt64(56 - 8 * $0)) }
    do {
      return try keyring.keyedDigest(message).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    } catch { throw .log(.keys(error)) }
  }
}

extension PublicationProfile {
  /// How tables of this profile are protected, and for whom they are.
  var policy: ReleasePolicy {
    ReleasePolicy(method, isConfidential: isConfidential, mark: mark)
  }

  /// Refuses attributes that the profile does not allow.
  func check(attributes: [String]) throws {
    if let onlyBy, let other = attributes.first(where: { !onlyBy.contains($0) }) {
      let names = onlyBy.joined(separator: ", ")
      throw Failure(
        .init(
          en: "Tables of the profile \(name) are not grouped by \(other).",
          de: "Tabellen des Profils \(name) werden nicht nach \(other) gegliedert."),
        advice: .init(en: "Possible: \(names).", de: "Möglich: \(names)."), .usage)
    }
    if let mostAttributes, attributes.count > mostAttributes {
      throw Failure(
        .init(
          en: "Tables of the profile \(name) have at most \(mostAttributes) attributes.",
          de: "Tabellen des Profils \(name) haben höchstens \(mostAttributes) Merkmale."),
        advice: .init(
          en: "Leave some out, or ask with another profile.",
          de: "Bitte einige weglassen oder mit einem anderen Profil anfragen."), .usage)
    }
  }
}

extension Ledger {
  /// Refuses a profile whose name and version stood for another file before.
  func check(_ profile: PublicationProfile) throws(ReleaseError) {
    try check(profile: profile.name, version: profile.version, digest: profile.digest)
  }
}
