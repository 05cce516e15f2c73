import EventLog
import Journey
import ProjectionEngine
import Recording
import TestSupport
import Testing

@Suite("Merging participants")
struct MergingTests {
  private func people(_ store: TemporaryStore, _ count: Int) throws -> [ParticipantRef] {
    try (0..<count).map {
      try store.admit("p:\($0)", [.at("2024-01-0\($0 + 1)", .counsellingHeld)])
    }
  }

  private func members(_ ref: ParticipantRef, _ store: TemporaryStore) throws -> [UInt32] {
    try PersonStreams(of: ref, in: store.log).members.map(\.number)
  }

  private func problem(_ body: () throws(RecordingError) -> Void) -> String {
    do throws(RecordingError) {
      try body()
      return ""
    } catch { return error.message.en }
  }

  @Test("joins and parts, in chains, and each plan adds one record to either stream")
  func chains() throws {
    try withTemporaryStore { store in
      let refs = try people(store, 4)
      let recorder = Recorder(try store.log, by: .init(author: "anna"))
      func merge(_ kept: Int, _ other: Int) throws {
        let plan = try recorder.planMerge(
          keeping: refs[kept], absorbing: refs[other], reason: "same")
        #expect(plan.count == 2)
        _ = try recorder.store(plan)
      }
      func unmerge(_ one: Int) throws {
        _ = try recorder.store(try recorder.planUnmerge(refs[one], reason: "twins"))
      }
      try merge(1, 2)
      try merge(0, 2)  // 2 stands for 1 and 2: 1 goes into 0
      #expect(try members(refs[2], store) == [0, 1, 2])
      try merge(0, 3)
      #expect(try members(refs[3], store) == [0, 1, 2, 3])
      try unmerge(1)
      #expect(try members(refs[0], store) == [0, 3] && members(refs[2], store) == [1, 2])
      try unmerge(0)  // just one was merged into it
      #expect(try members(refs[0], store) == [0] && members(refs[3], store) == [3])
      try merge(2, 0)  // 2 stands for 1
      #expect(try members(refs[0], store) == [1, 0, 2])
      let (view, log) = (JourneysView(of: try store.log), try store.log)
      try view.refresh()
      let heads = try view.scan { _, next in
        var heads: [UInt32] = []
        while let block = try next() {
          for index in 0..<block.count where block.isKnown(index) {
            heads.append(block.firstRef + UInt32(index))
          }
        }
        return heads
      }.results.flatMap { $0 }.sorted()
      #expect(heads == [1, 3], "the view and the streams say the same")
      #expect(try log.size() == 4 + 2 * 6)
    }
  }

  @Test("is refused with itself, twice, and in a circle, with a message that says so")
  func refusals() throws {
    try withTemporaryStore { store in
      let refs = try people(store, 3)
      let recorder = Recorder(try store.log, by: .init(author: "anna"))
      func merge(_ kept: Int, _ other: Int) -> String {
        problem { () throws(RecordingError) in
          let plan = try recorder.planMerge(
            keeping: refs[kept], absorbing: refs[other], reason: "same")
          _ = try recorder.store(plan)
        }
      }
      #expect(merge(0, 0).contains("with itself"))
      #expect(merge(0, 1).isEmpty)
      #expect(merge(0, 1).contains("one person already"))
      #expect(merge(1, 0).contains("circle"))
      #expect(merge(2, 1).isEmpty)
      #expect(merge(1, 2).contains("circle"), "through the one between them")
      let nobody = problem { () throws(RecordingError) in
        _ = try recorder.planUnmerge(refs[2], reason: "x")
      }
      #expect(nobody.isEmpty, "just one was merged into it")
      #expect(merge(2, 1).contains("one person already"))
      let size = try store.log.size()
      #expect(size == 3 + 4, "what was refused left nothing")
    }
  }

  @Test("at the same time never makes a circle")
  func race() throws {
    try withTemporaryStore { store in
      let refs = try people(store, 3)
      let recorder = Recorder(try store.log, by: .init(author: "anna"))
      let plans = try [(0, 1), (1, 2), (2, 0)].map {
        try recorder.planMerge(keeping: refs[$0.0], absorbing: refs[$0.1], reason: "same")
      }
      var stored = 0
      for plan in plans {
        do throws(RecordingError) {
          _ = try recorder.store(plan)
          stored += 1
        } catch {
          guard case .conflict = error else { throw error }
        }
      }
      #expect(stored == 1, "the others were planned on streams that have changed")
    }
  }
}
