import Files
import Glibc
import Journey
import LMDB
import TestSupport
import Testing
import Upkeep

@testable import EventLog

@Suite("Beside a writer that never pauses")
struct LoadTests {
  @Test("backups are whole, and each restores to what the log was then")
  func backups() throws {
    let backups = try Backups()
    try backups.grow(20)
    let log = try backups.store.log
    let isDone = Flag()
    let writer = OtherThread.start {
      while !isDone.isRaised { try log.append(.oneMore) }
    }
    var sizes: [UInt64] = []
    var full: [String] = []
    for round in 0..<8 {
      let before = try log.size()
      // Every round after at least one more commit.
      while try log.size() == before { usleep(200) }
      let report = try backups.backup(full: round % 4 == 0)
      sizes.append(report.series.state.size)
      if round % 4 == 0 { full.append(report.series.folder) }
      #expect(report.made == (round % 4 == 0 ? .full : .increment))
      #expect(report.series.state.size > before)
    }
    isDone.raise()
    try writer.finish()
    #expect(sizes == sizes.sorted() && Set(sizes).count == 8)
    for (index, size) in sizes.enumerated() {
      let series = try BackupSeries(folder: full[index / 4], increments: index % 4)
      let report = try Restore(series).drill()
      #expect(report.state.size == size)
      #expect(try report.state.root == log.root(size: size))
    }
    #expect(try log.verify(deep: true).isIntact)
  }

  @Test("the file stays bounded when readers come and go, and grows only under one that stays")
  func growth() throws {
    let folder = try Folder.temporary("wegmarke-test")
    defer { try? Folder.remove(folder) }
    var options = EnvironmentOptions.creating
    options.durability = .rebuildable
    let environment = try Environment(path: "\(folder)/env", options: options)
    let table = try environment.createDatabase("t")
    /// Overwrites the same megabyte again and again.
    func churn(_ rounds: Int) throws {
      for round in 0..<rounds {
        try environment.write { transaction in
          for key in UInt64(0)..<100 {
            let value = [UInt8](repeating: UInt8(round & 0xFF), count: 10_000)
            try transaction.put(key: key, value: value.span, in: table)
          }
        }
      }
    }
    try churn(20)
    let live = try environment.information().usedBytes
    let isDone = Flag()
    let leased = OtherThread.start {
      // Leases: every read ends before the next begins.
      while !isDone.isRaised {
        try environment.read { transaction in
          let count = try transaction.count(table)
          #expect(count == 100)
        }
      }
    }
    try churn(150)
    isDone.raise()
    try leased.finish()
    let bounded = try environment.information().usedBytes
    // A lease may keep the pages of the commits that happen during it; not those of all 150.
    #expect(bounded < live + 40_000_000, "\(live) → \(bounded)")
    let holds = Flag()
    let mayEnd = Flag()
    let pinned = OtherThread.start {
      try environment.read { _ in
        holds.raise()
        while !mayEnd.isRaised { usleep(500) }
      }
    }
    while !holds.isRaised { usleep(500) }
    try churn(100)
    let during = try environment.information()
    mayEnd.raise()
    try pinned.finish()
    #expect(during.usedBytes > bounded + 60_000_000, "\(bounded) → \(during.usedBytes)")
    #expect(during.oldestReaderLag == 100 && during.oldestReaderProcess == getpid())
    try churn(50)
    #expect(try environment.information().usedBytes <= during.usedBytes + 5_000_000)
  }
}
