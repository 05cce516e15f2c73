#!/usr/bin/env bash
# Runs the simulations with known truth and writes docs/bias.md from what they print.
# Usage: scripts/bias.sh REPLICATES
set -euo pipefail

replicates=$1
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

WEGMARKE_BIAS_REPLICATES=$replicates \
  swift test --skip-build --disable-xctest --filter 'StatisticsTests\..*Bias' |
  grep '^BIAS|' | sort -s -t '|' -k 10,10 > "$lines" || true
[ -s "$lines" ] || { echo "No simulation was printed: were the tests built and run?" >&2; exit 1; }

{
  cat <<TEXT
# Bias

Written by \`make bias\`; do not edit. Made-up people whose truth is known, $replicates times over: what each
estimator says on average, how far off that is (± its own standard error, from the number of
replicates), and in how many of a hundred replicates its 95-% limits hold the truth. The programmes are
described in \`Tests/StatisticsTests/Bias\`; the same seed and number give the same figures. The methods are
in \`methods.md\`. Every difference that is a bias is made by the assumptions of its row: their size depends
on the programme, their direction does not.

The tests run 60 replicates of each and fail when a corrected estimator is off beyond chance and
1 % (2 % for some) of the truth, when its limits miss too often, or when the naive one is *not* off.
TEXT
  study=
  while IFS='|' read -r _ title name truth mean error chance coverage count seed; do
    if [ "$title" != "$study" ]; then
      study=$title
      printf '\n## %s\n\n%s, %d replicates.\n\n' "$title" "${seed^}" "$count"
      printf '| estimator | truth | on average | off by | 95 %% limits hold it |\n|---|---:|---:|---:|---:|\n'
    fi
    held=$(awk -v c="$coverage" 'BEGIN { if (c < 0) print "–"; else printf "%.1f %%", 100 * c }')
    printf '| %s | %s | %s | %+.4f ± %s | %s |\n' "$name" "$truth" "$mean" "$error" "$chance" "$held"
  done < "$lines"
} > docs/bias.md
echo "docs/bias.md: $(wc -l < "$lines") estimators"
