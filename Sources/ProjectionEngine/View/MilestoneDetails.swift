import EventLog
import Journey

/// What is stated about a milestone beyond what its eight bytes hold, packed into twelve more.
///
/// Bits, from the bottom: order of telling (8), weight of the evidence (2), then by kind of milestone
/// what `JourneyEvent.milestoneDetails` puts there. Zero everywhere means that nothing more is stated.
public struct MilestoneDetails: Hashable, Sendable {
  /// The packed statements.
  public internal(set) var bits: UInt64
  /// A fingerprint of the employer or, for entries and exits, of the operation, for what was skipped
  /// of the task; 0 when not stated.
  ///
  /// Equal texts have equal fingerprints, so it says whether two are the same without a catalogue
  /// that would have to be told in the same order. Different texts of one person share one with a
  /// chance of one in four thousand million, and never when they have the same length of four bytes
  /// or less (it is their CRC-32C). Precondition of use: within one person.
  public let name: UInt32

  /// Nothing more is stated.
  public static let none = MilestoneDetails(bits: 0, name: 0)

  init(bits: UInt64, name: UInt32) {
    self.bits = bits
    self.name = name
  }

  /// The fingerprint of a text; see `name`.
  static func fingerprint(_ text: String) -> UInt32 {
    let bytes = Array(text.utf8)
    return max(CRC32C.checksum(bytes.span), 1)
  }

  /// Whether nothing more is stated.
  public var isEmpty: Bool { bits == 0 && name == 0 }

  /// The place among the person's statements about work and status, in the order of recording.
  ///
  /// From 1; 0 for statements that are not ordered. The 255th stands for all after it.
  public var order: Int { Int(bits & 0xFF) }

  /// The statements without the order in which they were told.
  var content: MilestoneDetails { MilestoneDetails(bits: bits & ~0xFF, name: name) }

  func told(_ order: Int) -> MilestoneDetails {
    MilestoneDetails(bits: bits & ~0xFF | UInt64(min(order, 255)), name: name)
  }
}

extension MilestoneDetails: Comparable {
  /// By what is stated, then by the order of telling: so that equal content lies the same in every
  /// store that was told it.
  public static func < (left: MilestoneDetails, right: MilestoneDetails) -> Bool {
    (left.bits >> 8, left.name, left.bits) < (right.bits >> 8, right.name, right.bits)
  }
}

/// How much a statement weighs against another one that contradicts it.
public enum EvidenceWeight: UInt8, Sendable, Comparable {
  /// Not stated what it rests on.
  case unstated = 0
  /// The person's own word.
  case own = 1
  /// An employer, an office, a register.
  case thirdParty = 2
  /// A document.
  case document = 3

  /// By weight.
  public static func < (left: EvidenceWeight, right: EvidenceWeight) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension MilestoneDetails {
  /// A place for one statement in the packed bits.
  struct Place: Sendable {
    let shift: Int
    let width: Int
    var largest: UInt64 { 1 << UInt64(width) - 1 }
  }

  enum Places {
    static let evidence = Place(shift: 8, width: 2)
    // Placements and their changes. Numbers are stored one larger, so that 0 means not stated.
    static let weeklyHours = Place(shift: 10, width: 15)
    static let grossMonthly = Place(shift: 25, width: 24)
    static let contract = Place(shift: 49, width: 2)
    static let temporaryAgency = Place(shift: 51, width: 2)
    static let subsidised = Place(shift: 53, width: 2)
    static let mediated = Place(shift: 55, width: 2)
    static let skill = Place(shift: 57, width: 3)
    static let promotion = Place(shift: 60, width: 2)
    // Ends of placements.
    static let endReason = Place(shift: 10, width: 8)
    static let trainingResult = Place(shift: 18, width: 3)
    // Entry profiles and reports of labour status.
    static let employmentStatus = Place(shift: 10, width: 4)
    static let employmentDetail = Place(shift: 14, width: 5)
    static let inEducation = Place(shift: 19, width: 2)
    // Answers.
    static let employed = Place(shift: 10, width: 2)
    static let education = Place(shift: 12, width: 2)
    static let jobSearch = Place(shift: 14, width: 2)
    static let qualification = Place(shift: 16, width: 2)
    static let improvement = Place(shift: 18, width: 2)
    static let inSample = Place(shift: 20, width: 2)
    static let clock = Place(shift: 22, width: 2)
    static let result = Place(shift: 24, width: 4)
    static let kind = Place(shift: 28, width: 3)
    static let day = Place(shift: 31, width: 18)
    static let precision = Place(shift: 49, width: 2)
  }

  subscript(place: Place) -> UInt64 {
    get { bits >> UInt64(place.shift) & place.largest }
    set {
      bits &= ~(place.largest << UInt64(place.shift))
      bits |= min(newValue, place.largest) << UInt64(place.shift)
    }
  }

  // MARK: Reading

  func code<Value: CodeList>(_ place: Place) -> Value? {
    let number = self[place]
    return number == 0 ? nil : Value(rawValue: UInt8(truncatingIfNeeded: number))
  }

  func flag(_ place: Place) -> Bool? {
    switch self[place] {
    case 1: true
    case 2: false
    default: nil
    }
  }

  func number(_ place: Place) -> Int64? {
    let number = self[place]
    return number == 0 ? nil : Int64(number) - 1
  }

  /// A day that is stated, as precisely as it is.
  var statedDate: CivilDate? {
    number(Places.day).map {
      CivilDate(
        Day.earliest + Int32($0),
        Precision(rawValue: UInt8(self[Places.precision])) ?? .day)
    }
  }

  /// How much the statement weighs.
  public var evidence: EvidenceWeight {
    EvidenceWeight(rawValue: UInt8(self[Places.evidence])) ?? .unstated
  }
}
