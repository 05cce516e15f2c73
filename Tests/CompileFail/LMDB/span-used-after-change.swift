// expect-error: overlapping accesses to 'transaction'
import LMDB

func stale(_ environment: Environment, _ log: Database) throws -> Int {
  try environment.write { transaction in
    let value = try transaction.value(for: UInt64(1), in: log)
    try transaction.put(key: UInt64(1), value: [2].span, in: log)
    return value?.count ?? 0
  }
}
