import EventLog
import Files
import Journey
import Keyring
import LMDB
import Upkeep

extension EventLog {
  /// Writes down that a command is about to show data of people; throws when it must show nothing.
  func noteReading(
    by command: String, of subject: AccessEntry.Subject, groups: [FieldGroup]
  ) throws(LogError) {
    let entry = AccessEntry(
      user: Secrecy.userName, role: keyring.role, command: command, groups: groups,
      subject: subject)
    do throws(LogError) { try recordAccess(entry) } catch {
      // A full disk must not keep people from their data: an entry is small, and room for it is kept.
      guard error.isDiskFull, (try? Ballast(store: path).spend(part: Housekeeping.slack)) == true
      else { throw error }
      try recordAccess(entry)
    }
  }

  /// The field groups of events that opened.
  static func groups(opened events: [ReadEvent]) -> [FieldGroup] {
    let groups = Set(events.filter { $0.event != nil }.map(\.header.group))
    return groups.filter { $0 != .clear }.sorted { $0.rawValue < $1.rawValue }
  }
}

extension Failure {
  /// Words for a reading that could not be written down, and so did not happen.
  init(unrecorded error: LogError) {
    let reason = Failure(log: error)
    let isRefused =
      switch error {
      case .store(let error): error.isRefusal
      case .file(let error): error.isRefusal
      default: false
      }
    self = Failure(
      .init(
        en: "Nothing is shown: that it was read could not be written down. \(reason.message.en)",
        de: "Nichts wird gezeigt: Dass gelesen wurde, ließ sich nicht aufschreiben."
          + " \(reason.message.de)"),
      advice: .init(
        en: "Every reading of people's data leaves an entry in STORE/access; make that folder"
          + " writable, or free some space.",
        de: "Jedes Lesen von Personendaten hinterlässt einen Eintrag in BESTAND/access; bitte den"
          + " Ordner beschreibbar machen oder Platz schaffen."),
      isRefused ? .noPermission : reason.exitCode == .tryAgain ? .tryAgain : .io)
  }
}

extension LMDBError {
  /// Whether the file system lets this user not write.
  fileprivate var isRefusal: Bool {
    switch self {
    case .accessDenied, .readOnly: true
    default: false
    }
  }
}
