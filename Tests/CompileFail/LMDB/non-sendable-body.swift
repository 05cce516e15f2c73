// expect-error: non-Sendable
import LMDB

final class Counter { var value = 0 }

func count(_ environment: Environment, _ counter: Counter) async throws {
  try await environment.writeAsync { _ in counter.value += 1 }
}
