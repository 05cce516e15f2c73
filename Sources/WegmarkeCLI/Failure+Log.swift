import EventLog
import Files
import Journey
import Keyring

extension Failure {
  init(log error: LogError) {
    switch error {
    case .noStore(let path):
      self = Failure(
        .init(en: "There is no store at \(path).", de: "Unter \(path) liegt kein Bestand."),
        advice: .init(
          en: "Create one: wegmarke init --store \(path)",
          de: "Anlegen: wegmarke init --store \(path)"), .noInput)
    case .notAStore(let path):
      self = Failure(
        .init(
          en: "\(path) is not a Wegmarke store.", de: "\(path) ist kein Wegmarke-Bestand."),
        advice: .init(
          en: "Name another folder with --store, or create a store in an empty one: wegmarke init.",
          de: "Mit --store einen anderen Ordner nennen oder in einem leeren anlegen: wegmarke init."
        ), .noInput)
    case .storeExists(let path):
      self = Failure(
        .init(en: "\(path) is not empty.", de: "\(path) ist nicht leer."),
        advice: .init(
          en: "A new store needs a folder that is missing or empty; nothing was changed.",
          de: "Ein neuer Bestand braucht einen leeren Ordner; nichts wurde verändert."),
        .cannotCreate)
    case .newerVersion(let path, let version):
      self = Failure(
        .init(
          en: "The store \(path) was written by a newer program (version \(version)).",
          de: "Den Bestand \(path) hat ein neueres Programm geschrieben (Version \(version))."),
        advice: .init(
          en: "Update wegmarke; this version leaves the store untouched.",
          de: "Bitte wegmarke aktualisieren; diese Version lässt den Bestand unberührt."), .data)
    case .truncated(let path, let what):
      self = Failure(
        .init(
          en: "The store \(path) is damaged: \(what) is cut short or missing.",
          de: "Der Bestand \(path) ist beschädigt: \(what) ist unvollständig oder fehlt."),
        advice: Failure.restore, .data)
    case .damaged(let path, let what):
      self = Failure(
        .init(
          en: "The store \(path) is damaged: an entry of “\(what)” is not what was written.",
          de: "Der Bestand \(path) ist beschädigt: ein Eintrag von „\(what)“ ist nicht, was"
            + " geschrieben wurde."),
        advice: Failure.restore, .data)
    case .record(let position, let problem):
      self = Failure(
        .init(
          en: "Record \(position) cannot be read: \(problem.words.en).",
          de: "Datensatz \(position) ist nicht lesbar: \(problem.words.de)."),
        advice: Failure.restore, .data)
    case .payload(let position, let problem):
      self = Failure(
        .init(
          en: "Record \(position) opens, but its content does not: \(problem.words.en).",
          de: "Datensatz \(position) öffnet, sein Inhalt nicht: \(problem.words.de)."),
        advice: .init(en: "Update wegmarke.", de: "Bitte wegmarke aktualisieren."), .data)
    case .noSuchPosition(let position, let size):
      self = Failure(
        .init(
          en: "There is no record \(position); the log holds \(size).",
          de: "Datensatz \(position) gibt es nicht; das Protokoll hat \(size)."), .noInput)
    case .keys(let error): self = Failure(keys: error)
    case .file(let error): self = Failure(file: error)
    case .store(let error): self = Failure(store: error)
    case .accessNotRecorded(let error): self = Failure(unrecorded: error)
    case .keysDamaged(let condition): self = Failure(damaged: condition)
    case .noRoom(let path, let needed, let free): self = .noRoom(path, needed, free)
    case .keyIsWhole(let ref): self = .keyIsWhole(ref)
    case .readOnly:
      self = Failure(
        .init(en: "The log is open for reading only.", de: "Das Protokoll ist nur lesbar offen."),
        .software)
    case .timesNotInjectable:
      self = Failure(
        .init(
          en: "Recorded times can be given only to a store created as simulated.",
          de: "Erfassungszeiten nimmt nur ein als simuliert angelegter Bestand."), .data)
    case .erasureUnfinished(let count): self = .erasureUnfinished(count)
    case .keysBehind(let count): self = .keysBehind(count)
    case .keysAhead(let followed, let size): self = .keysAhead(followed: followed, log: size)
    case .keysOfAnotherHistory(let followed): self = .keysAhead(followed: followed, log: nil)
    case .forked(let signed, let size):
      self = Failure(
        .init(
          en: "The log does not continue the checkpoint that it signed at size \(signed);"
            + " it now has \(size) records.",
          de: "Das Protokoll setzt den Prüfpunkt nicht fort, den es bei Größe \(signed) signiert"
            + " hat; es hat jetzt \(size) Datensätze."),
        advice: .init(
          en: "Nothing was signed. Run wegmarke log verify: something was changed or is missing.",
          de: "Nichts signiert. Bitte wegmarke log verify: Etwas wurde verändert oder fehlt."),
        .data)
    }
  }

  static let restore = LocalizedText(
    en: "Change nothing; run wegmarke log verify and restore a backup of the store.",
    de: "Nichts verändern; wegmarke log verify ausführen und eine Sicherung einspielen.")

  init(missingFile path: String) {
    self = Failure(
      .init(en: "There is no file \(path).", de: "Eine Datei \(path) gibt es nicht."),
      advice: .init(
        en: "Check the name and the folder.", de: "Bitte Namen und Ordner prüfen."), .noInput)
  }

  init(file error: FileError) {
    if error.isDiskFull {
      self = Failure(
        .init(
          en: "The disk is full: \(error.path).", de: "Der Datenträger ist voll: \(error.path)."),
        advice: .init(
          en: "Free some space and run the command again; what is stored is intact.",
          de: "Bitte Platz schaffen und den Befehl wiederholen; Gespeichertes ist unversehrt."),
        .io)
      return
    }
    if error.isMissing, error.action == .open || error.action == .status {
      self = Failure(missingFile: error.path)
      return
    }
    let status: ExitStatus =
      switch error.action {
      case .open, .status, .list, .read: error.isDeviceFault ? .io : .noInput
      case .createFolder: .cannotCreate
      case .write, .sync, .rename, .remove, .start: .io
      }
    self = Failure(
      .init(
        en: "\(error.path): \(error.systemMessage) (\(error.action.rawValue)).",
        de: "\(error.path): \(error.germanMessage) (\(error.action.german))."),
      status)
  }

  init(keys error: KeyringError) {
    switch error {
    case .rootKeyMissing(let path):
      self = Failure(
        .init(
          en: "The store's key is missing: \(path).",
          de: "Der Schlüssel des Bestands fehlt: \(path)."),
        advice: .init(
          en: "Put the key file back, or name it with --key-file. Without it nobody can read it.",
          de: "Schlüsseldatei zurücklegen oder mit --key-file nennen. Ohne sie ist nichts lesbar."),
        .noPermission)
    case .rootKeyExposed(let path, let permissions):
      let mode = String(permissions, radix: 8)
      self = Failure(
        .init(
          en: "Others can read the key file \(path) (mode \(mode)).",
          de: "Andere können die Schlüsseldatei \(path) lesen (Rechte \(mode))."),
        advice: .init(en: "Run: chmod 600 \(path)", de: "Bitte: chmod 600 \(path)"),
        .noPermission)
    case .rootKeyOfAnotherUser(let path, let user): self = .keyFile(path, ofUser: user)
    case .keyFileServes(let path, let store): self = .keyFile(path, serves: store)
    case .rootKeyMalformed(let path):
      self = Failure(
        .init(
          en: "\(path) is not a key file of Wegmarke.",
          de: "\(path) ist keine Schlüsseldatei von Wegmarke."), .noPermission)
    case .rootKeyOfAnotherStore(let path, let expected, let found):
      self = Failure(
        .init(
          en: "The key \(path) belongs to the store \(found), not to \(expected).",
          de: "Der Schlüssel \(path) gehört zum Bestand \(found), nicht zu \(expected)."),
        .noPermission)
    case .keysMissing(let path):
      self = Failure(
        .init(
          en: "The store's keys are missing or incomplete: \(path).",
          de: "Die Schlüssel des Bestands fehlen oder sind unvollständig: \(path)."),
        advice: Failure.restore, .noPermission)
    case .newerVersion(let path, let version):
      self = Failure(log: .newerVersion(path: path, version: version))
    case .wrongRootKey(let path):
      self = Failure(
        .init(
          en: "The key does not open the store's keys (\(path)).",
          de: "Der Schlüssel öffnet die Schlüssel des Bestands nicht (\(path))."),
        advice: .init(
          en: "After an erasure or a change of keys, an older key file opens no newer keys, and a"
            + " newer one no older keys; that is meant: take the copies made since.",
          de: "Nach einer Löschung oder einem Schlüsselwechsel öffnet eine ältere Schlüsseldatei"
            + " keine neueren Schlüssel und umgekehrt; das ist gewollt. Bitte Kopien von danach"
            + " nehmen."),
        .noPermission)
    case .damaged(let path, let slot):
      let place = slot.map { " (\($0))" } ?? ""
      self = Failure(
        .init(
          en: "A stored key is damaged: \(path)\(place).",
          de: "Ein gespeicherter Schlüssel ist beschädigt: \(path)\(place)."),
        advice: Failure.restore, .data)
    case .erased:
      self = Failure(
        .init(
          en: "This person was erased: the key is destroyed.",
          de: "Diese Person wurde gelöscht: Der Schlüssel ist vernichtet."), .noInput)
    case .groupDropped(let group):
      self = Failure(
        .init(
          en: "The field group “\(group.label.en)” was dropped by law: its keys are destroyed.",
          de: "Die Feldgruppe „\(group.label.de)“ wurde aufgehoben: Ihre Schlüssel sind vernichtet."
        ), .noInput)
    case .superseded:
      self = Failure(
        .init(
          en: "The keys of the store were renewed meanwhile: somebody was erased, or keys rotated.",
          de: "Die Schlüssel des Bestands wurden inzwischen erneuert: Jemand wurde gelöscht, oder"
            + " Schlüssel wurden gewechselt."),
        advice: .init(
          en: "Nothing was shown that may no longer be. Run the command again.",
          de: "Nichts wurde gezeigt, was nicht mehr sein darf. Bitte den Befehl wiederholen."),
        .tryAgain)
    case .noSuchParticipant(let ref):
      self = Failure(
        .init(
          en: "There is no key for participant number \(ref).",
          de: "Für die Person Nummer \(ref) gibt es keinen Schlüssel."), advice: Failure.restore,
        .data)
    case .sealBroken:
      self = Failure(
        .init(
          en: "A seal does not open: stored bytes were changed.",
          de: "Ein Siegel öffnet nicht: Gespeichertes wurde verändert."), advice: Failure.restore,
        .data)
    case .noSigningKey:
      self = Failure(
        .init(
          en: "The store has no key that signs checkpoints.",
          de: "Der Bestand hat keinen Schlüssel, der Prüfpunkte signiert."),
        advice: .init(
          en: "The first checkpoint makes one: wegmarke log checkpoint",
          de: "Der erste Prüfpunkt legt ihn an: wegmarke log checkpoint"), .noPermission)
    case .closed, .roleRevoked, .roleKeyOutdated, .roleTooLong, .passphraseMissing,
      .wrongPassphrase, .passphraseUnusable:
      self = Failure(role: error)
    case .notAnExport, .exportDamaged, .noSuchRole, .otherKeyThere, .keysNewer, .nothingLost:
      self = Failure(export: error)
    case .externalIDTooLong(let bytes, let limit):
      self = Failure(
        .init(
          en: "An id is too long: \(bytes) bytes, at most \(limit).",
          de: "Eine Kennung ist zu lang: \(bytes) Byte, höchstens \(limit)."), .data)
    case .file(let error): self = Failure(file: error)
    }
  }
}

extension FileError.Action {
  /// What was being done, in German.
  fileprivate var german: String {
    switch self {
    case .open: "beim Öffnen"
    case .read: "beim Lesen"
    case .write: "beim Schreiben"
    case .sync: "beim Sichern auf den Datenträger"
    case .createFolder: "beim Anlegen des Ordners"
    case .rename: "beim Umbenennen"
    case .remove: "beim Entfernen"
    case .status: "beim Ansehen"
    case .list: "beim Lesen des Ordners"
    case .start: "beim Starten"
    }
  }
}
