// expect-error: cannot pass function of type
import LMDB

func pause() async {}

func hold(_ environment: Environment) async throws {
  try await environment.writeAsync { transaction in
    await pause()
  }
}
