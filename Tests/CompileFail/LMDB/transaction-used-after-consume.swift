// expect-error: used after consume
import LMDB

func swallow(_ transaction: consuming ReadTransaction) {}

func twice(_ transaction: consuming ReadTransaction) -> UInt64 {
  swallow(transaction)
  return transaction.id
}
