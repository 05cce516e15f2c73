// expect-error: inaccessible due to 'internal' protection level
import LMDB

func make(_ transaction: borrowing ReadTransaction) -> Int {
  transaction.handle.hashValue
}
