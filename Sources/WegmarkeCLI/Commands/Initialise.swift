import ArgumentParser
import EventLog
import Journey

/// `wegmarke init`: a new, empty store with its key.
struct Initialise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Creates an empty store and its root key.",
    discussion: """
      EXAMPLES
        wegmarke init --store demo
        wegmarke init --store demo --key-file /media/stick/demo.key
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    try EventLog.create(store: store.path, rootKey: store.rootKey)
    let log = try store.openForReading()
    let key = store.rootKey.path(log.origin)
    try global.console.print(
      LocalizedText(
        en: """
          Created the store \(store.path) (\(log.origin)).
          Its key: \(key)
          Keep a copy of the key apart from the store: nobody can read it without.
          Next: wegmarke import FILE --mapping NAME\(store.option)
          """,
        de: """
          Bestand \(store.path) angelegt (\(log.origin)).
          Sein Schlüssel: \(key)
          Bitte eine Kopie getrennt vom Bestand verwahren: Ohne ihn ist nichts lesbar.
          Weiter: wegmarke import DATEI --mapping NAME\(store.option)
          """)(global.console.language))
  }
}
