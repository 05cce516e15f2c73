import Journey
import Keyring
import Presentation
import ProjectionEngine

extension TimelinePage {
  /// What is open, and the command that says it is done.
  struct OpenTask {
    let task: WorklistTask
    let item: WorklistItem
  }

  /// The heading of what is to be done.
  var openTitle: String {
    LocalizedText(en: "Open (\(open.count))", de: "Offen (\(open.count))")(language)
  }

  /// Whether it should have been done before the reference day.
  func isOverdue(_ entry: OpenTask) -> Bool {
    entry.item.daysLeft(on: knowledge.referenceDay) < 0
  }

  /// What is to be done, and how long ago or ahead it is due.
  func standing(_ entry: OpenTask) -> String {
    let left = entry.item.daysLeft(on: knowledge.referenceDay)
    let days = ClockUnit.day.counted(Double(left.magnitude), language)
    let standing: LocalizedText =
      left == 0
      ? .init(en: "due today", de: "heute fällig")
      : left < 0
        ? .init(en: "overdue by \(days)", de: "überfällig seit \(days)")
        : .init(en: "due in \(days)", de: "fällig in \(days)")
    return "\(entry.task.title(entry.item)(language)) – \(standing(language))"
  }

  /// The command that says it is done; nil where nothing may lead to the person.
  func command(_ entry: OpenTask) -> String? {
    if isRedacted { return nil }
    let name = identity?.code.description ?? asked
    return "wegmarke due done \(name.withoutControls) \(entry.task.code)"
  }
}
