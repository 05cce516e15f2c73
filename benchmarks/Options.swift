/// What the command line asks for.
struct Options: Encodable {
  var participants = 90_000
  var askParticipants = 1_000_000
  var seed = 1
  var runs = 1
  var keep: String?
  var only: [String] = []
  /// The letters of the common questions to ask; empty for all.
  var questions: [String] = []
  var peers = true
  var base: String?
  var date: String?
  var output = "benchmarks/results"
  var python = "python3"
  var plot: String?
  var apt = false
  var appendEvents = 100_000
  var namedPeople = 100_000

  /// What a result keeps: sizes, not places.
  private enum CodingKeys: String, CodingKey {
    case participants, askParticipants, seed, runs, only, questions, peers, appendEvents,
      namedPeople
  }

  static let usage = """
    Usage: make bench ARGS="…"
      --participants N      people of the CSV import; default 90000, about a million events
      --ask-participants N  people of the simulated store that is asked; default 1000000
      --seed N              seed of both; default 1
      --runs N              runs of imports and simulations; default 1 (short ones: at least 3)
      --keep FOLDER         keep the simulated store here and use it again
      --questions a,b       letters of the common questions to ask; default all
      --only A,B            subjects: startup, append, import, names, rebuild,
                            simulate, ask, late, person, worklist, as-of, cold,
                            peers, scaling, compare
      --named-people N      people with names of the subject names; default 100000
      --base PROGRAM        another build of the program, for the subject compare
      --no-peers            measure no peers
      --python PROGRAM      the Python of the peers; default python3
      --append-events N     events of the durable batches; default 100000
      --apt                 install PostgreSQL with apt-get, for the subject append
      --plot FILE           draw the subject scaling into this SVG file
      --date YYYY-MM-DD     date of the result; default today
      --output FOLDER       where the result is stored; default benchmarks/results
    """

  /// Reads the arguments; the message says what is wrong with them.
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      func value() throws -> String {
        guard let value = rest.popFirst() else { throw UsageError("\(option) needs a value.") }
        return value
      }
      func number(_ range: ClosedRange<Int>) throws -> Int {
        let text = try value()
        guard let number = Int(text), range.contains(number) else {
          throw UsageError(
            "\(option) \(text) is not between \(range.lowerBound) and \(range.upperBound).")
        }
        return number
      }
      switch option {
      case "--participants": participants = try number(10...20_000_000)
      case "--ask-participants": askParticipants = try number(10...20_000_000)
      case "--named-people": namedPeople = try number(1000...9_999_999)
      case "--seed": seed = try number(0...Int.max)
      case "--runs": runs = try number(1...100)
      case "--keep": keep = try value()
      case "--questions":
        questions = try value().split(separator: ",").map { String($0) }
        let letters = CommonQuestion.all.map(\.letter)
        if let unknown = questions.first(where: { !letters.contains($0) }) {
          throw UsageError(
            "There is no question \(unknown); there are \(letters.joined(separator: ", ")).")
        }
      case "--only":
        only = try value().split(separator: ",").map { String($0) }
        let names = Benchmarks.subjects.map { $0.name }
        if let unknown = only.first(where: { !names.contains($0) }) {
          throw UsageError(
            "There is no subject \(unknown); there are \(names.joined(separator: ", ")).")
        }
      case "--base": base = try value()
      case "--no-peers": peers = false
      case "--python": python = try value()
      case "--append-events": appendEvents = try number(1000...10_000_000) / 1000 * 1000
      case "--apt": apt = true
      case "--plot": plot = try value()
      case "--date": date = try value()
      case "--output": output = try value()
      case "--help", "-h": throw UsageError("")
      default: throw UsageError("\(option) is no option.")
      }
    }
  }

  /// Something that cannot be asked for; an empty message asks for help.
  struct UsageError: Error {
    let message: String
    init(_ message: String) { self.message = message }
  }
}
