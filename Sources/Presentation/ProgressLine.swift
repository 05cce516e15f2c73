public import Journey

/// Tells on standard error how far a long piece of work has come.
///
/// Work that ends within a second shows nothing. On a terminal one line is rewritten at most ten
/// times a second and cleared at the end; elsewhere a plain line follows every ten seconds. Call
/// `update` after each batch, not after each row. A line that cannot be written is not an error.
///
///     let progress = ProgressLine(label, total: rows, language: language, style: errorStyle)
///     for batch in batches { …; progress.update(done: position) }
///     progress.finish()
public final class ProgressLine {
  private let label: String
  private let total: Int?
  private let numbers: NumberStyle
  private let style: TerminalStyle
  private let elapsed: () -> Duration
  private let write: (String) -> Void
  private var nextShow: Duration
  private var isShown = false
  private var isFinished = false

  /// Starts the clock.
  ///
  /// - Parameters:
  ///   - label: What is being done, in the reader's language, such as `Einlesen`.
  ///   - total: How many items there are, where that is known.
  ///   - language: The language of the reader.
  ///   - style: What standard error can do.
  ///   - elapsed: The time since some fixed moment; the default is the system's steady clock.
  ///   - write: Where the line goes; the default is standard error.
  public init(
    _ label: String, total: Int?, language: Language, style: TerminalStyle,
    elapsed: (() -> Duration)? = nil, write: ((String) -> Void)? = nil
  ) {
    let origin = ContinuousClock.now
    let clock = elapsed ?? { origin.duration(to: .now) }
    let start = clock()
    self.label = label.withoutControls
    self.total = total
    self.style = style
    self.elapsed = { clock() - start }
    self.write = write ?? { try? StandardStream.error.write($0) }
    numbers = NumberStyle(language)
    nextShow = style.isInteractive ? .seconds(1) : .seconds(10)
  }

  deinit { finish() }

  /// Notes how many items are done and shows it when it is time.
  ///
  /// - Parameters:
  ///   - done: The items done.
  ///   - share: Which part of the work that is, from 0 to 1, where the number of items is not known.
  ///   - note: What else to say.
  public func update(done: Int, of share: Double? = nil, note: String = "") {
    guard !isFinished else { return }
    let now = elapsed()
    guard now >= nextShow else { return }
    nextShow = now + (style.isInteractive ? .milliseconds(100) : .seconds(10))
    let line = text(done: done, of: share, elapsed: now, note: note.withoutControls)
    if style.isInteractive {
      // One column stays free: some terminals wrap when the last one is written.
      let shown = line.truncated(toColumns: max(1, (style.width ?? 80) - 1))
      write("\r" + shown + "\u{1B}[K")
      isShown = true
    } else {
      write(line + "\n")
    }
  }

  /// Removes the line; later updates show nothing.
  public func finish() {
    if isShown { write("\r\u{1B}[K") }
    isShown = false
    isFinished = true
  }

  private func text(
    done: Int, of share: Double?, elapsed: Duration, note: String
  ) -> String {
    var parts: [String] = []
    var share = share
    if let total, total > 0 {
      parts.append("\(numbers.integer(done))/\(numbers.integer(total))")
      share = Double(done) / Double(total)
    } else {
      parts.append(numbers.integer(done))
    }
    if let share {
      // Rounded down: 100 % means done.
      let whole = total.map { min(done, $0).multipliedReportingOverflow(by: 100) }
      let percent =
        if let whole, let total, total > 0, !whole.overflow {
          Double(whole.partialValue / total) / 100
        } else {
          Double(Int(min(max(share, 0), 1) * 100)) / 100
        }
      parts[0] += " (\(numbers.percent(percent, places: 0)))"
    }
    let seconds = elapsed / .seconds(1)
    let rate = Double(done) / seconds
    if rate > 0, rate.isFinite {
      parts.append("\(numbers.decimal(rate, places: rate < 10 ? 1 : 0))/s")
      if let share, share > 0, share < 1 {
        let left = Self.clock(seconds: (seconds * (1 - share) / share).rounded(.up))
        parts.append(LocalizedText(en: "\(left) left", de: "noch \(left)")(numbers.language))
      }
    }
    if !note.isEmpty { parts.append(note) }
    return label + "  " + parts.joined(separator: " · ")
  }

  /// A time span as `m:ss` or `h:mm:ss`.
  private static func clock(seconds: Double) -> String {
    let whole = Int(min(seconds, 359_999))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
