import Glibc
public import Journey

/// One of the two streams a command writes to: data or messages.
public enum StandardStream: Int32, Sendable {
  /// Standard output: data.
  case output = 1
  /// Standard error: messages, progress.
  case error = 2

  /// Whether the stream is a terminal.
  public var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The columns that the terminal reports, or nil where it does not say.
  public var reportedWidth: Int? {
    var size = winsize()
    // Unsafe because ioctl takes an untyped pointer; TIOCGWINSZ fills exactly one winsize.
    guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The lines that the terminal reports, or nil where it does not say.
  public var reportedHeight: Int? {
    var size = winsize()
    // Unsafe because ioctl takes an untyped pointer; TIOCGWINSZ fills exactly one winsize.
    guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
    return Int(size.ws_row)
  }

  /// Writes a text, all of it, without a buffer of its own.
  ///
  /// - Throws: `StreamWriteError`, for example when the reader of a pipe has gone.
  public func write(_ text: String) throws(StreamWriteError) {
    try write(bytes: Array(text.utf8))
  }

  /// Writes bytes, all of them, as they are.
  ///
  /// - Throws: `StreamWriteError`, for example when the reader of a pipe has gone.
  public func write(bytes: [UInt8]) throws(StreamWriteError) {
    var written = 0
    while written < bytes.count {
      let rest = bytes[written...]
      // Unsafe because write takes a pointer; pointer and length come from one buffer.
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(rawValue, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw StreamWriteError(stream: self, code: errno)
      }
      written += count
    }
  }
}

/// A standard stream could not be written.
public struct StreamWriteError: ReadableError, Equatable {
  /// The stream.
  public let stream: StandardStream
  /// The system's error number.
  public let code: Int32

  /// Whether the reader of a pipe has gone, as with `| head`; then a command ends quietly.
  public var isBrokenPipe: Bool { code == EPIPE }

  /// Creates an error from the system's number.
  public init(stream: StandardStream, code: Int32) {
    self.stream = stream
    self.code = code
  }

  /// What happened.
  public var message: LocalizedText {
    switch stream {
    case .output:
      LocalizedText(
        en: "The output could not be written (system error \(code)).",
        de: "Die Ausgabe konnte nicht geschrieben werden (Systemfehler \(code)).")
    case .error:
      LocalizedText(
        en: "A message could not be written (system error \(code)).",
        de: "Eine Meldung konnte nicht geschrieben werden (Systemfehler \(code)).")
    }
  }

  /// What to do next.
  public var advice: LocalizedText? {
    code == ENOSPC
      ? LocalizedText(en: "The disk is full.", de: "Der Datenträger ist voll.") : nil
  }
}
