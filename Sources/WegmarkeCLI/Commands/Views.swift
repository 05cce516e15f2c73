import ArgumentParser
import EventLog
import Journey
import Keyring
import Presentation
import ProjectionEngine

/// `wegmarke views`: what is derived from the log.
struct Views: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "views", abstract: "Shows, rebuilds and digests what is derived from the log.",
    discussion: """
      EXAMPLES
        wegmarke views status
        wegmarke views rebuild
      """,
    subcommands: [Status.self, Rebuild.self, Digest.self])

  /// The command `wegmarke views status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "How far the journeys view has read.",
      discussion: """
        EXAMPLES
          wegmarke views status
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let view = JourneysView(of: log)
      let size = try log.size()
      let numbers = NumberStyle(console.language)
      guard let covered = try view.size() else {
        try console.print(
          LocalizedText(
            en: "There is no journeys view yet; the next question makes one.",
            de: "Es gibt noch keine Sicht; die nächste Frage bildet sie.")(console.language))
        return
      }
      try console.print(
        LocalizedText(
          en: """
            The journeys view covers \(numbers.integer(covered)) of \(numbers.integer(size)) records.
            """,
          de: """
            Die Sicht umfasst \(numbers.integer(covered)) von \(numbers.integer(size)) Datensätzen.
            """)(console.language))
    }
  }

  /// The command `wegmarke views rebuild`.
  struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rebuild",
      abstract: "Makes the journeys view anew beside the old one and switches.",
      discussion: """
        EXAMPLES
          wegmarke views rebuild
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let line = ProgressBox(
        console.progress(.init(en: "Rebuilding", de: "Bilde neu"), total: Int(try log.size())))
      let done = try JourneysView(of: log).rebuild { position, _ in line.update(Int(position)) }
      line.finish()
      let count = NumberStyle(console.language).integer(done.size)
      try console.print(
        LocalizedText(
          en: "Made the journeys view anew from \(count) records.",
          de: "Sicht aus \(count) Datensätzen neu gebildet.")(console.language))
    }
  }

  /// The command `wegmarke views digest`.
  struct Digest: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "digest",
      abstract: "The digest of everything the journeys say; equal for stores told the same.",
      discussion: """
        EXAMPLES
          wegmarke views digest
          wegmarke views digest --as-of 2026-06-30
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions

    func run() throws {
      let log = try store.openForReading()
      try log.keyring.require([.identities])
      let view = try global.console.refreshedView(of: log)
      let digest = try view.digest(size: try time.size(in: log))
      try log.noteReading(by: "views digest", of: .everybody, groups: [.record])
      try global.console.print(digest)
    }
  }
}
