#!/usr/bin/env bash
# Feeds every target of Tests/FuzzTests under libFuzzer with the address sanitizer.
#
#   scripts/fuzz.sh [SECONDS] [TARGET …]
#
# SECONDS is for each target. The corpus grows in .build-fuzz/corpus; what breaks a target lies in
# .build-fuzz/found and belongs, made short, into Tests/Fixtures/fuzz.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(Tests/Fixtures/fuzz/*/)
build=.build-fuzz

# With the sanitizer's hooks in every module; only modules, because programs would have two mains.
swift build --build-path "$build" --sanitize fuzzer --sanitize address --target TestSupport
swift build --build-path "$build" --sanitize fuzzer --sanitize address --target Projections
swift build --build-path "$build" --sanitize fuzzer --sanitize address --target Interchange
swift build --build-path "$build" --sanitize fuzzer --sanitize address --target Upkeep
products=$(swift build --build-path "$build" --show-bin-path)
mapfile -t objects < <(find "$products" -name '*.o' -path '*.build/*')
swiftc -sanitize=fuzzer,address -parse-as-library -module-name FuzzTests -Onone -g \
  -swift-version 6 -enable-upcoming-feature ExistentialAny \
  -enable-upcoming-feature MemberImportVisibility \
  -I "$products/Modules" -I Sources/CLMDB -I Sources/CProcess \
  Tests/FuzzTests/{FuzzTarget,LogBytes,KeyBytes,ExportBytes,ViewBytes,TextBytes,CopyBytes}.swift \
  Tests/LibFuzzer/Entry.swift "${objects[@]}" -llmdb -o "$build/fuzz"

mkdir -p "$build/found"
failed=0
for target in "${targets[@]}"; do
  target=$(basename "$target")
  mkdir -p "$build/corpus/$target"
  printf -- '--- %s, %s s\n' "$target" "$seconds"
  # A crash must end the process at once, not start the backtracer. Leaks are what make test-sanitize
  # looks for: here a static that is kept to the end would count as one, also when the process ends.
  if ! WEGMARKE_FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 \
    "$build/fuzz" \
    -max_total_time="$seconds" -max_len=10000 -timeout=20 -rss_limit_mb=4096 -detect_leaks=0 \
    -artifact_prefix="$build/found/$target-" -print_final_stats=1 \
    "$build/corpus/$target" "Tests/Fixtures/fuzz/$target" >"$build/found/$target.log" 2>&1; then
    failed=1
    grep -E 'ERROR|Fatal|SUMMARY|Test unit written' "$build/found/$target.log" || true
  fi
  grep -E 'number_of_executed_units|average_exec' "$build/found/$target.log" || true
done
exit "$failed"
