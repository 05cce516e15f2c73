import EventLog
import Files
import Journey
import Presentation
import ProjectionEngine
import Synchronization

/// A progress line that a `Sendable` callback can reach.
final class ProgressBox: Sendable {
  private let line: Mutex<Line>

  // The line belongs to the lock from here on; nothing else keeps it.
  private struct Line: @unchecked Sendable { let line: ProgressLine? }

  init(_ line: sending ProgressLine?) { self.line = Mutex(Line(line: line)) }

  func update(_ done: Int) { line.withLock { $0.line?.update(done: done) } }
  func finish() { line.withLock { $0.line?.finish() } }
}

extension Console {
  /// The journeys, brought up to the end of the log, with progress when it takes long.
  ///
  /// On a full disk they are laid out in memory for this one question, which so is answered.
  func refreshedView(of log: EventLog) throws -> JourneysView {
    do { return try viewOnDisk(of: log) } catch let full as ViewError where full.isDiskFull {
      guard let folder = try Folder.inMemory("wegmarke-view") else { throw full }
      note(
        .init(
          en: "The disk is full, so the journeys are laid out in memory, for this answer alone.",
          de: "Der Datenträger ist voll; die Verläufe werden nur für diese Antwort im Speicher"
            + " ausgelegt."))
      // Where memory does not suffice either, the disk is what somebody can make room on.
      do throws(ViewError) { return try JourneysView.transient(of: log, in: folder) } catch {
        throw error.isDiskFull ? full : error
      }
    }
  }

  /// The view of the store, brought up to the end of the log.
  func viewOnDisk(of log: EventLog) throws -> JourneysView {
    let view = JourneysView(of: log)
    let line = ProgressBox(
      progress(
        LocalizedText(en: "Reading the log", de: "Lese das Protokoll"), total: Int(try log.size())))
    let watchdog = Mutex(Watchdog(records: try log.size()))
    defer {
      line.finish()
      Watchdog.lift()
    }
    _ = try view.refresh { done, _ in
      line.update(Int(done))
      watchdog.withLock { $0.reached(UInt64(done)) }
    }
    return view
  }
}
