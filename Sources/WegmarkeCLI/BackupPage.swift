import EventLog
import Files
import Journey
import Keyring
import Presentation
import Upkeep

/// What backups and restores say for themselves.
enum BackupPage {
  private static func numbers(_ number: some BinaryInteger) -> (en: String, de: String) {
    (NumberStyle(.english).integer(number), NumberStyle(.german).integer(number))
  }

  /// Bytes as people read them.
  static func bytes(_ bytes: some BinaryInteger) -> LocalizedText {
    let amount = Double(bytes)
    let (value, unit) =
      amount < 1e6
      ? (amount / 1e3, "kB") : amount < 1e9 ? (amount / 1e6, "MB") : (amount / 1e9, "GB")
    return LocalizedText(
      en: "\(NumberStyle(.english).decimal(value, places: 1)) \(unit)",
      de: "\(NumberStyle(.german).decimal(value, places: 1)) \(unit)")
  }

  static func words(_ report: Backup.Report) -> LocalizedText {
    let last = report.series.last
    let count = numbers(report.records)
    let size = numbers(last.manifest.state.size)
    let space = bytes(last.manifest.totalBytes)
    let root = ContentDigest.hex(last.manifest.state.root).prefix(16)
    let made: LocalizedText =
      switch report.made {
      case .full:
        .init(
          en: "Backed up the whole log: \(count.en) records, \(space.en).",
          de: "Protokoll vollständig gesichert: \(count.de) Datensätze, \(space.de).")
      case .increment:
        .init(
          en: "Backed up what is new: \(count.en) records, \(space.en); \(size.en) in all.",
          de: "Neues gesichert: \(count.de) Datensätze, \(space.de); insgesamt \(size.de).")
      case .nothing:
        .init(
          en: "Nothing is new since the last backup (\(size.en) records).",
          de: "Seit der letzten Sicherung ist nichts neu (\(size.de) Datensätze).")
      }
    var text = made + .init(verbatim: "\n\(last.folder)\n")
    if report.made != .nothing {
      text =
        text
        + .init(
          en: "Read back and compared with the log: root \(root)…, "
            + (last.manifest.checkpoint == nil ? "not signed" : "signed"),
          de: "Zurückgelesen und mit dem Protokoll verglichen: Wurzel \(root)…, "
            + (last.manifest.checkpoint == nil ? "nicht signiert" : "signiert"))
    }
    for path in report.vanished {
      text =
        text
        + .init(
          en: "\nNo longer there, its records are in this one: \(path)",
          de: "\nNicht mehr da, ihr Inhalt ist in dieser: \(path)")
    }
    for path in report.removed {
      text = text + .init(en: "\nRemoved: \(path)", de: "\nEntfernt: \(path)")
    }
    return text
  }

  static func words(_ keys: KeyBackup) -> LocalizedText {
    .init(
      en: "Copied the wrapped keys (epoch \(keys.epoch)):\n\(keys.folder)",
      de: "Verschlossene Schlüssel kopiert (Epoche \(keys.epoch)):\n\(keys.folder)")
  }

  static func next(_ folder: String, hasKeys: Bool) -> LocalizedText {
    let keys: LocalizedText =
      hasKeys
      ? .init(
        en: "The next erasure makes this copy of the keys worthless: make a new one after it.",
        de: "Die nächste Löschung macht diese Kopie der Schlüssel wertlos: danach neu kopieren.")
      : .init(
        en: "Keys are not in it. They belong on another medium: --with-keys FOLDER",
        de: "Schlüssel sind nicht dabei. Sie gehören auf einen anderen Datenträger:"
          + " --with-keys ORDNER")
    return keys
      + .init(
        en: "\nThe root key is in neither: keep a copy apart from both."
          + "\nTry whether it can be restored: wegmarke log restore \(folder) --drill",
        de: "\nDer Hauptschlüssel ist nirgends dabei: eine Kopie getrennt von beidem verwahren."
          + "\nProbe, ob alles wiederkommt: wegmarke log restore \(folder) --drill")
  }

  static func words(
    _ report: Restore.Report, target: String?, opened: UInt64?
  ) -> LocalizedText {
    let count = numbers(report.state.size)
    let root = ContentDigest.hex(report.state.root)
    var text =
      target.map { target -> LocalizedText in
        .init(
          en: "Restored \(count.en) records to \(target).",
          de: "\(count.de) Datensätze wiederhergestellt: \(target)")
      }
      ?? .init(
        en: "The drill went well: \(count.en) records can be restored.",
        de: "Die Probe ist gelungen: \(count.de) Datensätze lassen sich wiederherstellen.")
    let day = StoreZone.day(of: report.made)
    let (hour, minute) = StoreZone.time(of: report.made)
    let made = (
      "\(EventText(.english).date(day)) \(NumberStyle(.english).time(hour: hour, minute: minute))",
      "\(EventText(.german).date(day)), \(NumberStyle(.german).time(hour: hour, minute: minute))"
    )
    let increments: LocalizedText =
      switch report.increments {
      case 0: .init(verbatim: "")
      case 1: .init(en: " and an increment", de: " und einer Ergänzung")
      case let number:
        .init(en: " and \(number) increments", de: " und \(number) Ergänzungen")
      }
    text =
      text
      + .init(
        en: "\nFrom a full backup\(increments.en), made \(made.0). Every record checked."
          + "\nRoot \(root)",
        de: "\nAus einer vollständigen Sicherung\(increments.de), Stand \(made.1)."
          + "\nJeder Datensatz geprüft.\nWurzel \(root)")
    text =
      text
      + (report.isSignatureChecked
        ? .init(en: "\nThe log signed it.", de: "\nVom Protokoll signiert.")
        : .init(
          en: "\nSignatures were not checked: no --vkey.",
          de: "\nSignaturen nicht geprüft: kein --vkey."))
    if let opened {
      let seals = numbers(opened)
      text =
        text
        + .init(
          en: "\nWith these keys \(seals.en) seals open, which is all that can be.",
          de: "\nMit diesen Schlüsseln öffnen sich \(seals.de) Siegel, alle, die es noch können.")
    }
    return text
  }

  static func afterRestore(
    _ report: Restore.Report, _ target: String, rootKey: String
  ) -> LocalizedText {
    let keys: LocalizedText =
      report.hasKeys
      ? .init(
        en: "Its keys are back. They need the root key that was valid when they were copied:"
          + "\n  \(rootKey)",
        de: "Seine Schlüssel sind zurück. Sie brauchen den Hauptschlüssel, der beim Kopieren galt:"
          + "\n  \(rootKey)")
      : .init(
        en: "It cannot be read yet: its keys come from their own backup. Restore again with"
          + " --keys FOLDER,\nor put the newest copy of keys/ into \(target)/keys. The root key"
          + " belongs here:\n  \(rootKey)",
        de: "Lesbar ist er noch nicht: Schlüssel kommen aus ihrer eigenen Sicherung. Noch einmal"
          + " mit --keys ORDNER\noder die neueste Kopie von keys/ nach \(target)/keys legen. Der"
          + " Hauptschlüssel gehört hierhin:\n  \(rootKey)")
    let other = KeyFilePlace.served(by: rootKey).flatMap { store in
      Folder.exists(store) && !Folder.isSame(store, target) ? store : nil
    }
    let shared: LocalizedText =
      other.map { store in
        .init(
          en: "\nThat key file is also used by \(store): nothing that changes keys is possible here"
            + " before this folder\nhas a key file of its own (a copy, named with --key-file).",
          de: "\nDiese Schlüsseldatei benutzt auch \(store): Hier geht nichts, was Schlüssel"
            + " ändert, bevor dieser\nOrdner eine eigene hat (eine Kopie, mit --key-file genannt).")
      } ?? .init(verbatim: "")
    return keys + shared
      + .init(
        en: "\nThis is a new life of the log (\(report.lineage)). Never write to the old store"
          + " again: two logs of one name would go different ways."
          + "\nWhat was recorded after the backup is missing: run those imports again."
          + "\nNext: wegmarke doctor --store \(target)",
        de: "\nDies ist ein neues Leben des Protokolls (\(report.lineage)). In den alten Bestand"
          + " nie wieder schreiben: Zwei Protokolle eines Namens gingen verschiedene Wege."
          + "\nWas nach der Sicherung erfasst wurde, fehlt: diese Importe bitte wiederholen."
          + "\nWeiter: wegmarke doctor --store \(target)")
  }
}
