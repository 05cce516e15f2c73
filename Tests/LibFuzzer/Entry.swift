// What libFuzzer calls; built by scripts/fuzz.sh together with the targets in Tests/FuzzTests.

import FoundationEssentials

private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["WEGMARKE_FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    preconditionFailure("WEGMARKE_FUZZ_TARGET names no target: \(name)")
  }
  return target
}()

/// Feeds one input; a broken promise ends the process, which is how libFuzzer learns of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  do { try target.feed(input) } catch { preconditionFailure("\(error)") }
  return 0
}
