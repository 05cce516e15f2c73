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

  /// The section of what is to be done; empty where nothing is.
  var openLines: [String] {
    if open.isEmpty { return [] }
    let language = console.language
    let style = console.output
    let words = EventText(language)
    let title = LocalizedText(en: "Open (\(open.count))", de: "Offen (\(open.count))")(language)
    var lines = ["", style.paint(title, .bold)]
    let name = identity?.code.description ?? asked
    for entry in open {
      let left = entry.item.daysLeft(on: knowledge.referenceDay)
      let count = left.magnitude
      let days = LocalizedText(
        en: count == 1 ? "1 day" : "\(count) days", de: count == 1 ? "1 Tag" : "\(count) Tagen")
      let standing: LocalizedText =
        left == 0
        ? .init(en: "due today", de: "heute fällig")
        : left < 0
          ? .init(en: "overdue by \(days.en)", de: "überfällig seit \(days.de)")
          : .init(en: "due in \(days.en)", de: "fällig in \(days.de)")
      let room = max(20, (style.width ?? 100) - 14)
      let text = "\(entry.task.title(entry.item)(language)) – \(standing(language))"
      let look: Look = left < 0 ? .red : .plain
      let date = words.date(entry.item.due).padded(to: 12)
      lines += (date + text.wrapped(to: room).hanging(12)).lines { "  " + style.paint($0, look) }
      // A command is never broken into lines: it is there to be copied.
      lines.append(
        "    " + style.paint("wegmarke due done \(name.withoutControls) \(entry.task.code)", .dim))
    }
    return lines
  }
}
