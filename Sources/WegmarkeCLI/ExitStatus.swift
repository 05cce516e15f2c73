/// How a command ended, as `sysexits.h` numbers it.
enum ExitStatus: Int32 {
  /// A check found problems.
  case problems = 1
  /// The command was used wrongly.
  case usage = 64
  /// The data were refused.
  case data = 65
  /// An input is missing or unreadable.
  case noInput = 66
  /// A mistake of the program.
  case software = 70
  /// A file cannot be created.
  case cannotCreate = 73
  /// The device failed or is full.
  case io = 74
  /// Another program holds the store; try again.
  case tryAgain = 75
  /// A right or a key is missing.
  case noPermission = 77
}
