import Disclosure
import EventLog
import Journey
import Releases

extension Failure {
  /// Neither a question nor an attribute was named.
  static let nothingToCount = Failure(
    .init(
      en: "Nothing says what to count by.", de: "Es fehlt, wonach gezählt werden soll."),
    advice: .init(
      en: "Name attributes, --by gender,network, or a question.",
      de: "Merkmale nennen, --by gender,network, oder eine Frage."), .usage)

  /// A figure that the question does not give.
  static func noFigure(_ figure: ReleaseFigure?, fits: String) -> Failure {
    let name = figure?.rawValue ?? "counts"
    return Failure(
      .init(
        en: "This gives no table of kind “\(name)”.",
        de: "Das gibt keine Tabelle der Art „\(name)“."),
      advice: .init(en: "It gives: \(fits).", de: "Es gibt: \(fits)."), .usage)
  }

  /// A profile asks for a law, and none was named.
  static func noLegalBasis(_ profile: String) -> Failure {
    Failure(
      .init(
        en: "The profile \(profile) asks for the law that allows it.",
        de: "Das Profil \(profile) verlangt das Gesetz, das es erlaubt."),
      advice: .init(
        en: "Name it: --legal-basis \"article …\".", de: "Bitte nennen: --legal-basis \"§ …\"."),
      .noPermission)
  }

  /// Why nothing was published, or the ledger cannot be read.
  init(release error: ReleaseError) {
    switch error {
    case .log(let error): self = Failure(log: error)
    case .append(let error): self = Failure(append: error)
    case .table(let error): self.init(table: error)
    case .hierarchy(let error): self.init(hierarchy: error)
    case .closed:
      self.init(
        .init(
          en: "These keys do not open the ledger of releases.",
          de: "Diese Schlüssel öffnen das Verzeichnis der Freigaben nicht."),
        advice: .init(
          en: "The root key or the key of a steward does: --key-file.",
          de: "Der Hauptschlüssel oder der einer Datenverwaltung tut es: --key-file."),
        .noPermission)
    case .damaged(let number):
      self.init(
        .init(
          en: "What the log says of release \(number) cannot be read.",
          de: "Was das Protokoll zu Freigabe \(number) sagt, ist nicht lesbar."),
        advice: .init(
          en: "Check the log: wegmarke log verify --deep. Nothing is released meanwhile.",
          de: "Bitte prüfen: wegmarke log verify --deep. Bis dahin wird nichts freigegeben."), .data
      )
    case .unknownPosition(let number):
      self.init(
        .init(
          en: "Release \(number) rests on a state of the data that this log does not have.",
          de: "Freigabe \(number) beruht auf einem Datenstand, den dieses Protokoll nicht hat."),
        advice: .init(
          en: "Check the log: wegmarke log verify --deep. Nothing is released meanwhile.",
          de: "Bitte prüfen: wegmarke log verify --deep. Bis dahin wird nichts freigegeben."), .data
      )
    case .noSuchRelease(let number):
      self.init(
        .init(
          en: "There is no release \(number).", de: "Eine Freigabe \(number) gibt es nicht."),
        advice: .init(
          en: "See them: wegmarke release list", de: "Alle zeigt: wegmarke release list"), .noInput)
    case .changedProfile(let name, let version):
      self.init(
        .init(
          en: "Profile \(name) \(version) was used before with other content.",
          de: "Profil \(name) \(version) wurde früher mit anderem Inhalt verwendet."),
        advice: .init(
          en: "Give the changed file another version. Nothing was published.",
          de: "Die geänderte Datei braucht eine neue Version. Veröffentlicht ist nichts."), .data)
    case .hideableZeros(let profile):
      self.init(
        .init(
          en: "Profile \(profile) may hide zeros; releases are audited with printed zeros only.",
          de: "Profil \(profile) kann Nullen verbergen; Freigaben werden nur mit gedruckten Nullen"
            + " geprüft."),
        advice: .init(
          en: "Set zeros = \"printed\". Nothing was published.",
          de: "Bitte zeros = \"printed\" setzen. Veröffentlicht ist nichts."), .data)
    case .notApproved(let needed):
      self.init(
        .init(
          en: "The profile asks for \(needed) \(needed == 1 ? "person" : "people") to agree.",
          de: "Das Profil verlangt die Zustimmung von \(needed)"
            + " \(needed == 1 ? "Person" : "Personen")."),
        advice: .init(
          en: "Name each: --approved-by NAME. Nothing was published.",
          de: "Jede nennen: --approved-by NAME. Veröffentlicht ist nichts."), .noPermission)
    case .withdrawn(let number):
      self.init(
        .init(
          en:
            "Release \(number) is this table and was withdrawn; it is not given out again.",
          de: "Freigabe \(number) ist diese Tabelle und wurde zurückgezogen; sie wird nicht mehr"
            + " ausgegeben."),
        advice: .init(
          en: "Ask for a state of the data that gives another table. Nothing was published.",
          de: "Bitte einen Datenstand anfragen, der eine andere Tabelle ergibt. Veröffentlicht ist"
            + " nichts."), .data)
    case .notPublished(let number):
      self.init(
        .init(
          en: "Release \(number) is not out: it was refused or withdrawn.",
          de: "Freigabe \(number) ist nicht draußen: Sie wurde abgelehnt oder zurückgezogen."),
        .data)
    case .noFigure(let figure, let profile):
      self.init(
        .init(
          en: "The profile \(profile) has no rules for figures of kind “\(figure.rawValue)”.",
          de: "Das Profil \(profile) hat keine Regeln für Zahlen der Art „\(figure.rawValue)“."),
        advice: .init(
          en: "Ask for counts, or with another profile; waivers go with counts. Nothing was"
            + " published.",
          de:
            "Bitte Anzahlen oder mit einem anderen Profil anfragen; Ausnahmen gehören zu Anzahlen."
            + " Veröffentlicht ist nichts."), .usage)
    case .quota(let quota, let limit):
      self.init(
        .init(
          en: limit == .tables
            ? "In \(quota.days) days this recipient gets at most \(quota.tables) tables by this"
              + " profile."
            : "In \(quota.days) days this recipient gets the same people broken down in at most"
              + " \(quota.decompositions) ways by this profile.",
          de: limit == .tables
            ? "In \(quota.days) Tagen erhält dieselbe Stelle höchstens \(quota.tables) Tabellen nach"
              + " diesem Profil."
            : "In \(quota.days) Tagen erhält dieselbe Stelle dieselben Personen nach diesem Profil in"
              + " höchstens \(quota.decompositions) Gliederungen."),
        advice: .init(
          en:
            "Ask later, for a table that was given out before, or with another profile. Nothing was"
            + " published.",
          de: "Bitte später, nach einer schon ausgegebenen Tabelle oder mit einem anderen Profil"
            + " anfragen. Veröffentlicht ist nichts."), .noPermission)
    case .empty:
      self.init(
        .init(en: "Nobody is counted.", de: "Niemand wird gezählt."),
        advice: .init(
          en: "Check --window and the question. Nothing was published.",
          de: "Bitte --window und die Frage prüfen. Veröffentlicht ist nichts."), .data)
    case .notSafe(let alternatives): self.init(notSafe: alternatives)
    case .protection(let error):
      switch error {
      case .rules(let error): self.init(rules: error)
      case .suppression(let error):
        let text = error.text()
        self.init(
          .init(
            en: "The audit failed: \(text.en)", de: "Die Prüfung ist gescheitert: \(text.de)"),
          .software)
      }
    case .overtaken:
      self.init(
        .init(
          en: "Another table was released meanwhile; this one was not audited with it.",
          de: "Inzwischen wurde eine andere Tabelle freigegeben; mit ihr ist diese nicht geprüft."),
        advice: .init(
          en: "Ask again. Nothing was published.",
          de: "Bitte noch einmal anfragen. Veröffentlicht ist nichts."), .tryAgain)
    }
  }

  /// The words are the same whatever the table holds.
  private init(notSafe alternatives: [Coarsening]) {
    let message = LocalizedText(
      en: "This table is not safe, by itself or together with what was released before.",
      de: "Diese Tabelle ist nicht geheimhaltungsfest, allein oder mit früheren Freigaben zusammen."
    )
    guard !alternatives.isEmpty else {
      self.init(
        message,
        advice: .init(
          en: "No coarser table passes either. Ask for a later state of the data, or fewer"
            + " attributes. Nothing was published.",
          de: "Auch keine gröbere besteht. Bitte einen späteren Datenstand oder weniger Merkmale"
            + " anfragen. Veröffentlicht ist nichts."), .data)
      return
    }
    self.init(
      message,
      advice: .init(
        en: "Possible: " + alternatives.map { $0.words(.english) }.joined(separator: "; or ")
          + ". Nothing was published.",
        de: "Möglich: " + alternatives.map { $0.words(.german) }.joined(separator: "; oder ")
          + ". Veröffentlicht ist nichts."), .data)
  }
}

extension Coarsening {
  /// What was taken off, in words.
  func words(_ language: Language) -> String {
    steps.map { step in
      let text =
        step.levels == 0
        ? LocalizedText(en: "without \(step.dimension)", de: "ohne \(step.dimension)")
        : LocalizedText(
          en: "\(step.dimension) down to level \(step.levels)",
          de: "\(step.dimension) bis Ebene \(step.levels)")
      return text(language)
    }.joined(separator: ", ")
  }
}
