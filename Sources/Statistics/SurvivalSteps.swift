/// A survival curve as right-continuous steps, each holding from its time up to the next.
///
/// Whatever has these columns has confidence limits and quantiles.
public protocol SurvivalSteps: Sendable {
  /// The distinct times, rising.
  var times: [Double] { get }
  /// S at each time.
  var survival: [Double] { get }
  /// The standard error of log S at each time; infinite once S is 0.
  var standardErrorOfLog: [Double] { get }
}
