internal import Glibc

/// One piece of work for the writer thread.
@safe final class WriteJob: @unchecked Sendable {
  private var work: (() -> Void)?
  private var completion: (() -> Void)?
  /// Guarded by the thread's monitor.
  var isDone = false

  /// The work runs on the writer thread, the completion on the same thread once the work is gone.
  init(_ work: @escaping () -> Void, completion: (() -> Void)? = nil) {
    self.work = work
    self.completion = completion
  }

  /// Runs the work and lets go of it before returning.
  ///
  /// The caller's closure must be released before the caller is told, because it is only lent.
  @inline(never)
  func perform() {
    guard let work else { return }
    self.work = nil
    work()
  }

  @inline(never)
  func complete() {
    guard let completion else { return }
    self.completion = nil
    completion()
  }
}

/// The one thread that writes to an environment.
///
/// LMDB's writer lock is a mutex that belongs to the thread that took it, and the threads of the
/// concurrency runtime are interchangeable: so every write of an environment runs here, in the
/// order of submission. The thread starts with the first write.
@safe final class WriterThread: @unchecked Sendable {
  private let monitor = Monitor()
  private let path: String
  // Guarded by the monitor.
  private var queue: [WriteJob] = []
  private var next = 0
  private var thread: pthread_t?
  private var stopping = false

  init(path: String) { self.path = path }

  /// Puts a job at the end of the queue.
  func submit(_ job: WriteJob) throws(LMDBError) {
    monitor.lock()
    defer { monitor.unlock() }
    guard !stopping else { throw .closed(path: path) }
    if thread == nil { try start() }
    queue.append(job)
    monitor.wakeAll()
  }

  /// Blocks until a submitted job is done.
  func wait(for job: WriteJob) {
    monitor.lock()
    while !job.isDone { monitor.wait() }
    monitor.unlock()
  }

  /// Refuses new jobs, finishes those in the queue and ends the thread.
  func stop() {
    monitor.lock()
    stopping = true
    let thread = self.thread
    self.thread = nil
    monitor.unlock()
    monitor.wakeAll()
    guard let thread else { return }
    if pthread_equal(thread, pthread_self()) != 0 {
      // The last reference was dropped by a write body: the thread cannot wait for itself.
      pthread_detach(thread)
    } else {
      pthread_join(thread, nil)
    }
  }

  private func start() throws(LMDBError) {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<WriterThread>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    guard code == 0 else {
      unsafe Unmanaged<WriterThread>.fromOpaque(context).release()
      throw .system(operation: "pthread_create", path: path, code: code)
    }
    self.thread = thread
  }

  private func run() {
    while let job = take() {
      job.perform()
      monitor.lock()
      job.isDone = true
      monitor.unlock()
      monitor.wakeAll()
      job.complete()
    }
  }

  private func take() -> WriteJob? {
    monitor.lock()
    defer { monitor.unlock() }
    while next == queue.count {
      if stopping { return nil }
      monitor.wait()
    }
    let job = queue[next]
    next += 1
    // An emptied queue starts over; under constant load it is cut now and then.
    if next == queue.count || next == 1024 {
      queue.removeFirst(next)
      next = 0
    }
    return job
  }
}
