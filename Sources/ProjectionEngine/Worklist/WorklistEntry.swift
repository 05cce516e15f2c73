import EventLog
public import Journey
import LMDB

/// One thing to do, about whom, and whose it is.
public struct WorklistEntry: Sendable, Equatable {
  /// The participant whose code stays.
  public let participant: ParticipantRef
  /// What is to be done.
  public let item: WorklistItem
  /// Who advises the person, as recorded last.
  public let advisor: String?
  /// The sub-project in charge.
  public let subproject: String?
  /// The network.
  public let network: String?
}

/// Whose worklist is asked for: each part that is given must hold.
public struct WorklistFilter: Sendable {
  /// Who advises.
  public var advisor: String?
  /// The sub-project in charge.
  public var subproject: String?
  /// The network.
  public var network: String?

  /// Names what must hold; nil for anything.
  public init(advisor: String? = nil, subproject: String? = nil, network: String? = nil) {
    self.advisor = advisor
    self.subproject = subproject
    self.network = network
  }

  /// The names of the attributes that can be asked for, and that entries name.
  static let names: Set<String> = [
    Fields.advisor.name, Fields.subproject.name, Fields.network.name,
  ]

  /// What must hold, by the names of the attributes.
  var attributes: [String: String] {
    let all = [
      (Fields.advisor.name, advisor), (Fields.subproject.name, subproject),
      (Fields.network.name, network),
    ]
    return Dictionary(
      uniqueKeysWithValues: all.compactMap { name, value in value.map { (name, $0) } })
  }
}

/// Takes people out of blocks and asks the worklist about them.
struct WorklistFold {
  private var worklist: Worklist
  private let catalogue: AttributeCatalogue
  private let columns: [Int?]
  private let wanted: WantedValues
  private let restricted: Set<UInt32>
  private(set) var entries: [WorklistEntry] = []

  init(
    _ worklist: Worklist, _ catalogue: AttributeCatalogue, _ filter: WorklistFilter,
    restricted: Set<UInt32>
  ) {
    self.worklist = worklist
    self.catalogue = catalogue
    self.restricted = restricted
    columns = [Fields.advisor, Fields.subproject, Fields.network].map {
      catalogue.number(of: $0.name)
    }
    wanted = WantedValues(filter.attributes, catalogue)
  }

  mutating func add(_ block: EffectiveBlock) {
    if wanted.isNobodys { return }
    for index in 0..<block.count where block.isKnown(index) || block.isLeftOut(index) {
      let ref = block.firstRef + UInt32(index)
      if restricted.contains(ref) || !wanted.fit(block, index) { continue }
      let range = Int(block.starts[index])..<Int(block.starts[index + 1])
      let items = worklist.items(
        milestones: block.milestones[range], details: block.details[range])
      if items.isEmpty { continue }
      let names = columns.map { column in
        column.flatMap { catalogue.value(block.value(of: $0, participant: index), of: $0) }
      }
      for item in items {
        entries.append(
          WorklistEntry(
            participant: ParticipantRef(ref), item: item, advisor: names[0],
            subproject: names[1], network: names[2]))
      }
    }
  }
}

extension JourneysView {
  /// What is to be done about everybody, in one pass on both cores; what is due first at the front.
  ///
  /// Call `refresh` first. Who is restricted (article 18 GDPR) is not in it, whatever was known then.
  ///
  /// - Parameters:
  ///   - worklist: The tasks and the day.
  ///   - size: The state of knowledge; nil for everything the view covers.
  public func entries(
    of worklist: Worklist, size: UInt64? = nil, where filter: WorklistFilter = WorklistFilter()
  ) throws(ViewError) -> [WorklistEntry] {
    do {
      let restricted = try restrictedParticipants(size: size)
      let (halves, _) = try scan(
        size: size, reading: .details, attributes: WorklistFilter.names, having: filter.attributes
      ) { catalogue, next in
        var fold = WorklistFold(worklist, catalogue, filter, restricted: restricted)
        while let block = try next() { fold.add(block) }
        return fold.entries
      }
      return halves.flatMap { $0 }.inOrder
    } catch { throw ViewError(wrapping: error) }
  }

  /// Everybody who is one person with somebody restricted, then or now.
  private func restrictedParticipants(size: UInt64?) throws -> Set<UInt32> {
    guard let view = try current() else { throw ViewError.damaged }
    return try view.environment.read { transaction in
      let marks = try view.marks(transaction)
      let restricted = marks.restricted
      if restricted.isEmpty { return [] }
      let merges = try view.merges(transaction)
      var all = restricted
      for size in [size ?? .max, .max] {
        let groups = merges.groups(size: size)
        for ref in restricted {
          all.formUnion(groups.person(of: ParticipantRef(ref)).map(\.number))
        }
      }
      return all
    }
  }
}

extension Worklist {
  /// What is to be done about one person; reads no view.
  public func entries(
    of person: PersonStreams, size: UInt64 = .max,
    where filter: WorklistFilter = WorklistFilter()
  ) -> [WorklistEntry] {
    let (block, catalogue) = EffectiveBlock.person(person, size: size)
    var fold = WorklistFold(self, catalogue, filter, restricted: [])
    fold.add(block)
    return fold.entries
  }
}

extension [WorklistEntry] {
  /// What is due first at the front; on one day in the order of the tasks, then of the participants.
  public var inOrder: [WorklistEntry] {
    sorted {
      ($0.item.due, $0.item.task, $0.participant.number)
        < ($1.item.due, $1.item.task, $1.participant.number)
    }
  }
}
