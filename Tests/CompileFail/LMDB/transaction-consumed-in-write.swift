// expect-error: missing reinitialization of inout parameter 'transaction' after consume
import LMDB

func swallow(_ transaction: consuming WriteTransaction) {}

func spend(_ environment: Environment) throws {
  try environment.write { transaction in
    swallow(transaction)
  }
}
