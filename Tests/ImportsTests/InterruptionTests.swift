import EventLog
import Files
import Glibc
import Imports
import Interchange
import Journey
import Synchronization
import Testing

/// A small file system in memory, which only root can mount.
final class SmallDisk {
  let folder: TemporaryFolder

  init(megabytes: Int) throws {
    folder = try TemporaryFolder()
    let options = "size=\(megabytes)m"
    let code = unsafe options.withCString { options in
      unsafe mount("tmpfs", folder.path, "tmpfs", 0, options)
    }
    guard code == 0 else { throw CannotMount() }
  }

  struct CannotMount: Error {}

  deinit { unsafe umount2(folder.path, CInt(MNT_DETACH)) }

  static let isPossible: Bool = {
    guard geteuid() == 0 else { return false }
    return (try? SmallDisk(megabytes: 1)) != nil
  }()
}

@Suite("An interrupted import")
struct InterruptionTests {
  static let persons = 300
  let people =
    "id,entry,group,until\n"
    + (0..<persons).map { "p\($0),2024-01-\($0 % 28 + 10 > 28 ? 28 : $0 % 28 + 10),g,2024-12\n" }
    .joined()
  let events =
    "id,event,on,kind,spell\n"
    + (0..<persons).map {
      "p\($0),EmploymentStarted,2024-03-01,SVP,1\np\($0),EmploymentEnded,2024-0\($0 % 6 + 4),SVP,1\n"
    }.joined()
  var files: [(String, String)] { [("people.csv", people), ("events.csv", events)] }

  @Test("is completed by the next run, wherever it was stopped", arguments: [0, 1, 2, 5, 7, 9])
  func stopped(after batches: Int) throws {
    let plain = try TemporaryStore()
    var options = ImportOptions()
    options.batchSize = 200
    #expect(try plain.run(twoFiles, files, options).outcome == .stored)

    let store = try TemporaryStore()
    let asked = Mutex(0)
    var stopping = options
    stopping.shouldStop = {
      asked.withLock { count in
        count += 1
        // The first time nothing is begun.
        return count > batches + 1
      }
    }
    #expect(try store.run(twoFiles, files, stopping).outcome == .interrupted)
    #expect(try ImportRun.list(store.log).map(\.isFinished) == [false])
    let size = try store.log.size()
    #expect(size < (try plain.log.size()))

    let resumed = try store.run(twoFiles, files, options)
    #expect(resumed.outcome == .stored && resumed.isResumed)
    #expect(resumed.rows.resumed > 0 && resumed.rows.reconcile)
    #expect(try store.log.size() == plain.log.size())
    #expect(try store.digest() == plain.digest())
    let batch = try #require(try ImportRun.list(store.log).first)
    #expect(try batch.isFinished && batch.events == ImportRun.list(plain.log).first?.events)
  }

  /// Options with which an import stops when it asks for the n-th time whether to.
  private func stopping(at question: Int) -> ImportOptions {
    let asked = Mutex(0)
    var options = ImportOptions()
    options.batchSize = 200
    options.shouldStop = {
      asked.withLock { count in
        count += 1
        return count >= question
      }
    }
    return options
  }

  @Test("before anything is stored leaves nothing behind")
  func stoppedAtOnce() throws {
    let store = try TemporaryStore()
    let report = try store.run(twoFiles, files, stopping(at: 1))
    #expect(report.outcome == .interrupted && report.durable.events == 0)
    #expect(try store.log.size() == 0)
  }

  @Test("says what all runs together have stored")
  func durableOfAllRuns() throws {
    let store = try TemporaryStore()
    let first = try store.run(twoFiles, files, stopping(at: 3))
    let second = try store.run(twoFiles, files, stopping(at: 5))
    #expect(first.outcome == .interrupted && second.outcome == .interrupted)
    #expect(second.durable.events > first.durable.events)
    // And the two events that begin the import.
    #expect(try store.log.size() == UInt64(second.durable.events) + 2)
  }

  @Test("is no forecast when the forecast was stopped")
  func stoppedForecast() throws {
    let store = try TemporaryStore()
    var options = stopping(at: 3)
    options.isDryRun = true
    #expect(try store.run(twoFiles, files, options).outcome == .interrupted)
    #expect(try store.log.size() == 0)
  }

  @Test("is not taken for one that came in before when the comparison with it was stopped")
  func stoppedComparison() throws {
    let store = try TemporaryStore()
    let faulty = [files[0], (files[1].0, events + "p1,EmploymentStarted,2024-31-31,SVP,9\n")]
    var options = ImportOptions()
    options.batchSize = 200
    options.skipsErrors = true
    #expect(try store.run(twoFiles, faulty, options).outcome == .stored)
    guard case .alreadyImported = try store.run(twoFiles, faulty, options).outcome else {
      Issue.record("the files bring nothing new")
      return
    }
    var stopped = stopping(at: 2)
    stopped.skipsErrors = true
    #expect(try store.run(twoFiles, faulty, stopped).outcome == .interrupted)
  }

  @Test(
    "on a full disk keeps whole batches, says how far it got, and completes afterwards",
    .enabled(if: SmallDisk.isPossible, "only root can mount a small tmpfs"))
  func diskFull() throws {
    let plain = try TemporaryStore()
    var options = ImportOptions()
    options.batchSize = 100
    #expect(try plain.run(twoFiles, files, options).outcome == .stored)

    let disk = try SmallDisk(megabytes: 8)
    let store = try TemporaryStore(in: disk.folder.path)
    let ballast = "\(disk.folder.path)/ballast"
    try fill(ballast, leaving: 300_000, on: disk)
    do {
      _ = try store.run(twoFiles, files, options)
      Issue.record("the import fitted on a full disk")
    } catch let error as ImportError {
      #expect(error.isDiskFull, "\(error)")
      guard case .interrupted(_, let durable) = error else { return }
      #expect(durable.rows < durable.totalRows && durable.totalRows == 900)
      // Whole batches: the log holds what was said to be durable, and the two events that begin
      // the import.
      #expect(try store.log.size() == UInt64(durable.events) + 2)
      #expect(error.message.de.contains("\(durable.rows) von 900 Zeilen"))
    }
    #expect(unsafe unlink(ballast) == 0)
    let resumed = try store.run(twoFiles, files, options)
    #expect(resumed.outcome == .stored)
    #expect(try store.digest() == plain.digest())
  }

  /// Fills the disk with a file until only so many bytes are free.
  private func fill(_ path: String, leaving: Int, on disk: SmallDisk) throws {
    let file = try File(path, .createNew)
    let block = [UInt8](repeating: 1, count: 65_536)
    var at = 0
    while true {
      var info = statvfs()
      unsafe statvfs(disk.folder.path, &info)
      if Int(info.f_bavail) * Int(info.f_frsize) < leaving { return }
      try file.write(block.span, at: at)
      at += block.count
    }
  }
}
