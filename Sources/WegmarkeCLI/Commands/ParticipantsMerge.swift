import ArgumentParser
import EventLog
import Journey
import Presentation
import Recording

extension Participants {
  /// The command `wegmarke participants merge`.
  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Makes two participants one person; no record is moved.",
      discussion: """
        EXAMPLES
          wegmarke participants merge TN-7K4Q2M TN-2XW9PD --reason "same birth date and name"
          wegmarke timeline TN-2XW9PD          # shows the whole person
        """, aliases: ["zusammenfuehren"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var recording: RecordingOptions

    @Argument(help: "The one whose code stays.", completion: Completing.participants) var kept:
      String
    @Argument(help: "The other.", completion: Completing.participants) var absorbed: String
    @Option(help: "Why they are one person.") var reason: String

    func run() throws {
      let log = try recording.open(store)
      let recorder = Recorder(log, by: recording.voice)
      let page = RecordingPage(
        log: log, console: global.console, store: store.option,
        command: "participants merge")
      let (one, two) = (try log.find(kept), try log.find(absorbed))
      let plan = try page.orConflict(about: two) { () throws(RecordingError) in
        try recorder.planMerge(
          keeping: one, absorbing: two, reason: reason, expecting: recording.expect)
      }
      if recording.dryRun { return try page.show(plan, .wouldMerge) }
      let done = try page.orConflict { () throws(RecordingError) in try recorder.store(plan) }
      try page.show(plan, .merged(done))
    }
  }

  /// The command `wegmarke participants unmerge`.
  struct Unmerge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unmerge",
      abstract: "Parts again who was merged; each gets back the own journey.",
      discussion: """
        EXAMPLES
          wegmarke participants unmerge TN-2XW9PD --reason "twins"
        """, aliases: ["trennen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var recording: RecordingOptions

    @Argument(help: "The one who was merged into another.", completion: Completing.participants)
    var participant: String
    @Option(help: "Why they are two persons.") var reason: String

    func run() throws {
      let log = try recording.open(store)
      let recorder = Recorder(log, by: recording.voice)
      let page = RecordingPage(
        log: log, console: global.console, store: store.option,
        command: "participants unmerge")
      let ref = try log.find(participant)
      let plan = try page.orConflict { () throws(RecordingError) in
        try recorder.planUnmerge(ref, reason: reason, expecting: recording.expect)
      }
      if recording.dryRun { return try page.show(plan, .wouldUnmerge) }
      let done = try page.orConflict { () throws(RecordingError) in try recorder.store(plan) }
      try page.show(plan, .unmerged(done))
    }
  }
}
