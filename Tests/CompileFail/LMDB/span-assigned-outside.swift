// expect-error: lifetime-dependent variable 'kept' escapes its scope
import LMDB

func leak(_ environment: Environment, _ log: Database) throws -> Int {
  var kept = Span<UInt8>()
  try environment.read { transaction in
    if let value = try transaction.value(for: UInt64(1), in: log) { kept = value }
  }
  return kept.count
}
