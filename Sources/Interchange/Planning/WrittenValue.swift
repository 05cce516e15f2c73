public import Journey

/// Why a value that a person wrote is not one of its field.
public struct WrittenValueError: ReadableError, Equatable {
  /// What is wrong.
  public let message: LocalizedText
  /// What can be written instead.
  public let advice: LocalizedText?
}

extension FieldDefinition {
  /// The value of a text that somebody wrote for this field on a command line or in a form.
  ///
  /// Codes, yes and no, numbers and dates are understood as in files.
  ///
  /// - Throws: `WrittenValueError` with what was probably meant.
  public func value(written text: String) throws(WrittenValueError) -> FieldValue {
    let bytes = Array(text.utf8)
    do throws(CellProblem) {
      return try CellForm(self).value(of: bytes.span)
    } catch {
      let (message, hint) = error.message(text: text, column: nil)
      let place = LocalizedText(verbatim: "\(name): ")
      throw WrittenValueError(message: place + message, advice: hint)
    }
  }
}

extension EventType {
  /// The types that an office can state about a participant, in a file or by hand.
  public static var statable: [EventType] { mappable }

  /// Whether an office can state the type about a participant.
  public static func isStatable(_ type: EventType) -> Bool { mappable.contains(type) }
}
