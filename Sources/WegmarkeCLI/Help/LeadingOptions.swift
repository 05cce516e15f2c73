/// Options of every command that somebody wrote before the command: `wegmarke --lang de due`.
///
/// The parser knows them behind it only, so they are moved there.
enum LeadingOptions {
  private static let flags: Set<String> = ["--quiet", "-q", "--no-pager"]
  private static let options: Set<String> = ["--lang", "--color"]

  /// Whether the next word belongs to this one, among the options of every command.
  static func takesValue(_ word: String) -> Bool { options.contains(word) }

  /// The same command line with these options behind the command.
  static func movedBehind(_ arguments: [String]) -> [String] {
    var end = 0
    while end < arguments.count {
      let word = arguments[end]
      if options.contains(word), end + 1 < arguments.count {
        end += 2
      } else if flags.contains(word) || options.contains(where: { word.hasPrefix("\($0)=") }) {
        end += 1
      } else {
        break
      }
    }
    let rest = arguments[end...]
    // Alone, or before another option, they have no command to stand behind.
    guard let command = rest.first, !command.hasPrefix("-") else { return arguments }
    let stop = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<stop] + arguments[..<end] + rest[stop...])
  }
}
