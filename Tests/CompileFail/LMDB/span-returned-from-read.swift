// expect-error: requires that 'Span<UInt8>' conform to 'Escapable'
import LMDB

func leak(_ environment: Environment, _ log: Database) throws -> Int {
  let value: Span<UInt8>? = try environment.read { transaction in
    try transaction.value(for: UInt64(1), in: log)
  }
  return value?.count ?? 0
}
