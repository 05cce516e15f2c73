import EventLog
import Files
import FoundationEssentials
import Journey
import Keyring
import Synchronization
import TestSupport
import Testing

/// Producers append at once while consumers read on from checkpoints of their own.
///
/// `WEGMARKE_ORDERING_EVENTS` sets how many events. That nothing is seen before it would survive a
/// loss of power is looked at by the crash matrix (`FaultTests`), where consumers are in the trace.
@Suite("Consumers beside 16 producers")
struct OrderingTests {
  private static let events =
    ProcessInfo.processInfo.environment["WEGMARKE_ORDERING_EVENTS"].flatMap { Int($0) } ?? 1_000_000
  private static let producers = 16
  private static let inRequest = 1_000

  /// How many records a consumer takes before it notes how far it is: few, many, any number.
  private static let intervals: [ClosedRange<UInt64>] =
    (1...8).map { $0...$0 } + [100...100, 1000...1000, 4096...4096, 1...5000, 1...50]

  struct Run: CustomTestStringConvertible, Sendable {
    let events: Int
    /// Whether those who take short steps leave most out when they are far behind: short steps over
    /// everything cost minutes.
    let skips: Bool
    var testDescription: String { "\(events) events\(skips ? ", short steps near the end" : "")" }
  }

  @Test(
    "see what was committed: all of it, in order, once",
    arguments: [
      Run(events: events, skips: true), Run(events: min(events, 48_000), skips: false),
    ])
  func ordering(run: Run) throws {
    let store = try TemporaryStore(inMemory: true)
    let inAll = Self.producers * Self.inRequest
    let requests = (run.events + inAll - 1) / inAll
    let expected = requests * Self.producers * Self.inRequest
    let committed = Committed()
    let failures = Failures()
    var consumers: [Consumer] = []
    do {
      let log = try store.log
      consumers = Self.intervals.enumerated().map { number, interval in
        Consumer(
          log, interval, skips: run.skips && interval.upperBound < 100, seed: UInt64(number))
      }
      let all = consumers
      onThreads(Self.producers + all.count) { thread in
        do {
          if thread < Self.producers {
            try produce(thread, requests, log, committed)
          } else {
            try all[thread - Self.producers].consume(expected, committed)
          }
        } catch {
          committed.isOver.withLock { $0 = true }
          failures.add("thread \(thread): \(error)")
        }
      }
    }
    #expect(failures.all == [])
    #expect(committed.ranges.withLock { $0.count } == requests * Self.producers)
    // Ranges of commits lie one behind the other without a gap and without an overlap.
    var end: UInt64 = 0
    for range in committed.ranges.withLock({ $0 }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      #expect(range.lowerBound == end)
      end = range.upperBound
    }
    #expect(end == UInt64(expected))
    var seen = 0
    for consumer in consumers {
      let result = consumer.result.withLock { $0 }
      #expect(result.next == UInt64(expected), "interval \(consumer.interval)")
      // Every producer's events in its order, each once.
      #expect(result.isInOrder, "interval \(consumer.interval)")
      if !consumer.skips {
        #expect(result.seen == expected, "interval \(consumer.interval)")
        #expect(
          result.perProducer == Array(repeating: requests * Self.inRequest, count: Self.producers))
      }
      seen += result.seen
    }
    print(
      "ordering: \(expected) events by \(Self.producers) producers, \(consumers.count) consumers,"
        + " \(consumers.count { !$0.skips }) of them saw all, \(seen) records seen")
  }

  /// Appends numbered events to a stream of the producer's own.
  private func produce(
    _ thread: Int, _ requests: Int, _ log: EventLog, _ committed: Committed
  ) throws {
    var random = SeededGenerator(seed: UInt64(thread))
    for number in 0..<requests {
      if committed.isOver.withLock({ $0 }) { return }
      // Some hesitate, so that commits are of one request and of many.
      if random.chance(10) { ShortSleep.microseconds(Int.random(in: 0...3000, using: &random)) }
      let first = number * Self.inRequest
      let result = try log.append(
        AppendRequest([
          .init(
            .stream(StreamID(.network, UInt32(thread))), expecting: .exact(UInt32(first)),
            (first..<first + Self.inRequest).map { _ in .networkRegistered("N") })
        ]))
      let start = result.first.number
      committed.ranges.withLock { $0.append(start..<start + UInt64(result.count)) }
    }
  }
}

/// What producers were told to be committed.
private final class Committed: Sendable {
  let ranges = Mutex<[Range<UInt64>]>([])
  /// Set when a thread failed, so that the others do not wait for ever.
  let isOver = Mutex(false)
}

private final class Failures: Sendable {
  private let texts = Mutex<[String]>([])
  func add(_ text: String) { texts.withLock { $0.append(text) } }
  var all: [String] { texts.withLock { $0 } }
}

/// Reads on from a checkpoint until everything was seen.
private final class Consumer: Sendable {
  struct Result {
    /// The checkpoint: the first position that was not read.
    var next: UInt64 = 0
    var seen = 0
    var perProducer = [Int](repeating: 0, count: 16)
    var isInOrder = true
  }

  let interval: ClosedRange<UInt64>
  /// Whether it leaves most out when far behind.
  let skips: Bool
  let result = Mutex(Result())
  private let log: EventLog
  private let seed: UInt64

  init(_ log: EventLog, _ interval: ClosedRange<UInt64>, skips: Bool, seed: UInt64) {
    self.log = log
    self.interval = interval
    self.skips = skips
    self.seed = seed
  }

  func consume(_ expected: Int, _ committed: Committed) throws {
    var random = SeededGenerator(seed: seed)
    var found = Result()
    var times = Int64.min
    var versions = [UInt32](repeating: 0, count: 16)
    while found.next < UInt64(expected) {
      if committed.isOver.withLock({ $0 }) { break }
      let size = try log.size()
      if size == found.next {
        ShortSleep.microseconds(200)
        continue
      }
      if skips, size - found.next > 3000 {
        found.next = size - 1000
        versions = [UInt32](repeating: .max, count: 16)
      }
      let end = min(size, found.next + UInt64.random(in: interval, using: &random))
      let records = try log.records(found.next..<end)
      // Dense: exactly what was asked for, in order.
      var position = found.next
      for record in records {
        let header = record.header
        let producer = Int(header.stream.ref)
        if header.position.number != position || header.recordedAt < times {
          found.isInOrder = false
        }
        if versions[producer] != .max, header.streamVersion != versions[producer] + 1 {
          found.isInOrder = false
        }
        versions[producer] = header.streamVersion
        times = header.recordedAt
        found.perProducer[producer] += 1
        position += 1
      }
      if position != end { found.isInOrder = false }
      found.seen += records.count
      found.next = end
    }
    let all = found
    result.withLock { $0 = all }
  }
}
