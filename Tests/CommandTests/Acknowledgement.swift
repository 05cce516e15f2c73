import Testing

/// What an import says to be stored for good (`--verbose`): the first and the last position.
struct Acknowledgement: Equatable {
  let first: Int
  let last: Int

  /// The acknowledgements among messages, in the order in which they were given.
  ///
  /// A line that was cut off by a signal is none.
  static func all(in messages: String) throws -> [Acknowledgement] {
    try messages.matches(of: /(?:Stored for good|Sicher gespeichert): #(\d+)(?:–#(\d+))? \(.*\)\n/)
      .map { match in
        let first = try #require(Int(match.output.1))
        return Acknowledgement(first: first, last: match.output.2.flatMap { Int($0) } ?? first)
      }
  }
}
