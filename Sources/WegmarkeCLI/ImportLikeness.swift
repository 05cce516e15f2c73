import EventLog
import Imports
import Journey
import Keyring
import Recording

/// Finds out during an import who may be there already under another id.
///
/// People are compared with everybody whose name may be read, and with those who came before them in
/// the same files. Without a key for names nobody is compared.
final class ImportLikeness {
  private let log: EventLog
  private let console: Console
  /// Everybody on record, read when the first name is compared: many imports compare none.
  private var index: DuplicateIndex?
  /// What a person should hear.
  typealias Said = (message: LocalizedText, advice: LocalizedText?)

  private var said: [String: Said?] = [:]
  /// The ids of those met in the files, by the number that stands for them.
  private var met: [UInt32: String] = [:]
  /// Whose names were looked at because somebody resembles them.
  private(set) var shown: Set<ParticipantRef> = []

  /// Compares with everybody on record; nil where the keys at hand open no names.
  init?(_ log: EventLog, _ console: Console) {
    do { try log.keyring.require([.group(.identity), .identities]) } catch { return nil }
    self.log = log
    self.console = console
  }

  /// What to say of somebody new; nil where nobody is like them.
  ///
  /// The same whenever it is asked: files may be gone through more than once.
  ///
  /// - Throws: `LogError` when those on record cannot be read.
  func message(_ id: String, _ event: JourneyEvent) throws(LogError) -> Said? {
    if let known = said[id] { return known }
    let found = try compare(id, event)
    said[id] = .some(found)
    return found
  }

  private func compare(_ id: String, _ event: JourneyEvent) throws(LogError) -> Said? {
    guard let name = event[Fields.personName] else { return nil }
    if index == nil { index = DuplicateIndex(try console.duplicateSearch(log)) }
    // Numbers from above: nobody on record has them.
    let number = UInt32.max - UInt32(met.count)
    let identity = KnownIdentity(
      participant: ParticipantRef(number), name: name, birthDate: event[Fields.birthDate],
      postcode: event[Fields.postcode])
    let found = index?.meet(identity)
    met[number] = id
    guard let found else { return nil }
    let reasons = (
      en: found.suggestion.reasons.map { $0.label(.english) }.joined(separator: "; "),
      de: found.suggestion.reasons.map { $0.label(.german) }.joined(separator: "; ")
    )
    let score = found.suggestion.score
    if let other = met[found.other.participant.number] {
      return (
        LocalizedText(
          en: "May be the person with the id “\(other)” (\(score) of 100: \(reasons.en)).",
          de: "Vielleicht die Person mit der Kennung „\(other)“ (\(score) von 100: \(reasons.de))."),
        Self.advice
      )
    }
    shown.insert(found.other.participant)
    let code = (try? log.keyring.identity(of: found.other.participant))?.code.description ?? ""
    return (
      LocalizedText(
        en: "May be \(code), who is there already (\(score) of 100: \(reasons.en)).",
        de: "Vielleicht \(code), schon im Bestand (\(score) von 100: \(reasons.de))."),
      Self.advice
    )
  }

  private static let advice = LocalizedText(
    en: "The row is taken in as a person of its own; the program merges nobody. See: wegmarke"
      + " participants duplicates",
    de: "Die Zeile wird als eigene Person übernommen; das Programm führt niemand zusammen."
      + " Siehe: wegmarke participants duplicates")
}
