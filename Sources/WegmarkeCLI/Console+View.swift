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
  func refreshedView(of log: EventLog) throws -> JourneysView {
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
