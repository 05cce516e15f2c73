import EventLog
import Files
public import Journey
import LMDB

extension BackupError: ReadableError {
  /// What happened and why; for errors of lower layers in the words for developers.
  public var message: LocalizedText {
    switch self {
    case .noBackup(let path):
      .init(en: "There is no backup in \(path).", de: "In \(path) liegt keine Sicherung.")
    case .noKeyBackup(let path):
      .init(
        en: "There is no backup of keys in \(path).",
        de: "In \(path) liegt keine Sicherung der Schlüssel.")
    case .mediumMissing(let path):
      .init(
        en: "Backups were made into \(path), and none is there now.",
        de: "Nach \(path) wurde schon gesichert, und jetzt liegt dort keine Sicherung.")
    case .notABackup(let path):
      .init(en: "\(path) is no full backup.", de: "\(path) ist keine vollständige Sicherung.")
    case .missing(let path):
      .init(
        en: "A part of the backup is missing: \(path).",
        de: "Ein Teil der Sicherung fehlt: \(path).")
    case .vanished(let path, let count):
      .init(
        en: "The end of the backup is missing (increments: \(count)), beginning with \(path).",
        de: "Das Ende der Sicherung fehlt (Ergänzungen: \(count)), beginnend mit \(path).")
    case .damaged(let path):
      .init(
        en: "A part of the backup is damaged: \(path).",
        de: "Ein Teil der Sicherung ist beschädigt: \(path).")
    case .notNext(let path):
      .init(
        en: "\(path) does not continue the backup in front of it.",
        de: "\(path) setzt die Sicherung davor nicht fort.")
    case .newerVersion(let path):
      .init(
        en: "\(path) was written by a newer program.",
        de: "\(path) hat ein neueres Programm geschrieben.")
    case .otherStore(let path, let found, let expected):
      .init(
        en: "\(path) holds backups of the store \(found), not of \(expected).",
        de: "In \(path) liegen Sicherungen des Bestands \(found), nicht von \(expected).")
    case .otherHistory(let path, let size):
      .init(
        en: "The log does not continue the last backup, made at size \(size): \(path).",
        de: "Das Protokoll setzt die letzte Sicherung (Größe \(size)) nicht fort: \(path).")
    case .notVerified(let path, let findings):
      .init(
        en: "The backup does not hold and was removed (\(path), \(findings) findings).",
        de: "Die Sicherung ist nicht in Ordnung und wurde entfernt (\(path), Befunde:"
          + " \(findings)).")
    case .notRestored(let findings):
      .init(
        en: "What the backup gives does not hold (\(findings) findings); nothing was kept.",
        de: "Was die Sicherung ergibt, ist nicht in Ordnung (Befunde: \(findings)); nichts wurde"
          + " behalten.")
    case .wrongSignature(let path):
      .init(
        en: "The manifest is not signed with the key of the log: \(path).",
        de: "Das Verzeichnis ist nicht mit dem Schlüssel des Protokolls signiert: \(path).")
    case .insideStore(let path):
      .init(
        en: "\(path) lies in the store itself.", de: "\(path) liegt im Bestand selbst.")
    case .keysBesideLog(let path):
      .init(
        en: "\(path) lies beside the backup of the log.",
        de: "\(path) liegt bei der Sicherung des Protokolls.")
    case .rootKeyAmongKeys(let path):
      .init(
        en: "A root key lies among the keys: \(path).",
        de: "Unter den Schlüsseln liegt ein Hauptschlüssel: \(path).")
    case .exists(let path):
      .init(en: "\(path) exists already.", de: "\(path) gibt es schon.")
    case .log(let error): .init(verbatim: "\(error)")
    case .file(let error): .init(verbatim: error.description)
    case .store(let error): .init(verbatim: error.description)
    }
  }

  /// What to do next.
  public var advice: LocalizedText? {
    switch self {
    case .noBackup, .notABackup:
      .init(
        en: "Name the folder that wegmarke log backup was given, or a full-… folder in it.",
        de: "Den Ordner nennen, den wegmarke log backup bekam, oder einen Ordner full-… darin.")
    case .noKeyBackup:
      .init(
        en: "Name a folder keys-…, as wegmarke log backup --with-keys printed it.",
        de: "Einen Ordner keys-… nennen, wie ihn wegmarke log backup --with-keys ausgab.")
    case .mediumMissing:
      .init(
        en: "Connect the medium and run it again. Is it a new one: --full begins anew there.",
        de: "Den Datenträger verbinden und wiederholen. Ist es ein neuer: --full beginnt dort neu.")
    case .missing, .damaged, .notNext:
      .init(
        en: "Fetch it from another copy of the backup, or restore what lies in front of it:"
          + " --increments N. For the next backup: --full",
        de: "Aus einer anderen Kopie holen oder nur wiederherstellen, was davor liegt:"
          + " --increments N. Für die nächste Sicherung: --full")
    case .vanished:
      .init(
        en: "Fetch it from another copy of the backup, or restore what is there: --increments N."
          + " The next wegmarke log backup closes the gap.",
        de: "Aus einer anderen Kopie holen oder wiederherstellen, was da ist: --increments N. Die"
          + " nächste Sicherung (wegmarke log backup) schließt die Lücke.")
    case .newerVersion:
      .init(en: "Update wegmarke.", de: "Bitte wegmarke aktualisieren.")
    case .otherStore, .insideStore:
      .init(en: "Name another folder.", de: "Bitte einen anderen Ordner nennen.")
    case .otherHistory:
      .init(
        en: "The log was restored, cut or changed. Run wegmarke log verify; if this log is the"
          + " right one, begin anew: --full",
        de: "Das Protokoll wurde wiederhergestellt, gekürzt oder verändert. Bitte wegmarke log"
          + " verify; ist es das richtige, neu beginnen: --full")
    case .notVerified:
      .init(
        en: "Run wegmarke log verify --deep; earlier backups were not touched.",
        de: "Bitte wegmarke log verify --deep; frühere Sicherungen sind unberührt.")
    case .notRestored, .wrongSignature:
      .init(
        en: "Take another copy of the backup, or an earlier one.",
        de: "Eine andere Kopie der Sicherung nehmen oder eine frühere.")
    case .keysBesideLog:
      .init(
        en: "Whoever has both needs only the root key. Name a folder on another medium.",
        de: "Wer beides hat, braucht nur noch den Hauptschlüssel. Bitte einen Ordner auf einem"
          + " anderen Datenträger nennen.")
    case .rootKeyAmongKeys:
      .init(
        en: "It must never be in a backup: move it out of the store first.",
        de: "Er darf nie in eine Sicherung: Bitte zuerst aus dem Bestand nehmen.")
    case .exists:
      .init(
        en: "Nothing is ever overwritten; name a place where nothing is.",
        de: "Überschrieben wird nie; bitte einen Ort nennen, an dem nichts ist.")
    case .log, .file, .store: nil
    }
  }
}
