import Disclosure
import Journey
import Projections

/// A file of cells that are printed all the same: a column a dimension, and `reason`.
struct WaiverFile {
  /// The cells with their reasons.
  let waivers: [Waiver]

  /// Reads a file.
  ///
  /// - Parameter columns: The dimensions, in the order of the table.
  /// - Throws: `Failure` for a missing column, and for a cell without a reason.
  init(path: String, columns: [String]) throws {
    let table = try EstimateTable(path: path, wanted: nil, conditions: [])
    let codes = try columns.map { try table.texts($0) }
    let reasons = try table.texts("reason")
    waivers = try (0..<table.count).map { row in
      guard reasons[row].contains(where: { !$0.isWhitespace }) else {
        throw table.failure(
          row: row, column: "reason",
          .init(en: "This cell has no reason.", de: "Dieses Feld hat keinen Grund."),
          advice: .init(
            en: "Say why it may be printed.", de: "Bitte angeben, warum es gedruckt werden darf."))
      }
      return Waiver(codes: codes.map { $0[row] }, reason: reasons[row])
    }
  }
}

extension Failure {
  /// Waivers for a profile that hides nothing.
  static func noWaivers(_ profile: String) -> Failure {
    Failure(
      .init(
        en: "The profile \(profile) hides no cells, so --waivers has nothing to print.",
        de: "Das Profil \(profile) sperrt keine Felder; --waivers hat nichts zu drucken."),
      advice: .init(
        en: "Leave --waivers out, or take a profile that hides cells.",
        de: "Bitte --waivers weglassen oder ein Profil wählen, das Felder sperrt."), .usage)
  }
}

extension PublicationProfile {
  /// Whether it hides cells, so that some may be printed all the same.
  var hidesCells: Bool { if case .suppression = method { true } else { false } }
}
