extension KnowledgeComparison {
  /// The figures of one group.
  public struct Figures: Sendable, Equatable {
    /// Units that count.
    public internal(set) var counted = 0
    /// Ends among them, of curves.
    public internal(set) var events = 0
    /// The curve at the horizons; 1 where nobody counts, carried on behind the last time.
    public internal(set) var survival: [Double] = []
    /// Where events compete, the share to whom each has happened, cause by cause at the horizons; 0 where nobody
    /// counts.
    public internal(set) var incidence: [Double] = []
    /// Of questions of shares one for each row and horizon, row by row.
    public internal(set) var cells: [Cell] = []
    /// Of numbers taken one for each and its summaries; of other kinds of questions their figures.
    ///
    /// `QuestionDefinition.Comparison.numbers` says what each is. 0 among nobody.
    public internal(set) var numbers: [Double] = []
    /// Of how many each of the numbers is; where that is 0 there is none.
    public internal(set) var bases: [Int] = []

    /// What one row gives at one horizon.
    public struct Cell: Sendable, Equatable {
      /// Units of whom it is known that it holds.
      public internal(set) var yes = 0
      /// Units of whom it is known that it does not.
      public internal(set) var no = 0
      /// Units of whom it is not known.
      public internal(set) var unknown = 0
      /// The share of those with a yes among those of whom it is known; 0 where that is nobody.
      public internal(set) var known = 0.0

      var isZero: Bool { self == Cell() }

      static func + (left: Cell, right: Cell) -> Cell {
        Cell(
          yes: left.yes + right.yes, no: left.no + right.no, unknown: left.unknown + right.unknown,
          known: left.known + right.known)
      }

      static func - (left: Cell, right: Cell) -> Cell {
        Cell(
          yes: left.yes - right.yes, no: left.no - right.no, unknown: left.unknown - right.unknown,
          known: left.known - right.known)
      }
    }

    /// Whether nothing moved.
    public var isZero: Bool {
      counted == 0 && events == 0 && (survival + incidence).allSatisfy { $0 == 0 }
        && cells.allSatisfy(\.isZero) && numbers.allSatisfy { $0 == 0 }
    }

    /// The largest move of a share or of the curve, as a size without sign; without any that of another
    /// figure, and without those that of a count.
    public var largestMove: Double {
      let shares = survival + incidence + cells.map(\.known)
      return (shares.isEmpty ? numbers : shares).map { abs($0) }.max() ?? Double(abs(counted))
    }

    static func + (left: Figures, right: Figures) -> Figures {
      Figures(
        counted: left.counted + right.counted, events: left.events + right.events,
        survival: zip(left.survival, right.survival).map { $0 + $1 },
        incidence: zip(left.incidence, right.incidence).map { $0 + $1 },
        cells: zip(left.cells, right.cells).map { $0 + $1 },
        numbers: zip(left.numbers, right.numbers).map { $0 + $1 },
        bases: zip(left.bases, right.bases).map { $0 + $1 })
    }

    static func - (left: Figures, right: Figures) -> Figures {
      Figures(
        counted: left.counted - right.counted, events: left.events - right.events,
        survival: zip(left.survival, right.survival).map { $0 - $1 },
        incidence: zip(left.incidence, right.incidence).map { $0 - $1 },
        cells: zip(left.cells, right.cells).map { $0 - $1 },
        numbers: zip(left.numbers, right.numbers).map { $0 - $1 },
        bases: zip(left.bases, right.bases).map { $0 - $1 })
    }
  }
}
