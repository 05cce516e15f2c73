public import Keyring
import Synchronization

/// Opens batches of records on the machine's cores, keeping keys between batches.
///
/// Participants are dealt out to the threads in blocks of refs, so that each thread has its own
/// keys and none waits for another.
public final class RecordOpener: Sendable {
  private final class Lane: Sendable {
    let cache: Mutex<KeyCache>
    init(_ keyring: Keyring) { cache = Mutex(KeyCache(keyring, blockSize: RecordOpener.block)) }
  }

  private static let block: UInt32 = 256
  private let lanes: [Lane]

  /// Creates an opener with two threads.
  public init(_ keyring: Keyring) {
    lanes = [Lane(keyring), Lane(keyring)]
  }

  /// Opens records; the result is in the order given.
  ///
  /// - Throws: `LogError` for the first record that does not open.
  public func open(_ records: [StoredRecord]) throws -> [ReadEvent] {
    let count = UInt32(lanes.count)
    let opened = try concurrentMap(lanes.count) { index in
      try lanes[index].cache.withLock { cache in
        var opened: [ReadEvent] = []
        for record in records
        where record.header.stream.ref / RecordOpener.block % count == UInt32(index) {
          opened.append(try cache.open(record))
        }
        return opened
      }
    }
    var next = [Int](repeating: 0, count: lanes.count)
    return records.map { record in
      let lane = Int(record.header.stream.ref / RecordOpener.block % count)
      defer { next[lane] += 1 }
      return opened[lane][next[lane]]
    }
  }
}
