import EventLog
public import Journey

/// Where a network works, as programmes break indicators down.
public struct NetworkPlace: Sendable, Equatable {
  /// The region, as in `Nord`.
  public var region: String?
  /// The category of region, as in `TR`.
  public var category: String?

  /// Creates a place.
  public init(region: String?, category: String?) {
    self.region = region
    self.category = category
  }
}

/// An organisation or enterprise that was supported.
public struct SupportedEntity: Sendable, Equatable {
  /// The code of the indicator that counts it.
  public let indicator: String
  /// Its name or number; each counts once for an indicator and network.
  public let name: String
  /// The first day on which it was supported.
  public let since: Day
  /// The network that supported it; nil where nobody says.
  public let network: String?

  /// Creates an entity.
  public init(indicator: String, name: String, since: Day, network: String?) {
    self.indicator = indicator
    self.name = name
    self.since = since
    self.network = network
  }
}

/// What indicators are asked for: a period, groups, and what is known of networks and entities.
public struct IndicatorRequest: Sendable {
  /// The period whose last day all figures refer to.
  public var period: ClosedRange<Day>
  /// Nothing that happened later counts; windows that end later are not due.
  public var referenceDay: Day
  /// What groups are made by beside gender.
  ///
  /// Attributes at entry, `region`, or `category-of-region`.
  public var groupedBy: [String]
  /// The networks by their codes; where it is empty, `region` is an attribute like others.
  public var places: [String: NetworkPlace] = [:]
  /// Whoever else was supported; nil where no file says.
  public var entities: [SupportedEntity]?

  /// Asks for a period.
  public init(period: ClosedRange<Day>, referenceDay: Day, groupedBy: [String]) {
    self.period = period
    self.referenceDay = referenceDay
    self.groupedBy = groupedBy.filter { $0 != Fields.gender.name }
  }

  /// The attributes to ask questions by, gender first, and how groups are made of their values.
  var grouping: IndicatorGrouping { IndicatorGrouping(groupedBy, places) }

  /// The group of an entity: what its network tells, and nothing else.
  func group(of entity: SupportedEntity) -> [String?] {
    groupedBy.map { name in
      switch name {
      case Fields.network.name: entity.network
      case Fields.region.name: entity.network.flatMap { places[$0]?.region }
      case Fields.regionCategory.name: entity.network.flatMap { places[$0]?.category }
      default: nil
      }
    }
  }

  /// What a question of kind `count` is asked with.
  var choices: QuestionDefinition.Choices {
    var choices = QuestionDefinition.Choices(referenceDay: referenceDay)
    choices.groupedBy = grouping.attributes
    choices.window = Day.earliest...max(Day.earliest, period.upperBound)
    return choices
  }
}

/// How groups are made of the values of attributes: worked out once, for many units.
struct IndicatorGrouping {
  /// What makes a group: a value of an attribute, or what is known of its network.
  private enum Part {
    case attribute(place: Int)
    case region(place: Int)
    case category(place: Int)
  }

  /// The attributes to ask questions by, gender first.
  private(set) var attributes = [Fields.gender.name]
  private var parts: [Part] = []
  private let places: [String: NetworkPlace]

  init(_ groupedBy: [String], _ places: [String: NetworkPlace]) {
    self.places = places
    for name in groupedBy {
      switch name {
      case Fields.region.name where !places.isEmpty:
        parts.append(.region(place: place(Fields.network.name)))
      case Fields.regionCategory.name where !places.isEmpty:
        parts.append(.category(place: place(Fields.network.name)))
      default: parts.append(.attribute(place: place(name)))
      }
    }
  }

  private mutating func place(_ name: String) -> Int {
    if let known = attributes.firstIndex(of: name) { return known }
    attributes.append(name)
    return attributes.count - 1
  }

  /// The group of values of the attributes.
  func group(_ values: [String?]) -> [String?] {
    parts.map { part in
      switch part {
      case .attribute(let place): values[place]
      case .region(let place): values[place].flatMap { places[$0]?.region }
      case .category(let place): values[place].flatMap { places[$0]?.category }
      }
    }
  }
}

extension CountedUnit {
  /// The participant, or the one whose code stays of a person who is several.
  public var participant: ParticipantRef { ParticipantRef(UInt32(truncatingIfNeeded: id >> 32)) }

  /// The index day of a unit that is no person.
  var day: Day {
    Day(number: Int32(truncatingIfNeeded: id >> 8 & 0xFF_FFFF) + Day.earliest.number - 1)
  }
}
