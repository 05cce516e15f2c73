import Dispatch
import EventLog
import Journey
import Synchronization

/// Work on another thread than that of the test.
enum OtherThread {
  /// Runs work and waits for it.
  static func run(_ work: @escaping @Sendable () throws -> Void) throws {
    try start(work).finish()
  }

  /// Starts work.
  static func start(_ work: @escaping @Sendable () throws -> Void) -> Running {
    let running = Running()
    DispatchQueue.global().async {
      let result = Result { try work() }
      running.result.withLock { $0 = result }
      running.done.signal()
    }
    return running
  }

  /// Work that was started.
  final class Running: Sendable {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Void, any Error>>(.success(()))

    /// Waits for the end, and throws what the work threw.
    func finish() throws {
      done.wait()
      try result.withLock { try $0.get() }
    }
  }
}

/// Something that has happened, or not.
final class Flag: Sendable {
  private let raised = Atomic<Bool>(false)
  var isRaised: Bool { raised.load(ordering: .acquiring) }
  func raise() { raised.store(true, ordering: .releasing) }
}

extension AppendRequest {
  /// A person more, with one event.
  static var oneMore: AppendRequest {
    let day = CivilDate(Day(number: 20_500))
    return AppendRequest(
      [.init(.admitted(0), expecting: .none, [JourneyEvent(.participationEntered, on: day)])],
      admitting: [AppendRequest.Admission(externalID: nil)])
  }
}
