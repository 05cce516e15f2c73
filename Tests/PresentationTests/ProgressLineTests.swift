import Journey
import Presentation
import Testing

@Suite("A progress line")
struct ProgressLineTests {
  /// A clock that is set by hand, and everything that was written.
  final class Bench {
    var now: Duration = .seconds(1000)
    var written: [String] = []

    func line(
      total: Int?, language: Language = .german, isInteractive: Bool = true, width: Int = 80
    ) -> ProgressLine {
      ProgressLine(
        "Einlesen", total: total, language: language,
        style: TerminalStyle(width: isInteractive ? width : nil, isInteractive: isInteractive),
        elapsed: { self.now }, write: { self.written.append($0) })
    }
  }

  @Test("shows nothing for work that ends within a second")
  func short() {
    let bench = Bench()
    let line = bench.line(total: 100)
    bench.now += .milliseconds(999)
    line.update(done: 100)
    line.finish()
    #expect(bench.written.isEmpty)
  }

  @Test("rewrites one line on a terminal and clears it at the end")
  func terminal() {
    let bench = Bench()
    let line = bench.line(total: 250_000)
    bench.now += .seconds(2)
    line.update(done: 50_000)
    bench.now += .milliseconds(50)
    line.update(done: 51_000)  // too soon
    bench.now += .milliseconds(1950)
    line.update(done: 249_999, note: "7 abgewiesen")
    line.finish()
    line.finish()
    bench.now += .seconds(5)
    line.update(done: 250_000)  // after the end
    #expect(
      bench.written == [
        "\rEinlesen  50.000/250.000 (20\u{A0}%) · 25.000/s · noch 0:08\u{1B}[K",
        "\rEinlesen  249.999/250.000 (99\u{A0}%) · 62.500/s · noch 0:01 · 7 abgewiesen\u{1B}[K",
        "\r\u{1B}[K",
      ])
  }

  @Test("writes a plain line every ten seconds where nothing can be rewritten")
  func plain() {
    let bench = Bench()
    let line = bench.line(total: 40_000, language: .english, isInteractive: false)
    for second in 1...25 {
      bench.now += .seconds(1)
      line.update(done: second * 3)
    }
    line.finish()
    #expect(
      bench.written == [
        "Einlesen  30/40,000 (0%) · 3.0/s · 3:42:04 left\n",
        "Einlesen  60/40,000 (0%) · 3.0/s · 3:41:54 left\n",
      ])
  }

  @Test("names count and rate only where the total is unknown")
  func unknownTotal() {
    let bench = Bench()
    let line = bench.line(total: nil)
    bench.now += .seconds(4)
    line.update(done: 5000)
    #expect(bench.written == ["\rEinlesen  5.000 · 1.250/s\u{1B}[K"])
  }

  @Test("claims no rate and no end before anything is done")
  func nothingDone() {
    let bench = Bench()
    let line = bench.line(total: 10)
    bench.now += .seconds(1)
    line.update(done: 0)
    #expect(bench.written == ["\rEinlesen  0/10 (0\u{A0}%)\u{1B}[K"])
  }

  @Test("stays within a narrow terminal")
  func narrow() {
    let bench = Bench()
    let line = bench.line(total: 1000, width: 20)
    bench.now += .seconds(1)
    line.update(done: 500)
    #expect(bench.written == ["\rEinlesen  500/1.00…\u{1B}[K"])
  }

  @Test("clears itself when the work is left early")
  func abandoned() {
    let bench = Bench()
    do {
      let line = bench.line(total: 10)
      bench.now += .seconds(1)
      line.update(done: 1)
    }
    #expect(bench.written.last == "\r\u{1B}[K")
  }
}
