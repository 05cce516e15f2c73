import ArgumentParser
import EventLog
import Interchange
import Journey
import Keyring
import Presentation
import ProjectionEngine
import Recording

extension Participants {
  /// The command `wegmarke participants find`.
  struct Find: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "find", abstract: "Finds people by name, postcode, code or a source's own id.",
      discussion: """
        EXAMPLES
          wegmarke participants find "muller fati"       # finds Fatima Müller, Fatma Mueller
          wegmarke participants find 26121
          wegmarke participants find mvad:17
          wegmarke participants find muller --columns participant,name,birth_date
        """, aliases: ["suchen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "A name or the beginning of one, in any spelling; a postcode; a code or id.")
    var text: String
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table
    @OptionGroup var chosen: ColumnOptions

    func run() throws {
      let console = global.console
      let columns = try chosen.places(in: IdentityWords.peopleColumns)
      let log = try store.openForReading()
      try log.keyring.require([.group(.identity), .identities])
      let search = try console.duplicateSearch(log)
      var found = search.find(text)
      if let ref = try? log.find(text) {
        let head = try PersonStreams(of: ref, in: log).members[0]
        let known = search.identities.first { $0.participant == head }
        if let known, !found.contains(where: { $0.participant == head }) { found.append(known) }
      }
      let people = IdentityWords(log, console)
      try log.noteReading(
        by: "participants find", of: .persons(found.map(\.participant)), groups: [.identity])
      guard !found.isEmpty else {
        throw Failure(
          .init(
            en: "Nobody here is found by “\(text)”.", de: "Zu „\(text)“ findet sich hier niemand."),
          advice: .init(
            en: "Fewer letters find more: the beginning of a name is enough.",
            de: "Weniger Buchstaben finden mehr: Der Anfang eines Namens genügt."), .noInput)
      }
      switch format {
      case .csv, .deCSV:
        try console.printBytes(people.people.csv(found, columns, format.dialect))
      case .table:
        // Lines hold what there is; whoever names columns wants a table of them.
        try console.print(
          columns == nil
            ? found.map { people.line($0) }.joined(separator: "\n")
            : people.people.table(found, columns, console))
      }
    }
  }

  /// The command `wegmarke participants duplicates`.
  struct Duplicates: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "duplicates",
      abstract: "Suggests who may be here twice, with the reasons; merges nobody.",
      discussion: """
        EXAMPLES
          wegmarke participants duplicates
          wegmarke participants duplicates --least 60 -f csv
          wegmarke participants duplicates --columns score,participant,other
          wegmarke participants merge TN-7K4Q2M TN-2XW9PD --reason "same person"
          wegmarke participants dismiss TN-7K4Q2M TN-2XW9PD --reason "twins"
        """, aliases: ["dubletten"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Option(help: "The least score of a pair, 0 to 100.") var least = DuplicateScore.least
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table
    @OptionGroup var chosen: ColumnOptions

    func run() throws {
      let console = global.console
      let columns = try chosen.places(in: IdentityWords.pairColumns)
      let log = try store.openForReading()
      try log.keyring.require([.group(.identity), .identities])
      let search = try console.duplicateSearch(log)
      let found = search.suggestions(least: least)
      let people = IdentityWords(log, console)
      try log.noteReading(
        by: "participants duplicates", of: .persons(Set(found.flatMap(\.participants)).sorted()),
        groups: [.identity])
      if format != .table {
        return try console.printBytes(people.pairs.csv(found, columns, format.dialect))
      }
      let known = Dictionary(
        search.identities.map { ($0.participant, $0) }, uniquingKeysWith: { one, _ in one })
      let blocks = found.map { people.block($0, known) }
      let count = found.count
      let head = LocalizedText(
        en: count == 0
          ? "Nobody seems to be here twice."
          : "\(count) \(count == 1 ? "pair" : "pairs") to look at",
        de: count == 0
          ? "Niemand scheint doppelt da zu sein."
          : "\(count) \(count == 1 ? "Paar" : "Paare") zum Ansehen")(console.language)
      let body =
        columns == nil || count == 0 ? blocks : [people.pairs.table(found, columns, console)]
      try console.print(([head] + body).joined(separator: "\n\n"))
      if count > 0 {
        console.note(
          .init(
            en: "One person: wegmarke participants merge A B --reason …\n"
              + "Two people: wegmarke participants dismiss A B --reason …",
            de: "Eine Person: wegmarke participants merge A B --reason …\n"
              + "Zwei Personen: wegmarke participants dismiss A B --reason …"))
      }
    }
  }

  /// The command `wegmarke participants dismiss`.
  struct Dismiss: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "dismiss",
      abstract: "Says of two participants that they are two people; nobody is asked again.",
      discussion: """
        EXAMPLES
          wegmarke participants dismiss TN-7K4Q2M TN-2XW9PD --reason "twins"
        """, aliases: ["keine-dublette"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var recording: RecordingOptions
    @Argument(help: "One of the two.", completion: Completing.participants) var one: String
    @Argument(help: "The other.", completion: Completing.participants) var other: String
    @Option(help: "Why, in words.") var reason: String

    func run() throws {
      let log = try recording.open(store)
      let recorder = Recorder(log, by: recording.voice)
      let page = RecordingPage(
        log: log, console: global.console, store: store.option, command: "participants dismiss")
      let (left, right) = (try log.find(one), try log.find(other))
      let plan = try page.orConflict(about: left) { () throws(RecordingError) in
        try recorder.planDismissal(left, right, reason: reason)
      }
      if recording.dryRun { return try page.show(plan, .wouldRecord) }
      let done = try page.orConflict { () throws(RecordingError) in try recorder.store(plan) }
      try page.show(plan, .recorded(done))
    }
  }
}

extension Console {
  /// Everybody's identity, with progress when it takes long.
  func duplicateSearch(_ log: EventLog) throws(LogError) -> DuplicateSearch {
    let line = ProgressBox(
      progress(
        .init(en: "Reading names", de: "Lese Namen"), total: Int(try log.participantCount())))
    defer { line.finish() }
    return try DuplicateSearch(of: log) { done, _ in line.update(done) }
  }
}

/// Identities in words.
struct IdentityWords {
  let log: EventLog
  let language: Language
  private let width: Int

  init(_ log: EventLog, _ console: Console) {
    self.log = log
    language = console.language
    width = console.output.proseWidth
  }

  func code(_ ref: ParticipantRef) -> String {
    (try? log.keyring.identity(of: ref))?.code.description ?? ""
  }

  /// One person on a line.
  func line(_ identity: KnownIdentity) -> String {
    var parts = [identity.name.withoutControls]
    if let birth = identity.birthDate {
      let date = EventText(language).date(birth)
      parts.append(LocalizedText(en: "born \(date)", de: "geb. \(date)")(language))
    }
    if let postcode = identity.postcode { parts.append(postcode.withoutControls) }
    let external = (try? log.keyring.identity(of: identity.participant))?.externalID
    if let external { parts.append(external.withoutControls) }
    return "\(code(identity.participant))  "
      + parts.joined(separator: ", ").wrapped(to: max(20, width - 11)).hanging(11)
  }

  /// A pair with its score and reasons.
  func block(
    _ suggestion: DuplicateSuggestion, _ known: [ParticipantRef: KnownIdentity]
  ) -> String {
    let people = suggestion.participants.compactMap { known[$0] }.map { line($0) }
    let reasons = suggestion.reasons.map { $0.label(language) }.joined(separator: "; ")
    let score = LocalizedText(
      en: "\(suggestion.score) of 100: \(reasons)", de: "\(suggestion.score) von 100: \(reasons)")
    return (people + ["  " + score(language).wrapped(to: max(20, width - 2)).hanging(2)]).joined(
      separator: "\n")
  }
}

extension DuplicateSuggestion.Reason {
  /// The name in files.
  var code: String {
    switch self {
    case .sameName: "same_name"
    case .similarName: "similar_name"
    case .sameBirth: "same_birth"
    case .swappedBirth: "swapped_birth"
    case .nearBirth: "near_birth"
    case .coarseBirth: "coarse_birth"
    case .unknownBirth: "unknown_birth"
    case .samePostcode: "same_postcode"
    case .otherPostcode: "other_postcode"
    }
  }

  var label: LocalizedText {
    switch self {
    case .sameName: .init(en: "same name", de: "gleicher Name")
    case .similarName:
      .init(en: "names sound or look alike", de: "Namen klingen ähnlich oder sehen so aus")
    case .sameBirth: .init(en: "same date of birth", de: "gleiches Geburtsdatum")
    case .swappedBirth:
      .init(en: "day and month of birth swapped", de: "Tag und Monat der Geburt vertauscht")
    case .nearBirth:
      .init(en: "dates of birth differ by a slip", de: "Geburtsdaten weichen in einer Stelle ab")
    case .coarseBirth:
      .init(
        en: "one date of birth is only roughly known",
        de: "ein Geburtsdatum ist nur ungefähr bekannt")
    case .unknownBirth: .init(en: "a date of birth is missing", de: "ein Geburtsdatum fehlt")
    case .samePostcode: .init(en: "same postcode", de: "gleiche Postleitzahl")
    case .otherPostcode: .init(en: "another postcode", de: "andere Postleitzahl")
    }
  }
}
