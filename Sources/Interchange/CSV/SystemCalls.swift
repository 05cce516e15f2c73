// The system calls behind a byte source. They take raw pointers, so this file is marked unsafe;
// no pointer outlives its call.

import Glibc

func openForReading(_ path: String) throws(CSVError) -> CInt {
  while true {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 { return descriptor }
    switch errno {
    case EINTR: continue
    case ENOENT: throw CSVError(.fileMissing, source: path)
    case let number: throw CSVError(.fileUnreadable(errno: number), source: path)
    }
  }
}

func readDescriptor(
  _ descriptor: CInt, into chunk: inout [UInt8], name: String
) throws(CSVError) -> Int {
  while true {
    let count = unsafe chunk.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    if count >= 0 { return count }
    switch errno {
    case EINTR: continue
    case EISDIR: throw CSVError(.fileIsFolder, source: name)
    case let number: throw CSVError(.fileUnreadable(errno: number), source: name)
    }
  }
}

func closeDescriptor(_ descriptor: CInt) {
  // Nothing was written through it, so a failure to close loses nothing.
  _ = close(descriptor)
}

func systemMessage(_ number: CInt) -> String {
  guard let text = unsafe strerror(number) else { return "errno \(number)" }
  return unsafe String(cString: text)
}
