public import Journey

/// A person whose key, or whose code and id, does not stand in the store as it should.
public struct SlotProblem: Sendable, Equatable {
  /// How a slot is.
  public enum State: String, Sendable {
    /// It opens.
    case whole
    /// Its key was destroyed.
    case erased
    /// Nothing was ever written there.
    case empty
    /// It holds something that does not open.
    case damaged
  }

  /// The person.
  public let ref: ParticipantRef
  /// The slot of the key.
  public let key: State
  /// The slot of code and id.
  public let identity: State
  /// The public code, where it still opens.
  public let code: ParticipantCode?

  /// Describes somebody's slots.
  public init(
    ref: ParticipantRef, key: State, identity: State, code: ParticipantCode?
  ) {
    self.ref = ref
    self.key = key
    self.identity = identity
    self.code = code
  }

  /// Whether keys can be renewed all the same: nothing of somebody is there, and nothing is lost by it.
  public var isEmpty: Bool { key == .empty && identity == .empty }
}

extension Keyring {
  /// Everybody below a number whose two slots are not both whole, or both erased.
  ///
  /// A renewal of keys cannot carry such a person over, and is told so before it begins.
  ///
  /// - Throws: `KeyringError.closed(.administration)` without the root key, `.file`.
  /// - Complexity: O(people): every slot is opened.
  public func slotProblems(below count: UInt32) throws(KeyringError) -> [SlotProblem] {
    try require([.administration])
    var problems: [SlotProblem] = []
    var names = IdentityKeys(self)
    for start in stride(from: 0, to: count, by: 4096) {
      let refs = start..<min(count, start + 4096)
      let range = Int(refs.lowerBound)..<Int(refs.upperBound)
      let keys = try participantSlots.read(range)
      let identities = try identitySlots.read(range)
      for ref in refs {
        let index = Int(ref - start)
        let found = problem(
          of: ref, keys.slot(index, size: ParticipantSlot.size),
          identities.slot(index, size: IdentitySlot.size), &names)
        if let found { problems.append(found) }
      }
    }
    return problems
  }

  private func problem(
    of ref: UInt32, _ slot: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>,
    _ names: inout IdentityKeys
  ) -> SlotProblem? {
    let key = state(of: slot, ref) { () throws(KeyringError) in _ = try unwrap(slot, ref) }
    var code: ParticipantCode?
    let identity = state(of: name, ref) { () throws(KeyringError) in
      code = try self.identity(in: name, ref, &names).code
    }
    if key == identity, key == .whole || key == .erased { return nil }
    return SlotProblem(ref: ParticipantRef(ref), key: key, identity: identity, code: code)
  }

  private func state(
    of slot: ArraySlice<UInt8>, _ ref: UInt32, _ open: () throws(KeyringError) -> Void
  ) -> SlotProblem.State {
    if slot.allSatisfy({ $0 == 0 }) { return .empty }
    do throws(KeyringError) {
      try open()
      return .whole
    } catch { return error == .erased(ref: ref) ? .erased : .damaged }
  }

  /// Puts back what a copy of this epoch's keys holds of people whose slots are not whole.
  ///
  /// Nothing is written that does not open under the keys in use: a copy of another epoch does not.
  ///
  /// - Returns: Who is whole again.
  /// - Throws: `KeyringError.keysMissing` when the folder holds no slots, `.file`.
  public func mend(
    _ problems: [SlotProblem], from folder: String
  ) throws(KeyringError) -> [ParticipantRef] {
    try require([.administration])
    let keys = try Keyring.participantSlots(folder, create: false)
    let identities = try Keyring.identitySlots(folder, create: false)
    var names = IdentityKeys(self)
    var mended: [ParticipantRef] = []
    for problem in problems {
      let place = Int(problem.ref.number)
      let key = try keys.read(place..<place + 1)
      let identity = try identities.read(place..<place + 1)
      // Both from the copy: an erased slot there says nothing, and is not brought back either.
      guard key.first == 1, identity.first == 1, (try? unwrap(key[...], problem.ref.number)) != nil,
        (try? self.identity(in: identity[...], problem.ref.number, &names)) != nil
      else { continue }
      try participantSlots.write(key, at: place)
      try identitySlots.write(identity, at: place)
      mended.append(problem.ref)
    }
    return mended
  }
}

extension [UInt8] {
  /// The bytes of one slot; fewer at the end of the file.
  func slot(_ index: Int, size: Int) -> ArraySlice<UInt8> {
    let start = Swift.min(index * size, count)
    return self[start..<Swift.min(start + size, count)]
  }
}
