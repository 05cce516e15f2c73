import LMDB
import TestSupport
import Testing

@Suite("A database")
struct ModelTests {
  private struct Abort: Error {}

  /// Random changes in random transactions, a third of them aborted, against a dictionary.
  ///
  /// The small map makes transactions start over now and then.
  @Test("behaves like a sorted dictionary", arguments: UInt64(1)...12)
  func model(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let store = try TemporaryStore {
      $0.mapSize = 128 << 10
      $0.growthStep = 64 << 10
      $0.durability = .rebuildable
    }
    let environment = store.environment
    let database = try environment.createDatabase("model")
    var model: [[UInt8]: [UInt8]] = [:]

    for step in 0..<60 {
      // A run of the body must not depend on an earlier one: the changes are drawn before.
      let changes = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        Change.random(using: &generator)
      }
      let isAborted = Int.random(in: 0..<3, using: &generator) == 0
      var after = model
      do {
        try environment.write { transaction in
          after = model
          for change in changes {
            let fits = try change.apply(to: &transaction, database)
            let expected = change.apply(to: &after)
            #expect(fits == expected, "seed \(seed), step \(step), \(change)")
          }
          #expect(try transaction.count(database) == after.count, "seed \(seed), step \(step)")
          if isAborted { throw Abort() }
        }
        model = after
      } catch is Abort {
      }
      try compare(environment, database, model, &generator, "seed \(seed), step \(step)")
    }
  }

  private func compare(
    _ environment: Environment, _ database: Database, _ model: [[UInt8]: [UInt8]],
    _ generator: inout SeededGenerator, _ place: Comment
  ) throws {
    let sorted = model.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let probe = Change.randomKey(using: &generator)
    try environment.read { transaction in
      let entries = try contents(of: database, in: transaction)
      #expect(entries.map(\.key) == sorted.map(\.key), place)
      #expect(entries.map(\.value) == sorted.map(\.value), place)
      #expect(try transaction.value(for: probe.span, in: database)?.copied == model[probe], place)
      var cursor = try transaction.cursor(database)
      let found = try cursor.seek(to: probe.span)?.key.copied
      let index = sorted.firstIndex { !$0.key.lexicographicallyPrecedes(probe) }
      #expect(found == index.map { sorted[$0].key }, place)
      let before = try cursor.previous()?.key.copied
      #expect(before == sorted[..<(index ?? sorted.count)].last?.key, place)
    }
  }
}

/// One random change.
private enum Change {
  case put([UInt8], [UInt8])
  case fill([UInt8], Int)
  case insert([UInt8], [UInt8])
  case append([UInt8], [UInt8])
  case delete([UInt8])
  case clear

  static func randomKey(using generator: inout SeededGenerator) -> [UInt8] {
    // Few letters, so that keys meet again.
    (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      UInt8.random(in: 0...3, using: &generator)
    }
  }

  static func random(using generator: inout SeededGenerator) -> Change {
    let key = randomKey(using: &generator)
    let isLarge = Int.random(in: 0..<8, using: &generator) == 0
    let size = Int.random(in: 0...(isLarge ? 9_000 : 60), using: &generator)
    let value = [UInt8](repeating: UInt8.random(in: 0...255, using: &generator), count: size)
    switch Int.random(in: 0..<40, using: &generator) {
    case 0: return .clear
    case 1..<6: return .insert(key, value)
    case 6..<11: return .append(key, value)
    case 11..<21: return .delete(key)
    case 21..<25: return .fill(key, size)
    default: return .put(key, value)
    }
  }

  /// Changes the dictionary; false where the store has to refuse.
  func apply(to model: inout [[UInt8]: [UInt8]]) -> Bool {
    switch self {
    case .put(let key, let value):
      model[key] = value
    case .fill(let key, let size):
      model[key] = [UInt8](repeating: 1, count: size)
    case .insert(let key, let value):
      if model[key] != nil { return false }
      model[key] = value
    case .append(let key, let value):
      if model.keys.contains(where: { !$0.lexicographicallyPrecedes(key) }) { return false }
      model[key] = value
    case .delete(let key):
      return model.removeValue(forKey: key) != nil
    case .clear:
      model = [:]
    }
    return true
  }

  func apply(to transaction: inout WriteTransaction, _ database: Database) throws -> Bool {
    do {
      switch self {
      case .put(let key, let value):
        try transaction.put(key: key.span, value: value.span, in: database)
      case .fill(let key, let size):
        try transaction.put(key: key.span, size: size, in: database) { bytes in
          for index in bytes.indices { bytes[index] = 1 }
        }
      case .insert(let key, let value):
        try transaction.insert(key: key.span, value: value.span, in: database)
      case .append(let key, let value):
        try transaction.append(key: key.span, value: value.span, to: database)
      case .delete(let key):
        return try transaction.delete(key: key.span, in: database)
      case .clear:
        try transaction.clear(database)
      }
      return true
    } catch LMDBError.keyExists {
      return false
    }
  }
}
