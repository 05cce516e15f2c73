// expect-error: lifetime-dependent variable 'kept' escapes its scope
import LMDB

final class Box { var count = 0 }

func leak(_ environment: Environment, _ log: Database) throws -> Int {
  var kept: Entry?
  try environment.read { transaction in
    var cursor = try transaction.cursor(log)
    kept = try cursor.next()
  }
  return kept?.key.count ?? 0
}
