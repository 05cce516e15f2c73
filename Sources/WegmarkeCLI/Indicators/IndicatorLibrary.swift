import Definitions
import EventLog
import Journey
import ProjectionEngine
import Projections

/// Sets of indicators by name or path.
enum IndicatorLibrary {
  /// The set with a name, or in a file when the text is a path.
  ///
  /// - Parameter settings: Other values of parameters of its questions: `exit-window=14d`.
  static func find(_ text: String, settings: [String] = []) throws -> IndicatorSet {
    let file = try DefinitionFiles.find(
      text, among: BuiltInFiles.indicators, in: "indicators",
      missing: .init(
        en: "There is no set of indicators “\(text)”.",
        de: "Einen Indikatorensatz „\(text)“ gibt es nicht."),
      advice: { names in
        .init(
          en: "Sets: \(names). A file of your own is named by its path.",
          de: "Sätze: \(names). Eigene Dateien werden mit Pfad genannt.")
      })
    let parameters = BuiltInFiles.parameters
    return try IndicatorFile.read(
      file.bytes, file: file.path,
      parameters: try ParameterFile.read(
        parameters.bytes, file: "projections/\(parameters.name).toml"),
      questions: try BuiltInFiles.questions.map {
        try QuestionLibrary.read($0.bytes, file: $0.path(in: "questions"), settings: settings)
      })
  }
}

/// What a user's files tell of networks and entities.
enum IndicatorSources {
  /// Where networks work: a file with columns `network`, `region`, `category-of-region`, else what the
  /// log holds of registered networks.
  static func places(_ path: String?, _ log: EventLog) throws -> [String: NetworkPlace] {
    var places: [String: NetworkPlace] = [:]
    guard let path else {
      for network in try log.registeredNetworks()
      where network.region != nil || network.category != nil {
        places[network.code] = NetworkPlace(
          region: network.region, category: network.category?.entry.code)
      }
      return places
    }
    let table = try EstimateTable(path: path, wanted: nil, conditions: [])
    let networks = try table.texts(Fields.network.name)
    func column(_ name: String) throws -> [String?] {
      guard table.has(name) else { return networks.map { _ in nil } }
      return try table.texts(name).map { $0.isEmpty ? nil : $0 }
    }
    let regions = try column(Fields.region.name)
    let categories = try column(Fields.regionCategory.name)
    let known = RegionCategory.allCases.map(\.entry.code)
    for row in 0..<table.count {
      if let category = categories[row], !known.contains(category) {
        throw table.failure(
          row: row, column: Fields.regionCategory.name,
          .init(
            en: "“\(category)” is no category of region.",
            de: "„\(category)“ ist keine Regionenkategorie."),
          advice: .init(
            en: "They are \(known.joined(separator: ", ")).",
            de: "Es gibt \(known.joined(separator: ", "))."))
      }
      places[networks[row]] = NetworkPlace(region: regions[row], category: categories[row])
    }
    return places
  }

  /// The organisations and enterprises of a file with columns `indicator`, `entity`, `since`, `network`.
  static func entities(_ path: String?, _ set: IndicatorSet) throws -> [SupportedEntity]? {
    guard let path else { return nil }
    let table = try EstimateTable(path: path, wanted: nil, conditions: [])
    let columns = try ["indicator", "entity", "since"].map { try table.texts($0) }
    let networks =
      table.has(Fields.network.name)
      ? try table.texts(Fields.network.name).map { $0.isEmpty ? nil : $0 }
      : columns[0].map { _ in nil }
    let codes = set.indicators.filter { $0.basis == .entities }.map(\.code)
    return try (0..<table.count).map { row in
      guard codes.contains(columns[0][row]) else {
        throw table.failure(
          row: row, column: "indicator",
          .init(
            en: "“\(columns[0][row])” is no indicator of entities.",
            de: "„\(columns[0][row])“ ist kein Indikator für Einrichtungen."),
          advice: .init(
            en: "They are \(codes.joined(separator: ", ")).",
            de: "Es gibt \(codes.joined(separator: ", "))."))
      }
      guard let since = try? CivilDate.parse(columns[2][row]) else {
        throw table.failure(
          row: row, column: "since",
          .init(
            en: "“\(columns[2][row])” is no day.", de: "„\(columns[2][row])“ ist kein Tag."))
      }
      return SupportedEntity(
        indicator: columns[0][row], name: columns[1][row], since: since.day, network: networks[row])
    }
  }
}
