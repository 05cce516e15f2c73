// expect-error: implicit conversion to 'ReadTransaction?' is consuming
import LMDB

func keep(_ environment: Environment) throws {
  var kept: ReadTransaction?
  try environment.read { transaction in
    kept = transaction
  }
  _ = kept?.id
}
