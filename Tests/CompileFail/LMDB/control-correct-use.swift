// expect-success
// Shows that the snippets beside this one fail for their own reason, not for a wrong setting.
import LMDB

func uses(_ environment: Environment, _ log: Database) async throws -> [UInt8] {
  let value: [UInt8] = [1, 2]
  try await environment.writeAsync { transaction in
    try transaction.append(key: UInt64(1), value: value.span, to: log)
  }
  return try environment.read { transaction in
    var bytes: [UInt8] = []
    if let found = try transaction.value(for: UInt64(1), in: log) {
      for index in found.indices { bytes.append(found[index]) }
    }
    var cursor = try transaction.cursor(log)
    while let entry = try cursor.next() { bytes.append(UInt8(entry.key.count)) }
    return bytes
  }
}
