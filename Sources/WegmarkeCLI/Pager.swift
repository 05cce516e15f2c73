import Files
import Glibc
import Presentation

/// The program that shows pages longer than the terminal.
enum Pager {
  /// Shows a page with the program that `WEGMARKE_PAGER`, then `PAGER` names, else `less`.
  ///
  /// - Returns: Whether it was shown: not where the page fits, nobody can turn it, the variable is
  ///   empty or names `cat`, or the program cannot be run.
  static func show(_ page: String, _ environment: [String: String]) -> Bool {
    guard isatty(STDIN_FILENO) == 1, let height = StandardStream.output.reportedHeight,
      page.utf8.count(where: { $0 == UInt8(ascii: "\n") }) >= height
    else { return false }
    let command = environment["WEGMARKE_PAGER"] ?? environment["PAGER"] ?? "less"
    if command.isEmpty || command == "cat" { return false }
    var environment = environment
    // Ends by itself where all of it fits, lets colours through, leaves the page standing.
    if (environment["LESS"] ?? "").isEmpty { environment["LESS"] = "FIRX" }
    let ending = try? ChildProcess.run(
      "/bin/sh", ["sh", "-c", command], environment: environment, input: Array(page.utf8))
    // The shell's numbers for a program that is not there, or cannot be run.
    return ending.map { $0 != .exit(127) && $0 != .exit(126) } ?? false
  }
}
