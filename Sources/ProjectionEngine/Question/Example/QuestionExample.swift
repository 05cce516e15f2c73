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
  /// The file that it stands in, as it was named.
  public var file = ""
  /// The line of the table that says what is expected, from 1 on.
  public var line = 0

  /// What a question must give, by its kind.
  public enum Expected: Sendable {
    /// A curve.
    case curve(Curve)
    /// Counts of outcomes, and numbers.
    case shares([Cell], numbers: [Number])
    /// Probabilities of states, and moves between them.
    case states([Occupancy], moves: [Move])
    /// Cells of a cohort table.
    case table([CohortCell])
    /// Shapes of journeys, mean times in states, and rates of moving between them.
    case sequences(shapes: [Shape], times: [MeanTime], rates: [Rate])
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
    /// The weighted share of a yes among the due; nil where the example does not say.
    public var all: Double?
    /// The weighted share of a yes among those heard of; nil where the example does not say.
    public var known: Double?
    /// Its line in the file.
    public var line = 0
  }

  /// What one number of a question must give.
  public struct Number: Sendable, Equatable {
    /// The code of the number.
    public var value: String
    /// How it is summed up.
    public var summary: ValueSummary
    /// The group of the file, where it has any.
    public var group: String?
    /// What must come out; nil where there must be none.
    public var number: Double?
    /// Units with a number, unknown, not due, not asked and perhaps asked; nil where that is not said.
    public var counts: [Int]?
    /// Its line in the file.
    public var line = 0
  }

  /// How likely a state must be at the horizons.
  public struct Occupancy: Sendable, Equatable {
    /// The code of the state.
    public var state: String
    /// The probabilities, by horizon.
    public var shares: [Double]
    /// Its line in the file.
    public var line = 0
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
    /// Its line in the file.
    public var line = 0
  }

  /// What one cell of a cohort table must give.
  public struct CohortCell: Sendable, Equatable {
    /// The cohort; nil for all together.
    public var cohort: String?
    /// The values of the group, as one text.
    public var group: String
    /// The horizon.
    public var horizon: Double
    /// Units of the cohort, how many of them are due, at risk, followed, and of these had the event.
    public var counts: [Int]
    /// The estimate; nil where there must be none.
    public var share: Double?
    /// Its line in the file.
    public var line = 0
  }

  /// What one shape of journeys must give.
  public struct Shape: Sendable, Equatable {
    /// The codes of the states; `unknown` where it is not known.
    public var states: [String]
    /// How many people must have it.
    public var people: Int
    /// The mean number of periods in each state.
    public var periods: [Double]
  }

  /// How many periods people must spend in a state on average.
  public struct MeanTime: Sendable, Equatable {
    /// The code of the state; `unknown` where it is not known.
    public var state: String
    /// The mean number of periods.
    public var mean: Double
    /// Its line in the file.
    public var line = 0
  }

  /// How often people must move from one state to another between two periods.
  public struct Rate: Sendable, Equatable {
    /// The earlier state; `unknown` where it is not known.
    public var from: String
    /// The later state.
    public var to: String
    /// The share of the periods in the earlier state that one in the later follows.
    public var rate: Double
    /// Its line in the file.
    public var line = 0
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
    /// How many belong to each of the file's own groups, where it says so.
    public var groups: [(code: String, counted: Int)] = []
  }
}
