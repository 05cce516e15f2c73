import EventLog
import Journey

extension Timeline {
  /// The journey without what names somebody, for showing it to others.
  ///
  /// Every text, from an employer to the words of a reason, becomes a number in brackets; the same
  /// text has the same number throughout, and another one in the next report. Codes, amounts and days
  /// stay: a journey with all its days may still be recognised by who knows it. Of field groups that
  /// are sealed apart (identity, health, …), and of the year of birth, nothing is left.
  public func redacted() -> Timeline {
    var copy = self
    var texts = TextNumbers()
    for index in copy.entries.indices {
      copy.entries[index].event = texts.redacted(copy.entries[index].event)
      for place in copy.entries[index].changes.indices {
        var change = copy.entries[index].changes[place]
        change.before = texts.redacted(change.before)
        change.after = change.after.map { texts.redacted($0) }
        change.author = change.author.map { texts.number(of: $0) }
        change.reason = change.reason.map { texts.number(of: $0) }
        copy.entries[index].changes[place] = change
      }
    }
    return copy
  }
}

/// Numbers that stand for texts.
private struct TextNumbers {
  private var numbers: [String: Int] = [:]

  /// What stands for a text: `[3]`.
  mutating func number(of text: String) -> String {
    let number = numbers[text] ?? numbers.count + 1
    numbers[text] = number
    return "[\(number)]"
  }

  mutating func redacted(_ event: JourneyEvent) -> JourneyEvent {
    guard event.type.schema.group == .record else {
      return JourneyEvent(event.type, on: event.occurredOn)
    }
    var entries: [FieldSet.Entry] = []
    for entry in event.fields.entries where entry.tag != Fields.birthYear.tag {
      guard case .text(let text) = entry.value else {
        entries.append(entry)
        continue
      }
      entries.append(.init(tag: entry.tag, value: .text(number(of: text))))
    }
    return JourneyEvent(event.type, on: event.occurredOn, FieldSet(entries))
  }
}
