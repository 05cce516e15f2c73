import Statistics

// What the JSON form of a share says of what is not known.

extension ShareAnswer {
  /// Where a comparison tips as the share of yes among a group's unknown rises.
  struct TippingPath: Encodable, Sendable {
    let notLower: Point
    let equal: Point
    let higher: Point

    init(_ path: ComparisonTipping.Path) {
      notLower = Point(path.notLower)
      equal = Point(path.equal)
      higher = Point(path.higher)
    }

    struct Point: Encodable, Sendable {
      /// `always`, `never`, or `from` a share on.
      let holds: String
      @Nullable var share: Double?
      @Nullable var people: Int?

      init(_ tipping: Tipping) {
        switch tipping {
        case .always: holds = "always"
        case .never: holds = "never"
        case .from(let share, let people):
          holds = "from"
          _share = Nullable(wrappedValue: share)
          _people = Nullable(wrappedValue: people)
          return
        }
        _share = Nullable(wrappedValue: nil)
        _people = Nullable(wrappedValue: nil)
      }
    }
  }

  /// A share weighted for response.
  struct Weighted: Encodable, Sendable {
    @Nullable var model: String?
    @Nullable var known: Double?
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    /// The number of people of equal weight that would be as informative.
    @Nullable var effectiveSize: Double?
    @Nullable var largestWeight: Double?

    init(_ weighting: ResponseWeighting) {
      _model = Nullable(wrappedValue: weighting.model?.rawValue)
      _known = Nullable(wrappedValue: weighting.share?.estimate)
      _standardError = Nullable(wrappedValue: weighting.share?.standardError)
      _lower = Nullable(wrappedValue: weighting.limits?.lower)
      _upper = Nullable(wrappedValue: weighting.limits?.upper)
      _effectiveSize = Nullable(wrappedValue: weighting.share?.effectiveSize)
      _largestWeight = Nullable(wrappedValue: weighting.largest)
    }
  }

  /// How many units a month will have.
  struct MonthDocument: Encodable, Sendable {
    let month: String
    let recorded: Int
    @Nullable var expected: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?

    init(_ month: PeriodCount) {
      self.month = month.name
      recorded = month.count.recorded
      _expected = Nullable(wrappedValue: month.count.expected)
      _lower = Nullable(wrappedValue: month.count.limits?.lower)
      _upper = Nullable(wrappedValue: month.count.limits?.upper)
    }
  }

  /// A share corrected for delay.
  struct Nowcast: Encodable, Sendable {
    @Nullable var all: Double?
    @Nullable var allLower: Double?
    @Nullable var allUpper: Double?
    @Nullable var known: Double?
    @Nullable var knownLower: Double?
    @Nullable var knownUpper: Double?
    /// How many earlier units it rests on.
    let earlier: Int

    init(_ nowcast: ShareNowcast) {
      _all = Nullable(wrappedValue: nowcast.all?.estimate)
      _allLower = Nullable(wrappedValue: nowcast.allLimits?.lower)
      _allUpper = Nullable(wrappedValue: nowcast.allLimits?.upper)
      _known = Nullable(wrappedValue: nowcast.known?.estimate)
      _knownLower = Nullable(wrappedValue: nowcast.knownLimits?.lower)
      _knownUpper = Nullable(wrappedValue: nowcast.knownLimits?.upper)
      earlier = nowcast.earlier
    }
  }
}
