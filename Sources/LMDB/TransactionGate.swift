internal import Glibc

/// Counts the running transactions of this process and holds new ones back while the map moves.
///
/// `mdb_env_set_mapsize` unmaps the file: a reader that still holds a pointer would crash, and LMDB
/// "does not check". So growth and closing wait here until every transaction has ended.
///
/// A thread that is inside a transaction passes a closing gate, because the one that waits for the
/// outer transaction would otherwise wait for it for ever.
@safe final class TransactionGate: @unchecked Sendable {
  private let monitor = Monitor()
  private let depthKey: pthread_key_t
  // Guarded by the monitor.
  private var running = 0
  private var draining = false
  private var refusal: LMDBError?

  init(path: String) throws(LMDBError) {
    var key = pthread_key_t()
    let code = unsafe pthread_key_create(&key, nil)
    guard code == 0 else {
      throw .system(operation: "pthread_key_create", path: path, code: code)
    }
    depthKey = key
  }

  deinit { pthread_key_delete(depthKey) }

  /// The number of transactions that the calling thread is inside of.
  var depth: Int {
    // The pointer-sized slot of the thread holds the number itself.
    unsafe Int(bitPattern: pthread_getspecific(depthKey))
  }

  private func setDepth(_ depth: Int) {
    unsafe pthread_setspecific(depthKey, UnsafeRawPointer(bitPattern: depth))
  }

  /// Lets a transaction of the calling thread begin; waits while the map moves.
  func enter() throws(LMDBError) {
    let depth = self.depth
    monitor.lock()
    while draining && depth == 0 { monitor.wait() }
    if let refusal {
      monitor.unlock()
      throw refusal
    }
    running += 1
    monitor.unlock()
    setDepth(depth + 1)
  }

  /// Notes that a transaction has ended; call it on the thread that entered.
  func leave() {
    setDepth(depth - 1)
    monitor.lock()
    running -= 1
    let isAwaited = draining && running == 0
    monitor.unlock()
    if isAwaited { monitor.wakeAll() }
  }

  /// Runs the body while no transaction of this process runs.
  ///
  /// Throws `transactionsStillRunning` when they do not end in time: nothing is forced.
  func alone(
    within patience: Duration, operation: String, _ body: () throws(LMDBError) -> Void
  ) throws(LMDBError) {
    guard depth == 0 else { throw .insideTransaction(operation: operation) }
    let deadline = Deadline(after: patience)
    monitor.lock()
    defer { monitor.unlock() }
    while draining {
      guard monitor.wait(until: deadline) else { throw .transactionsStillRunning(count: running) }
    }
    if let refusal { throw refusal }
    draining = true
    defer {
      draining = false
      monitor.wakeAll()
    }
    while running > 0 {
      guard monitor.wait(until: deadline) || running == 0 else {
        throw .transactionsStillRunning(count: running)
      }
    }
    try body()
  }

  /// Refuses every later transaction; call it inside ``alone(within:operation:_:)`` only.
  func refuse(with error: LMDBError) { refusal = error }
}
