import ArgumentParser
import EventLog
import Files
import Interchange
import Journey
import Keyring
import ProjectionEngine
import Projections
import Recording

/// What a shell offers when somebody presses the tabulator.
///
/// Codes of people come from the store that the line names, and only codes: neither names nor ids of
/// a source, and nothing where the key asks for a passphrase. What fails offers nothing.
enum Completing {
  /// Codes of participants.
  static let participants = CompletionKind.custom { words, _, prefix in
    people(words, beginning: prefix)
  }
  /// Names of questions.
  static let questions = CompletionKind.list(BuiltInFiles.questions.map(\.name))
  /// Names of mappings.
  static let mappings = CompletionKind.list(BuiltInFiles.mappings.map(\.name))
  /// Names of protection profiles.
  static let profiles = CompletionKind.list(BuiltInFiles.profiles.map(\.name))
  /// Names of the types of events that somebody can record.
  static let types = CompletionKind.list(EventType.statable.map(\.name))
  /// Codes of the tasks of the worklist.
  static let tasks = CompletionKind.custom { _, _, _ in
    (try? WorklistLibrary().tasks.map(\.code)) ?? []
  }
  /// Fields of the type of event that the line names, and the codes of a field.
  static let fields = CompletionKind.custom { words, _, prefix in
    guard let type = words.lazy.compactMap({ EventType(name: $0) }).first else { return [] }
    let fields = type.schema.required + type.schema.optional
    guard let equals = prefix.firstIndex(of: "=") else { return fields.map { "\($0.name)=" } }
    guard let field = fields.first(where: { $0.name == prefix[..<equals] }) else { return [] }
    return switch field.type {
    case .code(let list): list.entries.map { "\(field.name)=\($0.entry.code)" }
    case .boolean: ["\(field.name)=yes", "\(field.name)=no"]
    default: []
    }
  }

  /// How many codes are offered.
  private static let most = 200
  /// How long somebody waits for them.
  private static let patience = Duration.milliseconds(500)

  private static func people(_ words: [String], beginning prefix: String) -> [String] {
    var store = StoreOptions()
    store.store = value(of: "--store", in: words)
    store.keyFile = value(of: "--key-file", in: words)
    let path = store.rootKey.path
    let key = RootKeySource(path: path) { _ throws(KeyringError) in nil }
    guard let log = try? EventLog(store: store.path, access: .read, rootKey: key),
      let count = try? log.participantCount()
    else { return [] }
    let end = ContinuousClock.now + patience
    let keyring = log.keyring
    let refs = keyring.isScoped ? (try? keyring.ownRefs(below: count)) ?? [] : Array(0..<count)
    var codes: [String] = []
    for ref in refs {
      guard codes.count < most, ContinuousClock.now < end else { break }
      guard let code = try? keyring.identity(of: ParticipantRef(ref)).code.description else {
        continue
      }
      if code.hasPrefix(prefix.uppercased()) { codes.append(code) }
    }
    return codes
  }

  private static func value(of option: String, in words: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if word == option, index + 1 < words.count { return words[index + 1] }
      if word.hasPrefix("\(option)=") { return String(word.dropFirst(option.count + 1)) }
    }
    return nil
  }
}
