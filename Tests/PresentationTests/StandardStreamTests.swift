import Glibc
import Journey
import Presentation
import Testing

@Suite("A standard stream")
struct StandardStreamTests {
  @Test("tells why it cannot be written, instead of ending the program")
  func closedStream() async {
    await #expect(processExitsWith: .exitCode(42)) {
      close(StandardStream.output.rawValue)
      do throws(StreamWriteError) {
        try StandardStream.output.write("")
        try StandardStream.output.write("Zeile\n")
      } catch {
        exit(error.code == EBADF && error.stream == .output && !error.isBrokenPipe ? 42 : 1)
      }
    }
  }

  @Test("names the cause to a person")
  func messages() {
    let error = StreamWriteError(stream: .output, code: ENOSPC)
    #expect(
      error.message(.german) == "Die Ausgabe konnte nicht geschrieben werden (Systemfehler 28).")
    #expect(error.advice?(.english) == "The disk is full.")
    #expect(StreamWriteError(stream: .error, code: EPIPE).isBrokenPipe)
  }
}
