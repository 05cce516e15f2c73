// expect-error: cannot pass function of type
import LMDB

func pause() async {}

func hold(_ environment: Environment) async throws {
  try environment.read { transaction in
    await pause()
  }
}
