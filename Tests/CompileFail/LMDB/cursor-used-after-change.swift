// expect-error: overlapping accesses to 'transaction'
import LMDB

func stale(_ environment: Environment, _ log: Database) throws {
  try environment.write { transaction in
    var cursor = try transaction.cursor(log)
    _ = try cursor.first()
    try transaction.delete(key: UInt64(1), in: log)
    _ = try cursor.next()
  }
}
