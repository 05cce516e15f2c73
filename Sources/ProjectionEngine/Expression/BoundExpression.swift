public import Journey

/// An expression with the attributes of one view: ready to be evaluated person by person.
///
/// Evaluation looks nothing up by name and allocates nothing.
public struct BoundExpression: Sendable {
  /// How the values of one attribute are read, by their numbers in the view.
  struct Table: Sendable {
    /// The column; nil when the attribute is stated of nobody.
    var column: Int?
    /// The codes by value number, 0 where a value is no code or says that nothing is known.
    var codes: [UInt8] = []
    /// The whole numbers by value number, nil where a value is none.
    var numbers: [Int32?] = []
    /// The code of values beyond the table: 63 for texts, else 0.
    var otherwise: UInt8 = 0
  }

  let root: QuestionExpression.Root
  let tables: [Table]
  let clock: ClockUnit
  let usesEntry: Bool
  let usesExit: Bool

  private func anchors(_ context: ExpressionContext) -> ExpressionAnchors {
    ExpressionAnchors(
      context.index, context.history.participations, clock, entry: usesEntry, exit: usesExit)
  }

  /// Says whether it holds: yes, no or unknown.
  ///
  /// Where a date is less precise than a day, it is known only when every day of the period gives
  /// the same. An expression that gives no truth is unknown.
  public func truth(in context: ExpressionContext) -> Truth {
    guard case .truth(let node) = root else { return .unknown }
    if let sole = context.sole, sole.clock == clock { return truth(node, context, sole.anchor) }
    let anchors = anchors(context)
    let first = truth(node, context, anchors[0])
    var number: Int32 = 1
    while number < anchors.count, first.isKnown {
      if truth(node, context, anchors[number]) != first { return .unknown }
      number += 1
    }
    return first
  }

  /// The least and the most that a number can be, as far as is known; nil when it is unknown.
  public func bounds(in context: ExpressionContext) -> ClosedRange<Double>? {
    guard case .number(let node) = root else { return nil }
    let anchors = anchors(context)
    guard var bounds = number(node, context, anchors[0]) else { return nil }
    var number: Int32 = 1
    while number < anchors.count {
      guard let more = self.number(node, context, anchors[number]) else { return nil }
      bounds = min(bounds.lowerBound, more.lowerBound)...max(bounds.upperBound, more.upperBound)
      number += 1
    }
    return bounds
  }

  /// The number, when it is known; lengths of time in days.
  public func number(in context: ExpressionContext) -> Double? {
    guard let bounds = bounds(in: context), bounds.lowerBound == bounds.upperBound else {
      return nil
    }
    return bounds.lowerBound
  }

  /// The day, when it is known.
  public func moment(in context: ExpressionContext) -> Day? {
    guard case .moment(let node) = root else { return nil }
    let anchors = anchors(context)
    let first = moment(node, context, anchors[0])
    var number: Int32 = 1
    while number < anchors.count, first != nil {
      if moment(node, context, anchors[number]) != first { return nil }
      number += 1
    }
    return first
  }

  /// The latest day that is looked at; at least the index day.
  ///
  /// Until it has passed, the answer is not due. Nil when it depends on a day that is not known, such
  /// as the exit of somebody who is still there.
  public func lastDay(in context: ExpressionContext) -> Day? {
    let anchors = anchors(context)
    let anchor = anchors[anchors.count - 1]
    var latest = LatestDay(anchor.index)
    switch root {
    case .truth(let node): note(node, context, anchor, &latest)
    case .number(let node): note(node, context, anchor, &latest)
    case .moment(let node): latest.add(moment(node, context, anchor))
    }
    return latest.day
  }
}

extension QuestionExpression {
  /// The expression with the attributes of a view.
  ///
  /// - Throws: `QuestionError.unknownAttribute` when it names an attribute of a mapping that no
  ///   participant has. Fields of the entry profile may be stated of nobody.
  public func bound(to catalogue: AttributeCatalogue) throws(QuestionError) -> BoundExpression {
    var tables: [BoundExpression.Table] = []
    for use in uses {
      let column = catalogue.number(of: use.name)
      if column == nil, !use.isProfile {
        throw .unknownAttribute(use.name, known: catalogue.columns.map(\.name).sorted())
      }
      let values = column.map { catalogue.columns[$0].values } ?? []
      tables.append(use.reading.table(of: values, column: column))
    }
    return BoundExpression(
      root: root, tables: tables, clock: clock, usesEntry: needs.entry, usesExit: needs.exit)
  }
}

extension AttributeUse.Reading {
  fileprivate func table(of values: [String], column: Int?) -> BoundExpression.Table {
    var table = BoundExpression.Table(column: column)
    switch self {
    case .codes(let list):
      table.codes =
        [0]
        + values.map { value in
          list.rawValue(of: value).flatMap { list.unknown.contains($0) ? nil : $0 } ?? 0
        }
    case .answer:
      table.codes =
        [0] + values.map { Answer(code: $0).flatMap { $0 == .unknown ? nil : $0.rawValue } ?? 0 }
    case .number: table.numbers = [nil] + values.map { Int32($0) }
    case .texts(let texts):
      table.otherwise = 63
      table.codes =
        [0] + values.map { value in texts.firstIndex(of: value).map { UInt8($0 + 1) } ?? 63 }
    }
    return table
  }
}

extension BoundExpression {
  /// The code of an attribute at entry; 0 when unknown.
  func code(_ slot: Int, _ context: ExpressionContext) -> UInt8 {
    let table = tables[slot]
    guard let column = table.column else { return 0 }
    let value = Int(context.block.value(of: column, participant: context.person))
    guard value > 0 else { return 0 }
    return value < table.codes.count ? table.codes[value] : table.otherwise
  }

  /// The whole number of an attribute at entry.
  func statedNumber(_ slot: Int, _ context: ExpressionContext) -> Int32? {
    let table = tables[slot]
    guard let column = table.column else { return nil }
    let value = Int(context.block.value(of: column, participant: context.person))
    return value < table.numbers.count ? table.numbers[value] : nil
  }
}

/// The latest of some days; unknown as soon as one of them is.
struct LatestDay {
  private(set) var day: Day?

  init(_ day: Day) { self.day = day }

  mutating func add(_ other: Day?) {
    guard let other, let day else {
      self.day = nil
      return
    }
    self.day = max(day, other)
  }
}
