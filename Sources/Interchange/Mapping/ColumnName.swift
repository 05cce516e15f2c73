/// The names under which a mapping looks for one column, the best first.
struct ColumnName: Sendable, Hashable {
  let names: [String]
  /// Whether a file may be without the column; then it states nothing.
  var isOptional = false

  /// The name that messages use.
  var name: String { names.first ?? "" }
}

/// The columns of a file, to be found by name as people write names.
///
/// The exact name wins. Otherwise letters and digits alone are compared, umlauts written out: “PLZ *”,
/// “plz” and a name broken over two lines are found. A name that fits several columns fits none.
struct ColumnNames {
  private var places: [String: Int] = [:]
  /// Nil for a folded name that several columns share.
  private var folded: [String: Int?] = [:]

  init(_ header: [String]) {
    for (place, name) in header.enumerated() where !name.isEmpty {
      if places[name] == nil { places[name] = place }
      let key = Self.folded(name)
      if key.isEmpty { continue }
      folded[key] = folded[key] == nil ? .some(place) : .some(nil)
    }
  }

  /// Where the column stands, counted from 0.
  func place(of column: ColumnName) -> Int? {
    for name in column.names {
      if let place = places[name] { return place }
    }
    for name in column.names {
      if let place = folded[Self.folded(name)] ?? nil { return place }
    }
    return nil
  }

  /// A name without anything but its letters and digits.
  static func folded(_ name: String) -> String {
    var key = ""
    for scalar in name.lowercased().unicodeScalars {
      switch scalar {
      case "ä": key += "ae"
      case "ö": key += "oe"
      case "ü": key += "ue"
      case "ß": key += "ss"
      case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
        key.unicodeScalars.append(scalar)
      default: break
      }
    }
    return key
  }
}
