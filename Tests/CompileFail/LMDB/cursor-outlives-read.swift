// expect-error: requires that 'Cursor' conform to 'Escapable'
import LMDB

func leak(_ environment: Environment, _ log: Database) throws {
  var cursor: Cursor = try environment.read { transaction in
    try transaction.cursor(log)
  }
  _ = try cursor.next()
}
