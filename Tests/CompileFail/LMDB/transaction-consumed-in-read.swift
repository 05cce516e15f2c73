// expect-error: 'transaction' is borrowed and cannot be consumed
import LMDB

func swallow(_ transaction: consuming ReadTransaction) {}

func spend(_ environment: Environment) throws {
  try environment.read { transaction in
    swallow(transaction)
  }
}
