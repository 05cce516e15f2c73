// expect-error: does not conform to the 'Sendable' protocol
import LMDB

func send(_ value: borrowing some Sendable & ~Copyable) {}

func share(_ environment: Environment) throws {
  try environment.read { transaction in send(transaction) }
}
