import Journey
import ProjectionEngine
import Releases

/// What of a question a release is made of.
enum ReleaseSubject {
  /// Whoever entered; there is no question.
  case entries
  /// What became of everybody, for one row at one horizon; as a rate or as counts.
  case outcome(OutcomeChoice, isRate: Bool)
  /// A number that everybody gave: its code, its place, and how it is summed up.
  case number(code: String, place: Int, ReleaseFigure)
  /// How long everybody was followed.
  case following

  /// Finds it by what was chosen.
  ///
  /// - Throws: `Failure` where the figure does not go with the question, or a choice is missing.
  init(
    _ question: QuestionDefinition?, figure: ReleaseFigure?, row: String?, horizon: Int?,
    value: String?
  ) throws {
    guard let question else {
      guard figure == nil, value == nil else {
        throw Failure.noFigure(figure, fits: "--figure counts")
      }
      self = .entries
      return
    }
    switch (question.content, figure) {
    case (.timeToEvent, nil), (.timeToEvent, .curve), (.table, nil), (.table, .curve):
      guard row == nil, horizon == nil, value == nil else {
        throw Failure(
          .init(
            en: "A curve has neither rows nor one horizon: its times are those of the profile.",
            de: "Eine Kurve hat weder Zeilen noch einen Horizont: Ihre Zeiten sind die des Profils."
          ),
          advice: .init(
            en: "Leave --row, --at and --value out.",
            de: "Bitte --row, --at und --value weglassen."), .usage)
      }
      self = .following
    case (.shares(let shares), .mean?), (.shares(let shares), .median?):
      let codes = shares.values.map(\.code)
      guard !codes.isEmpty else { throw Failure.noFigure(figure, fits: "--figure rate") }
      guard let code = value ?? (codes.count == 1 ? codes.first : nil),
        let place = codes.firstIndex(of: code), let figure
      else {
        throw Failure(
          .init(
            en: "The question has the numbers \(codes.joined(separator: ", ")).",
            de: "Die Frage hat die Zahlen \(codes.joined(separator: ", "))."),
          advice: .init(
            en: "Name one: --value CODE.", de: "Bitte eine nennen: --value CODE."), .usage)
      }
      self = .number(code: code, place: place, figure)
    case (.shares(let shares), nil), (.shares(let shares), .rate?):
      guard !shares.rows.isEmpty else {
        throw Failure.noFigure(figure, fits: "--figure mean, --figure median")
      }
      self = .outcome(
        try OutcomeChoice(question, row: row, horizon: horizon), isRate: figure == .rate)
    case (.shares, .curve?): throw Failure.noFigure(figure, fits: "--figure counts, --figure rate")
    case (.timeToEvent, _?), (.table, _?): throw Failure.noFigure(figure, fits: "--figure curve")
    case (.states, _), (.sequences, _):
      throw Failure(
        .init(
          en: "A question of kind “\(question.kind.rawValue)” gives no table to publish.",
          de: "Eine Frage der Art „\(question.kind.rawValue)“ gibt keine Tabelle, die sich"
            + " veröffentlichen ließe."),
        advice: .init(
          en: "Questions of kind point, count, time-to-event and table do: wegmarke questions list",
          de: "Fragen der Art point, count, time-to-event und table tun es: wegmarke questions list"
        ), .usage)
    }
  }

  /// The row and horizon, where there is one.
  var outcome: OutcomeChoice? { if case .outcome(let choice, _) = self { choice } else { nil } }

  /// The figure of the request; nil for counts.
  var figure: ReleaseFigure? {
    switch self {
    case .entries: nil
    case .outcome(_, let isRate): isRate ? .rate : nil
    case .number(_, _, let figure): figure
    case .following: .curve
    }
  }

  /// The code of the number, where there is one.
  var value: String? { if case .number(let code, _, _) = self { code } else { nil } }
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
      throw Failure.noFigure(nil, fits: "--figure curve")
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
        advice: .init(
          en: "Name one: --at \(horizons.first ?? 0).",
          de: "Bitte einen nennen: --at \(horizons.first ?? 0)."), .usage)
    }
    (self.horizon, place) = (chosen, number)
  }
}
