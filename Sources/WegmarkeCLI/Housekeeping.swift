import EventLog
import Files
import Journey
import Presentation
import Upkeep

/// Disk space before, and while, something is stored.
enum Housekeeping {
  /// The watermarks: `WEGMARKE_DISK_WARN` and `WEGMARKE_DISK_STOP`, else the default.
  static func watermarks() throws(Failure) -> DiskWatermarks {
    var marks = DiskWatermarks()
    if let mark = try mark("WEGMARKE_DISK_WARN") { marks.warning = mark }
    if let mark = try mark("WEGMARKE_DISK_STOP") { marks.stop = mark }
    return marks
  }

  /// The bytes to keep back: `WEGMARKE_BALLAST`, else what an erasure of this store needs, at least
  /// 64 MB.
  static func ballastBytes(of log: EventLog?) throws(Failure) -> Int {
    if case .bytes(let bytes)? = try mark("WEGMARKE_BALLAST") { return Int(clamping: bytes) }
    let needed = (try? log?.bytesToErase()) ?? 0
    return max(Ballast.leastBytes, needed + slack)
  }

  /// What is free besides when something has to be possible.
  static let slack = 1 << 20

  private static func mark(_ name: String) throws(Failure) -> DiskWatermarks.Mark? {
    guard let text = Console.environment[name], !text.isEmpty else { return nil }
    guard let mark = DiskWatermarks.Mark(text) else {
      throw Failure(
        .init(en: "\(name)=\(text) is no amount.", de: "\(name)=\(text) ist keine Menge."),
        advice: .init(
          en: "Write 20%, 500MB or 2GB; 0 switches it off.",
          de: "Bitte 20%, 500MB oder 2GB schreiben; 0 schaltet es ab."), .usage)
    }
    return mark
  }

  /// Whether a disk is so full that nothing new may be taken in.
  static func isFull(_ store: String, _ marks: DiskWatermarks) -> Bool {
    guard let space = try? DiskSpace(at: store) else { return false }
    return marks.verdict(space) == .full
  }

  /// Refuses to take anything in on a disk that is nearly full.
  static func refuseFullDisk(_ store: String) throws {
    if isFull(store, try watermarks()) { throw Failure(nearlyFull: store) }
  }

  /// Makes the ballast again where there is room; what cannot be made now is made next time.
  static func renewBallast(of log: EventLog) throws(Failure) {
    let bytes = try ballastBytes(of: log)
    _ = try? Ballast(store: log.path).renew(bytes: bytes, watermarks: watermarks())
  }
}

extension Failure {
  init(nearlyFull store: String) {
    let space = try? DiskSpace(at: store)
    let free = BackupPage.bytes(space?.free ?? 0)
    let stop = BackupPage.bytes(
      (try? Housekeeping.watermarks().stop)?.bytes(of: space ?? .init(total: 0, free: 0)) ?? 0)
    self = Failure(
      .init(
        en:
          "The disk is nearly full: \(free.en) free, \(stop.en) needed to take in more (\(store)).",
        de: "Der Datenträger ist fast voll: \(free.de) frei, zum Aufnehmen nötig sind \(stop.de)"
          + " (\(store))."),
      advice: .init(
        en: "Nothing was stored that is not whole. Make room and run it again; asking and erasing"
          + " go on, and backing up to another disk.",
        de: "Gespeichertes ist vollständig. Bitte Platz schaffen und wiederholen; Fragen und"
          + " Löschen gehen weiter, auch Sichern auf einen anderen Datenträger."), .io)
  }
}

extension StoreOptions {
  /// Opens the log for taking something in: refused while the disk is nearly full.
  func openForIngest() throws -> EventLog {
    try Housekeeping.refuseFullDisk(path)
    return try openForWriting()
  }

  /// Opens the log for what has to be possible on a full disk too: erasing and signing.
  ///
  /// What was kept back for this is given away where it is needed; the next writing makes it again.
  func openForEssentialWriting(_ console: Console) throws -> EventLog {
    // Opened, asked and closed, without keys: an erasure may have been interrupted.
    let count = (try? LogImage(folder: "\(path)/log").participantCount()) ?? 0
    let needed = 200 * UInt64(count) + UInt64(2 * Housekeeping.slack)
    if Folder.exists(path), try Ballast(store: path).spend(ifFreeBelow: needed) {
      console.warn(
        .init(
          en: "The disk is full: the space kept back for this is used now. Make room soon.",
          de: "Der Datenträger ist voll: Die Rücklage dafür wird jetzt gebraucht. Bitte bald Platz"
            + " schaffen."))
    }
    return try EventLog(
      store: path, access: .write(waitingAtMost: .seconds(wait)), rootKey: rootKey)
  }
}
