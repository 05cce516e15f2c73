import EventLog
import Journey
import Keyring
import Presentation

/// What an import of keys would do, in words: a line for every file.
enum KeyImportPage {
  /// For all keys of a store.
  static func text(_ plan: KeyImportPlan) -> LocalizedText {
    let export = plan.export
    var lines = [
      LocalizedText(
        en: "\(export.id) holds all keys of this store, epoch \(export.epoch); every seal opens.",
        de: "\(export.id) enthält alle Schlüssel dieses Bestands, Epoche \(export.epoch); jedes"
          + " Siegel öffnet.")
    ]
    lines.append(line(fate(plan.files.keyFile), plan.keyPath))
    // In the order of their names, so that two runs say the same.
    for (name, fate) in plan.files.files.sorted(by: { $0.key < $1.key }) {
      lines.append(line(Self.fate(fate), "\(plan.files.folder)/\(name)"))
    }
    for name in plan.files.removed {
      lines.append(line(removed, "\(plan.files.folder)/\(name)"))
    }
    let keys = plan.files.folder.split(separator: "/").dropLast().joined(separator: "/")
    let root = plan.files.folder.hasPrefix("/") ? "/" : ""
    for name in plan.files.outdated { lines.append(line(removed, "\(root)\(keys)/\(name)")) }
    lines += consequences(plan)
    return lines.joined()
  }

  /// For the key of a role.
  static func text(
    _ export: KeyExport, _ role: Role, isRenewed: Bool, _ output: String
  ) -> LocalizedText {
    let who = KeyringWords.role(role)
    var lines = [
      LocalizedText(
        en: "\(export.id) holds the key of role \(role.number) (\(who.en)); it opens this store.",
        de: "\(export.id) enthält den Schlüssel der Rolle \(role.number) (\(who.de)); er öffnet"
          + " diesen Bestand."),
      line(fate(.written), output),
    ]
    if isRenewed {
      lines.append(
        .init(
          en: "The key was renewed since the export: the file gets the renewed one, and who still"
            + " has the old one cannot take it over any more.",
          de: "Der Schlüssel wurde seit der Ausfuhr erneuert: Die Datei bekommt den erneuerten, und"
            + " wer den alten noch hat, kann ihn nicht mehr übernehmen."))
    }
    return lines.joined()
  }

  private static func consequences(_ plan: KeyImportPlan) -> [LocalizedText] {
    var lines: [LocalizedText] = []
    if plan.files.roles > 0 {
      lines.append(
        .init(
          en: "Rings of roles written anew: \(plan.files.roles).",
          de: "Ringe von Rollen neu geschrieben: \(plan.files.roles)."))
    }
    if plan.open > 0 {
      lines.append(
        .init(
          en: "Orders carried out that were begun and not ended: \(plan.open).",
          de: "Begonnene Anordnungen zu Ende geführt: \(plan.open)."))
    }
    if plan.reapplied > 0 {
      lines.append(
        .init(
          en: "Erasures from after the export carried out again: \(plan.reapplied). That writes a"
            + " new key epoch and a new root key into the key file.",
          de: "Löschungen von nach der Ausfuhr erneut vollzogen: \(plan.reapplied). Das schreibt"
            + " eine neue Schlüsselepoche und einen neuen Hauptschlüssel in die Schlüsseldatei."))
    }
    lines.append(
      plan.withoutKey == 0
        ? .init(en: "Everybody has a key again.", de: "Alle haben wieder einen Schlüssel.")
        : .init(
          en: "People without a key, admitted after the export: \(plan.withoutKey).",
          de: "Personen ohne Schlüssel, nach der Ausfuhr aufgenommen: \(plan.withoutKey)."))
    lines.append(
      .init(
        en: "Recorded in the log: that keys came back, from which export, and who brought them.",
        de: "Im Protokoll festgehalten: dass Schlüssel zurückkamen, woraus und durch wen."))
    return lines
  }

  private static let removed = LocalizedText(en: "removed", de: "entfernt")

  private static func fate(_ fate: KeyFilesPlan.Fate) -> LocalizedText {
    switch fate {
    case .written: .init(en: "written", de: "geschrieben")
    case .kept: .init(en: "kept", de: "bleibt")
    case .replaced: .init(en: "replaced", de: "ersetzt")
    }
  }

  private static func line(_ what: LocalizedText, _ path: String) -> LocalizedText {
    .init(en: "  \(what.en.padded(to: 12))\(path)", de: "  \(what.de.padded(to: 12))\(path)")
  }
}

extension [LocalizedText] {
  /// The texts on lines of their own.
  fileprivate func joined() -> LocalizedText {
    .init(en: map(\.en).joined(separator: "\n"), de: map(\.de).joined(separator: "\n"))
  }
}
