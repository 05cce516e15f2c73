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
  /// The question; nil for a count of entries.
  let question: QuestionDefinition?
  let people: CountedPeople
  let profile: PublicationProfile
  /// The files that the table rests on.
  let definitions: [Publisher.Definition]
  let isSimulated: Bool

  /// Reads the options and asks the view.
  init(_ options: ReleaseOptions, _ time: TimeOptions, _ log: EventLog, _ console: Console) throws {
    profile = try ProfileLibrary.find(options.profile)
    try profile.check(attributes: options.attributes)
    if options.waivers != nil, !profile.hidesCells { throw Failure.noWaivers(profile.name) }
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
    let subject = try ReleaseSubject(
      question, figure: options.figure.figure, row: options.row, horizon: options.at,
      value: options.value)
    let links = try options.hierarchy.map { try HierarchyFile(path: $0).links } ?? [:]
    isSimulated = try Knowledge.includesMadeUpPeople(log, size: size) ?? false
    var request = ReleaseRequest(
      question: question?.name, questionDigest: question?.digest, settings: options.settings,
      row: subject.outcome?.row, horizon: subject.outcome?.horizon, groupedBy: options.attributes,
      window: window.map { "\($0.lowerBound)..\($0.upperBound)" },
      referenceDay: referenceDay.description, logSize: size, profile: profile.name,
      profileVersion: profile.version, profileDigest: profile.digest,
      hierarchy: links.sorted { $0.key < $1.key }.flatMap { name, links in
        links.map { [name, $0.code, $0.parent ?? ""] }
      }, mayCoarsen: !options.asAsked,
      waivers: try options.waivers.map { path in
        let columns = options.attributes + (subject.outcome == nil ? [] : ["outcome"])
        return try WaiverFile(path: path, columns: columns).waivers.map { $0.codes + [$0.reason] }
      })
    request.figure = subject.figure
    request.value = subject.value
    if subject.figure == .curve, let clock = question?.clock, let rules = profile.figures {
      request.grid = clock.grid(ofMonths: rules.months)
      request.clock = clock.rawValue
    }
    definitions =
      [.init(title: profile.name, digest: profile.digest, text: profile.text)]
      + (question.map { [.init(title: $0.title.en, digest: $0.digest, text: $0.text)] } ?? [])
    self.request = request
    self.question = question
    people = try ReleasePeople(
      request: request, question: question, subject: subject, window: window,
      referenceDay: referenceDay
    ).counted(in: try console.refreshedView(of: log))
  }

  /// The people of a request that was answered before, as the log tells them today.
  static func people(
    of request: ReleaseRequest, in log: EventLog, _ console: Console
  ) throws -> CountedPeople {
    let question = try question(of: request, in: log)
    let subject = try ReleaseSubject(
      question, figure: request.figure, row: request.row, horizon: request.horizon,
      value: request.value)
    return try ReleasePeople(
      request: request, question: question, subject: subject,
      window: try request.window.map { try Period.parse($0) },
      referenceDay: try CivilDate.parse(request.referenceDay).day
    ).counted(in: try console.refreshedView(of: log))
  }

  /// The question as it was asked: the file that the log keeps, whatever stands in the program today; nil
  /// for a count of entries.
  static func question(
    of request: ReleaseRequest, in log: EventLog
  ) throws -> QuestionDefinition? {
    guard let name = request.question else { return nil }
    let kept = try log.events(of: .system).lazy.compactMap(\.event).first {
      $0.type == .definitionStored && $0[Fields.definitionDigest] == request.questionDigest
    }
    guard let text = kept?[Fields.definitionText] else {
      throw Failure(
        .init(
          en: "The log does not hold the question “\(name)” that the release was made by.",
          de: "Das Protokoll enthält die Frage „\(name)“ nicht, nach der die Freigabe entstand."),
        advice: .init(
          en: "Check the log: wegmarke log verify --deep.",
          de: "Bitte prüfen: wegmarke log verify --deep."), .data)
    }
    return try QuestionLibrary.read(
      Array(text.utf8), file: "\(name).toml", settings: request.settings)
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
    ReleasePolicy(method, isConfidential: isConfidential, mark: mark, figures: figures)
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
