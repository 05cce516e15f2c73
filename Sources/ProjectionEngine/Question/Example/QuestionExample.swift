public import Journey

/// A handful of people worked by hand, with what the question must give for them.
public struct QuestionExample: Sendable {
  /// One person of the example.
  public struct Person: Sendable {
    /// A name for messages.
    public var id: String
    /// What the log is told of the person, in this order.
    public var events: [JourneyEvent]
  }

  /// The people.
  public var people: [Person]
  /// The reference day.
  public var referenceDay: Day
  /// What the question must give.
  public var expected: Expected

  /// What a question must give, by its kind.
  public enum Expected: Sendable {
    /// A curve.
    case curve(Curve)
    /// Counts of outcomes, and numbers.
    case shares([Cell], numbers: [Number])
    /// Probabilities of states, and moves between them.
    case states([Occupancy], moves: [Move])
  }

  /// What one row of a question must give at one horizon.
  public struct Cell: Sendable, Equatable {
    /// The code of the row.
    public var row: String
    /// The horizon; 0 for a `count`.
    public var horizon: Double
    /// The group of the file, where it has any.
    public var group: String?
    /// Units with yes, no, unknown, not due, left out, not asked, and perhaps asked.
    public var counts: [Int]
  }

  /// What one number of a question must give.
  public struct Number: Sendable, Equatable {
    /// The code of the number.
    public var value: String
    /// How it is summed up.
    public var summary: ValueSummary
    /// The group of the file, where it has any.
    public var group: String?
    /// What must come out.
    public var number: Double
  }

  /// How likely a state must be at the horizons.
  public struct Occupancy: Sendable, Equatable {
    /// The code of the state.
    public var state: String
    /// The probabilities, by horizon.
    public var shares: [Double]
  }

  /// How many must have gone from the state of the index day to another one.
  public struct Move: Sendable, Equatable {
    /// The horizon.
    public var horizon: Double
    /// The earlier state; `unknown` where it is not known.
    public var from: String
    /// The later state.
    public var to: String
    /// How many.
    public var people: Int
  }

  /// What a question of kind `time-to-event` must give.
  public struct Curve: Sendable {
    /// How many count.
    public var counted: Int
    /// How many rule B leaves out.
    public var tooLate: Int
    /// The times of the curve.
    public var times: [Double]
    /// The numbers at risk.
    public var atRisk: [Int]
    /// The curve; where events compete, of those to whom nothing happened yet.
    public var survival: [Double]
    /// The cumulative incidence of each event by its name, where several compete.
    public var incidence: [(cause: String, values: [Double])] = []
  }
}
