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
