import EventLog
import Files
import Journey
import Keyring
import ProjectionEngine
import TestSupport

extension Trial {
  /// Takes one step.
  func take(_ step: Step, using random: inout SeededGenerator) throws {
    switch step.kind {
    case .admit: try tell(admission(using: &random))
    case .append: try tell(append(using: &random))
    case .appendToSeveral: try tell(appendToSeveral(using: &random))
    case .correct, .takeBack:
      try tell(correction(isRetraction: step.kind == .takeBack, using: &random))
    case .merge: if let request = merge(using: &random) { try tell(request) }
    case .unmerge: if let request = unmerge(using: &random) { try tell(request) }
    case .restrict: if let request = restriction(using: &random) { try tell(request) }
    case .importFiles: try importFiles(using: &random)
    case .undoImport: try undoImport(using: &random)
    case .pipeline: try tellInPipeline(using: &random)
    case .staleVersion: try tell(stale(using: &random))
    case .badTarget: try tell(badTarget(using: &random))
    case .badEvent:
      var request = append(using: &random)
      // A network without its code.
      request.parts[0].events.append(JourneyEvent(.networkRegistered, on: .made(2024, 1, 1)))
      try tell(request)
    case .unknownStream:
      let ref = UInt32(naive.people.count) + UInt32.random(in: 0...3, using: &random)
      try tell(
        AppendRequest([
          .init(
            .stream(StreamID(.participant, ref)), expecting: .any, [MadeUp.event(using: &random)])
        ]))
    case .takenID: try tellTakenID(using: &random)
    case .takenCode: try tellTakenCode(using: &random)
    case .injectedTimes:
      var request = append(using: &random)
      request.recordedAt = naive.isSimulated ? [1, 2, 3, 4, 5, 6, 7] : [clock.time]
      try tell(request)
    case .sayAgain: try sayAgain(using: &random)
    case .sayOtherwise: try sayOtherwise(using: &random)
    case .erase: try erase(using: &random)
    case .dropGroup: try dropGroup(using: &random)
    case .rotate: try rotate(using: &random)
    case .refresh: note("\(try unrefreshedView.refresh())")
    case .rebuild: try unrefreshedView.rebuild()
    case .dropViews: try Folder.remove("\(path)/views")
    case .reopen: close()
    case .sign: try sign()
    case .moveClock:
      clock.advance(by: Int64.random(in: -3_600_000_000...200_000_000_000, using: &random))
    }
  }

  // MARK: Requests that should be stored

  func admission(using random: inout SeededGenerator) -> AppendRequest {
    let ids = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      random.chance(15) ? nil : "made:\(random.next() >> 20)"
    }
    let parts = ids.indices.map { index in
      AppendRequest.Part(
        .admitted(index), expecting: .none,
        [MadeUp.entry(using: &random)]
          + MadeUp.events(Int.random(in: 0...3, using: &random), using: &random))
    }
    return furnished(
      AppendRequest(parts, admitting: ids.map { .init(externalID: $0) }), using: &random)
  }

  func append(using random: inout SeededGenerator) -> AppendRequest {
    furnished(
      AppendRequest([part(stream(using: &random), using: &random)]), using: &random)
  }

  private func appendToSeveral(using random: inout SeededGenerator) -> AppendRequest {
    var request = random.chance(30) ? admission(using: &random) : AppendRequest([])
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      request.parts.insert(
        part(stream(using: &random), using: &random),
        at: Int.random(in: 0...request.parts.count, using: &random))
    }
    request.idempotencyKey = nil
    request.recordedAt = nil
    return furnished(request, using: &random)
  }

  private func correction(
    isRetraction: Bool, using random: inout SeededGenerator
  ) -> AppendRequest {
    // A merge is not corrected but reverted.
    let candidates = naive.entries.indices.filter {
      naive.entries[$0].stream.kind == .participant
        && naive.entries[$0].event[Fields.otherParticipant] == nil
        && !naive.erased.contains(naive.entries[$0].stream.ref)
    }
    guard let target = candidates.randomElement(using: &random) else {
      return admission(using: &random)
    }
    let stream = naive.entries[target].stream
    var event =
      isRetraction
      ? JourneyEvent(.eventRetracted, on: MadeUp.date(using: &random))
        .with(Fields.retractionReason, .duplicate)
      : MadeUp.event(using: &random)
    let old = naive.entries[target].event
    // Often the same thing with another day or wording.
    if !isRetraction, random.chance(50), old.type != .eventRetracted,
      old.type.schema.group == .record
    {
      event = old
      event.occurredOn = MadeUp.date(using: &random)
      // What somebody changed is no longer what the import brought.
      event[Fields.batch] = nil
    }
    event[Fields.target] = target
    var part = AppendRequest.Part(.stream(stream), expecting: .any, [event])
    if random.chance(20) {
      // Corrects what stands beside it in the same request.
      var second = MadeUp.event(using: &random)
      second[Fields.target] = naive.entries.count
      part.events.append(second)
    }
    return furnished(AppendRequest([part]), using: &random)
  }

  /// Merges somebody into somebody else, both merged into nobody so far.
  private func merge(using random: inout SeededGenerator) -> AppendRequest? {
    let merges = NaiveMerges(naive)
    let heads = merges.groups(of: naive.recorded()).map { $0[0] }.sorted()
    guard heads.count > 1 else { return nil }
    let from = random.pick(heads)
    let into = random.pick(heads.filter { $0 != from })
    return pair(.participantsMerged, from, .participantTakenIn, into, using: &random)
  }

  private func unmerge(using random: inout SeededGenerator) -> AppendRequest? {
    let open = NaiveMerges(naive).open.filter {
      !naive.erased.contains($0.from) && !naive.erased.contains($0.into)
    }
    guard let (from, into) = open.randomElement(using: &random) else { return nil }
    return pair(.mergeReverted, from, .mergeReverted, into, using: &random)
  }

  /// One event in each of two streams, each naming the other; now and then only one of them.
  private func pair(
    _ first: EventType, _ from: UInt32, _ second: EventType, _ into: UInt32,
    using random: inout SeededGenerator
  ) -> AppendRequest {
    let day = MadeUp.date(using: &random)
    var parts = [(first, from, into), (second, into, from)].map { type, ref, other in
      AppendRequest.Part(
        .stream(StreamID(.participant, ref)), expecting: .any,
        [JourneyEvent(type, on: day).with(Fields.otherParticipant, Int(other))])
    }
    if random.chance(20) { parts.remove(at: random.chance(50) ? 0 : 1) }
    return furnished(AppendRequest(parts), using: &random)
  }

  /// Restricts the processing of somebody's data or lifts that; now and then changes or takes back
  /// what was said of it before.
  private func restriction(using random: inout SeededGenerator) -> AppendRequest? {
    guard let ref = naive.recorded().randomElement(using: &random) else { return nil }
    let stream = StreamID(.participant, ref)
    let isLifting = naive.restriction(of: ref) != nil && !random.chance(10)
    var event = JourneyEvent(
      isLifting ? .restrictionLifted : .processingRestricted, on: MadeUp.date(using: &random))
    if !isLifting { event[Fields.statistics] = random.pick(StatisticsDecision.allCases) }
    let said = naive.positions(of: stream).filter {
      [.processingRestricted, .restrictionLifted].contains(naive.entries[$0].event.type)
    }
    if random.chance(40), let target = said.randomElement(using: &random) {
      if random.chance(60) {
        event = JourneyEvent(.eventRetracted, on: event.occurredOn)
          .with(Fields.retractionReason, .notHappened)
      }
      event[Fields.target] = target
    }
    tally.restrictions += 1
    return AppendRequest([.init(.stream(stream), expecting: .any, [event])])
  }

  private func stream(using random: inout SeededGenerator) -> StreamID {
    if naive.people.isEmpty || random.chance(15) {
      return random.chance(30)
        ? .system : StreamID(.network, UInt32.random(in: 0...2, using: &random))
    }
    return StreamID(.participant, UInt32.random(in: 0..<UInt32(naive.people.count), using: &random))
  }

  private func part(
    _ stream: StreamID, using random: inout SeededGenerator
  ) -> AppendRequest.Part {
    let version = naive.version(of: stream)
    let expected: ExpectedVersion =
      random.chance(50) ? .any : version == 0 && random.chance(50) ? .none : .exact(version)
    // A part without events only asks whether the stream is as expected.
    let count = random.chance(4) ? 0 : Int.random(in: 1...3, using: &random)
    let events =
      stream.kind == .participant
      ? MadeUp.events(count, using: &random)
      : (0..<count).map { _ in MadeUp.networkEvent(using: &random) }
    return AppendRequest.Part(.stream(stream), expecting: expected, events)
  }

  /// Gives a request a key, and times of its own where they are allowed.
  private func furnished(
    _ request: AppendRequest, using random: inout SeededGenerator
  ) -> AppendRequest {
    var request = request
    if random.chance(40) {
      request.idempotencyKey = (0..<Int.random(in: 5...64, using: &random)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
    }
    if naive.isSimulated, random.chance(40) {
      request.recordedAt = request.parts.flatMap(\.events).map { _ in
        clock.time + Int64.random(in: -5_000_000...5_000_000, using: &random)
      }
    }
    return request
  }

  private func tellInPipeline(using random: inout SeededGenerator) throws {
    // Requests are sealed before those in front of them are stored, so they speak of what was
    // stored before; one may be refused, and then those behind it are not tried.
    var requests = (0..<Int.random(in: 2...5, using: &random)).map { _ in
      var request = random.chance(40) ? admission(using: &random) : append(using: &random)
      for index in request.parts.indices { request.parts[index].expected = .any }
      request.recordedAt = nil
      return request
    }
    if random.chance(40), !naive.entries.isEmpty {
      requests[Int.random(in: requests.indices, using: &random)] = stale(using: &random)
    }
    var expected: [NaiveLog.Outcome] = []
    for request in requests {
      if expected.contains(where: { if case .stored = $0 { false } else { true } }) {
        expected.append(.notTried)
      } else {
        expected.append(naive.append(request, at: clock.time))
      }
    }
    let pipeline = AppendPipeline(try log)
    for request in requests { try pipeline.begin(request) }
    for (request, expected) in zip(requests, expected) {
      let outcome = try outcome {
        guard let result = try pipeline.wait() else { throw AppendError.notTried }
        return result
      }
      note("\(outcome)")
      guard outcome == expected else {
        throw Mismatch("outcome in a pipeline", store: outcome, model: expected)
      }
      remember(request, expected)
    }
  }

  // MARK: Requests that should be refused

  private func stale(using random: inout SeededGenerator) -> AppendRequest {
    let known = Set(naive.entries.map(\.stream))
    let stream =
      known.sorted { ($0.kind.rawValue, $0.ref) < ($1.kind.rawValue, $1.ref) }
      .randomElement(using: &random) ?? .system
    let version = naive.version(of: stream)
    let wrong = (0...version + 2).filter { $0 != version }
    var part = part(stream, using: &random)
    part.expected = random.chance(20) && version > 0 ? .none : .exact(random.pick(wrong))
    return AppendRequest([part])
  }

  private func badTarget(using random: inout SeededGenerator) -> AppendRequest {
    guard let ref = naive.recorded().randomElement(using: &random) else {
      return admission(using: &random)
    }
    let stream = StreamID(.participant, ref)
    let foreign = naive.entries.indices.filter { naive.entries[$0].stream != stream }
    let end = naive.entries.count
    let target = random.pick(foreign + [end, end + 1, end + 7, Int.max, -1, Int.min])
    let event = MadeUp.event(using: &random).with(Fields.target, target)
    return AppendRequest([
      .init(.stream(stream), expecting: .any, [event])
    ])
  }

  private func tellTakenID(using random: inout SeededGenerator) throws {
    var request = admission(using: &random)
    let known = naive.people.compactMap(\.self).randomElement(using: &random)
    request.admitted.append(.init(externalID: known ?? "made:twice"))
    if known == nil { request.admitted.append(.init(externalID: "made:twice")) }
    request.parts.append(
      .init(
        .admitted(request.admitted.count - 1), expecting: .none, [MadeUp.entry(using: &random)]))
    request.recordedAt = nil
    try tell(request)
  }

  private func tellTakenCode(using random: inout SeededGenerator) throws {
    let living = naive.people.indices.filter { !naive.erased.contains(UInt32($0)) }
    guard let ref = living.randomElement(using: &random).map({ UInt32($0) }) else { return }
    let code = try log.keyring.identity(of: ParticipantRef(ref)).code
    let request = AppendRequest(
      [.init(.admitted(0), expecting: .none, [MadeUp.entry(using: &random)])],
      admitting: [.init(externalID: nil, code: code)])
    // Codes are random, so the naive log does not know them.
    let outcome = try outcome { try log.append(request) }
    guard outcome == .codeTaken else {
      throw Mismatch("a code given twice", store: outcome, model: NaiveLog.Outcome.codeTaken)
    }
    tally.refused += 1
  }

  // MARK: Requests that were told before

  private func sayAgain(using random: inout SeededGenerator) throws {
    guard var request = said.randomElement(using: &random) else { return }
    // What was expected of the streams is not part of the content.
    if random.chance(50) {
      for index in request.parts.indices { request.parts[index].expected = .exact(99) }
    }
    if random.chance(30) { close() }
    try tell(request)
  }

  private func sayOtherwise(using random: inout SeededGenerator) throws {
    guard var request = said.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: request.parts[0].events.append(MadeUp.networkEvent(using: &random))
    case 1: request.parts.append(request.parts[0])
    default:
      let stranger = StreamID(.network, 77)
      request.parts[request.parts.count - 1].target = .stream(stranger)
    }
    request.recordedAt = nil
    try tell(request)
  }

  private func sign() throws {
    let signed = try log.signCheckpoint()
    if let problem = try log.check(signed) {
      throw Mismatch("a checkpoint just signed", store: problem, model: "holds")
    }
    guard signed.checkpoint.size == UInt64(naive.entries.count) else {
      throw Mismatch(
        "size of a checkpoint", store: signed.checkpoint.size, model: naive.entries.count)
    }
  }
}
