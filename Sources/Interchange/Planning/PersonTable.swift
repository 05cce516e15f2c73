public import Journey

/// The participants met in an import: their ids, numbered in order of first appearance.
///
/// An open-addressing table over one array of bytes: about 35 bytes a participant with a short id.
public final class PersonTable {
  /// What `ref` holds for a participant of whom it is not known yet whether the store has them.
  public static let unresolved = UInt32.max
  /// What `ref` holds for a participant who is new with this import and not yet stored.
  public static let awaited = UInt32.max - 1

  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  private var slots: [UInt32]
  private var mask: Int
  private var marks: [UInt8] = []
  private var round: UInt8 = 0
  private var entries: [Int32] = []
  private var named: [Bool] = []
  private var refs: [UInt32] = []
  /// What files of one kind have said in this pass; nil where no two files are of one kind.
  private var stated: Set<UInt64>?
  /// What a list of states and another file of the pass may both state.
  private(set) var sharedTypes: Set<EventType> = []

  /// Creates an empty table.
  public init() {
    slots = [UInt32](repeating: 0, count: 1024)
    mask = 1023
  }

  /// How many participants there are.
  public var count: Int { ends.count }

  /// The id of a participant as it stands in the file.
  public func id(of person: Int) -> String {
    String(decoding: bytes[range(of: person)], as: UTF8.self)
  }

  /// The ref of a participant in the store, or `unresolved` or `awaited`.
  public func ref(of person: Int) -> UInt32 { refs[person] }

  /// Notes what is known about a participant's ref.
  public func setRef(of person: Int, _ ref: UInt32) { refs[person] = ref }

  /// Forgets all refs, so that they are looked up again.
  public func forgetRefs() {
    for person in refs.indices { refs[person] = Self.unresolved }
  }

  /// The number of a participant, or nil when the id was not met.
  func find(_ id: Span<UInt8>) -> Int? {
    var slot = Self.hash(id) & mask
    while slots[slot] != 0 {
      let person = Int(slots[slot]) - 1
      if equals(person, id) { return person }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The number of a participant, who is added when the id was not met.
  func insert(_ id: Span<UInt8>) -> Int {
    if let known = find(id) { return known }
    precondition(bytes.count + id.count < Int(UInt32.max), "ids take less than 4 GiB")
    if (ends.count + 1) * 3 > slots.count * 2 { grow() }
    for index in id.indices { bytes.append(id[index]) }
    ends.append(UInt32(bytes.count))
    marks.append(0)
    entries.append(Int32.max)
    named.append(false)
    refs.append(Self.unresolved)
    place(ends.count - 1, Self.hash(id))
    return ends.count - 1
  }

  /// Begins a pass over all files: what they state is not known yet.
  ///
  /// - Parameters:
  ///   - comparing: Whether several files are of one kind, so that one may repeat another.
  ///   - shared: What a list of states and another file may both state.
  public func beginPass(comparing: Bool = false, shared: Set<EventType> = []) {
    sharedTypes = shared
    stated = comparing || !shared.isEmpty ? [] : nil
    for person in entries.indices {
      entries[person] = Int32.max
      named[person] = false
    }
  }

  /// Begins a file: nobody has been seen in it.
  func beginFile() {
    if round == UInt8.max {
      for person in marks.indices { marks[person] = 0 }
      round = 0
    }
    round += 1
  }

  /// Whether the participant's rows of this file have begun.
  func isSeen(_ person: Int) -> Bool { marks[person] == round }
  func markSeen(_ person: Int) { marks[person] = round }

  /// Whether a file that may name participants, or the store, has named this one.
  func isNamed(_ person: Int) -> Bool { named[person] }
  func markNamed(_ person: Int) { named[person] = true }

  /// Whether what the files say is compared.
  var comparesFiles: Bool { stated != nil }
  /// Whether something was said already, by its digest.
  func isStated(_ statement: UInt64) -> Bool { stated?.contains(statement) == true }
  func noteStated(_ statement: UInt64) { stated?.insert(statement) }

  /// The first day of entry that any file stated, or `Int32.max`.
  func entryDay(of person: Int) -> Int32 { entries[person] }
  func noteEntry(of person: Int, on day: Int32) { entries[person] = min(entries[person], day) }

  private func range(of person: Int) -> Range<Int> {
    (person == 0 ? 0 : Int(ends[person - 1]))..<Int(ends[person])
  }

  private func equals(_ person: Int, _ id: Span<UInt8>) -> Bool {
    let range = range(of: person)
    guard range.count == id.count else { return false }
    for offset in id.indices where bytes[range.lowerBound + offset] != id[offset] { return false }
    return true
  }

  private func place(_ person: Int, _ hash: Int) {
    var slot = hash & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(person + 1)
  }

  private func grow() {
    let size = slots.count * 2
    slots = []
    slots = [UInt32](repeating: 0, count: size)
    mask = size - 1
    for person in ends.indices {
      place(person, Self.hash(bytes.span.extracting(range(of: person))))
    }
  }

  private static func hash(_ id: Span<UInt8>) -> Int {
    // FNV-1a, then mixed: ids that count upwards must not fall on neighbouring slots in runs.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in id.indices {
      hash = (hash ^ UInt64(id[index])) &* 0x100_0000_01B3
    }
    hash ^= hash >> 29
    hash = hash &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: hash >> 20)
  }
}
