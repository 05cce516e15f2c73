import Definitions
import Files
import Journey
import ProjectionEngine
import Projections

/// The rules of the worklist: those that come with the program, or a user's own files.
struct WorklistLibrary {
  /// The rule files.
  let rules: [WorklistRules]

  /// The tasks of all files, in their order.
  var tasks: [WorklistTask] { rules.flatMap(\.tasks) }

  /// Reads rules.
  ///
  /// - Parameter paths: Files of the user's own, which take the place of all built-in ones.
  init(_ paths: [String] = []) throws {
    if paths.isEmpty {
      rules = try BuiltInFiles.worklists.map {
        try WorklistFile.read($0.bytes, file: $0.path(in: "worklists"))
      }
    } else {
      rules = try paths.map { try WorklistFile.read(try Folder.contents(of: $0), file: $0) }
    }
    var seen: Set<String> = []
    for task in tasks where !seen.insert(task.code).inserted {
      throw Failure(
        .init(
          en: "Two tasks of the worklist are called “\(task.code)”.",
          de: "Zwei Aufgaben der Wiedervorlage heißen „\(task.code)“."), .data)
    }
  }

  /// The tasks that people named; all when they named none.
  func tasks(named names: [String]) throws -> [WorklistTask] {
    if names.isEmpty { return tasks }
    return try names.flatMap { $0.split(separator: ",") }.map { try task(named: String($0)) }
  }

  /// The task that a person means.
  func task(named name: String) throws -> WorklistTask {
    if let task = tasks.first(where: { $0.code == name.lowercased() }) { return task }
    let codes = tasks.map(\.code)
    throw Failure(
      LocalizedText(
        en: "The worklist knows no task “\(name)”.",
        de: "Eine Aufgabe „\(name)“ kennt die Wiedervorlage nicht.")
        + didYouMean(nearestName(to: name, among: codes)),
      advice: .init(
        en: "Tasks: \(codes.joined(separator: ", ")).",
        de: "Aufgaben: \(codes.joined(separator: ", "))."), .usage)
  }
}

extension WorklistTask {
  /// What is to be done about somebody; of a planned follow-up with its horizon and clock.
  func title(_ item: WorklistItem) -> LocalizedText {
    guard start == .planned else { return title }
    let parts = [item.followUp?.label, item.clock?.label].compactMap(\.self)
    guard let first = parts.first else { return title }
    return parts.dropFirst().reduce(title + LocalizedText(verbatim: ": ") + first) {
      $0 + LocalizedText(verbatim: " ") + $1
    }
  }
}
