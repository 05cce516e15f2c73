import Files
import Keyring
import LMDB

/// What stands between keys and the log's orders to destroy keys.
struct KeyState {
  /// Orders that these keys have not followed.
  var behind: [ErasureOrder] = []
  /// Orders that were begun and have no end in the log.
  var open: [ErasureOrder] = []

  var isSettled: Bool { behind.isEmpty && open.isEmpty }

  /// Erasures that the log holds as done and that keys from an older copy do not know.
  var reapplied: Int { behind.count { $0.state == .completed } }

  /// - Throws: `LogError.erasureUnfinished` or `.keysBehind`, unless all is settled.
  func refuseUnsettled() throws(LogError) {
    if !open.isEmpty { throw .erasureUnfinished(open.count) }
    if !behind.isEmpty { throw .keysBehind(behind.count) }
  }
}

extension LogImage {
  /// Every order to destroy keys that the log holds, in its order.
  func erasureOrders() throws(LogError) -> [ErasureOrder] {
    do {
      guard let table = try erasures() else { return [] }
      return try reading { transaction in
        var orders: [ErasureOrder] = []
        var cursor = try transaction.cursor(table)
        while let entry = try cursor.next() {
          let (key, value) = (entry.key.copied(), entry.value.copied())
          guard key.first == 1 else { break }
          guard let order = ErasureOrder(key: key, value: value) else {
            throw LogError.truncated(path: tables.path, what: EventLog.erasureTable)
          }
          orders.append(order)
        }
        return orders
      }
    } catch { throw LogError(wrapping: error) }
  }

  /// Compares keys with the log's orders.
  ///
  /// - Parameter watermark: How far the keys have followed; nil for those that never had to.
  /// - Throws: `LogError.keysAhead` when the keys followed a log that went on, or went another way.
  func keyState(of watermark: KeyWatermark?) throws(LogError) -> KeyState {
    let followed = watermark?.size ?? 0
    if let watermark {
      let size = try size()
      _ = try root(size: size)
      guard watermark.size <= size else {
        throw .keysAhead(followed: watermark.size, log: size)
      }
      guard try KeyWatermark(size: watermark.size, root: root(size: watermark.size)) == watermark
      else { throw .keysOfAnotherHistory(followed: watermark.size) }
    }
    var state = KeyState()
    for order in try erasureOrders() where order.state != .refused {
      if order.state == .open { state.open.append(order) }
      guard order.position.number >= followed else { continue }
      // A change of keys that these keys took no part in counts, too: they are what it was to end.
      state.behind.append(order)
    }
    return state
  }
}
