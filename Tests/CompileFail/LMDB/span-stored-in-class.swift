// expect-error: cannot return a ~Escapable result
import LMDB

final class Keeper {
  var bytes: Span<UInt8>?
}

func keep(_ environment: Environment, _ log: Database, in keeper: Keeper) throws {
  try environment.read { transaction in
    keeper.bytes = try transaction.value(for: UInt64(1), in: log)
  }
}
