extension Codebook {
  /// What the columns are called in a form: SPSS and Stata do not take every name.
  ///
  /// A name that is a word of their language gets a `_` behind it, one that begins with a digit or `_` a `v` before
  /// it; of a longer one than they take the beginning stays, numbered where two begin alike.
  public func names(in form: Form) -> [String] {
    let limit: Int
    switch form {
    case .sav: limit = 64
    case .dta: limit = 32
    default: return variables.map(\.name)
    }
    var taken: Set<String> = []
    return variables.map { variable in
      var name = variable.name
      if Codebook.reserved.contains(name.uppercased()) { name += "_" }
      if let first = name.first, !first.isLetter { name = "v" + name }
      name = String(name.prefix(limit))
      var number = 2
      while !taken.insert(name).inserted {
        let tail = "_\(number)"
        name = String(variable.name.prefix(limit - tail.count)) + tail
        number += 1
      }
      return name
    }
  }

  /// Words that are no names in SPSS (its Command Syntax Reference, “Variable Names”) or in Stata (`help reswords`).
  private static let reserved: Set<String> = [
    "ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH", "BYTE",
    "DOUBLE", "FLOAT", "IF", "IN", "INT", "LONG", "STRL", "USING",
  ]
}

extension TableVariable {
  /// The numbers that stand for the codes in Stata, which labels nothing but numbers.
  ///
  /// A list whose codes are whole numbers keeps them; of others the place in the list counts, from 1. Lists grow at
  /// their end, so a number keeps its meaning.
  public var numbers: [Int32] {
    let own = codes.compactMap { code in
      Int32(code.code).flatMap { $0 >= 0 && String($0) == code.code ? $0 : nil }
    }
    return own.count == codes.count ? own : codes.indices.map { Int32($0 + 1) }
  }
}
