#!/usr/bin/env bash
# Runs the comparisons with the reference values and writes docs/accuracy.md from what they print.
# Usage: scripts/accuracy.sh REFERENCE_FOLDER
set -euo pipefail

reference=$1
[ -f "$reference/README.md" ] || { echo "There are no reference values in $reference." >&2; exit 66; }
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

# A file's name may be followed by the column that was compared.
swift test --skip-build --disable-xctest --filter StatisticsTests |
  sed -n 's/^R \([^ :]*\).*: \([0-9]*\) values, largest difference \(.*\)$/\1 \2 \3/p' > "$lines"
[ -s "$lines" ] || { echo "No comparison was printed: were the tests built and run?" >&2; exit 1; }

awk '
  { values[$1] += $2; if (!($1 in largest) || $3 + 0 > largest[$1] + 0) largest[$1] = $3 }
  END { for (file in values) print file, values[file], largest[file] }
' "$lines" | sort > "$lines.sorted"
mv "$lines.sorted" "$lines"

{
  cat <<'TEXT'
# Accuracy

Written by `make accuracy`; do not edit. Every file of the reference values that a test compares with,
the number of values in it that were compared, and the largest relative difference (absolute where the
reference is 0). The values come from R 4.2.2 with survival 3.8-6, cmprsk 2.2-11, etm 1.1.1 and
TraMineR 2.2-12; `npmle_masses.csv` from an EM run to 1e-15.

TEXT
  awk '
    { files += 1; values += $2; if ($3 + 0 > worst + 0) { worst = $3; file = $1 }
      if ($3 + 0 <= 1e-13) near += 1 }
    END {
      printf "%d files, %d values. %d files agree within 1e-13; ", files, values, near
      printf "the largest difference is %.1e, in `%s`.\n", worst, file
    }
  ' "$lines"
  cat <<'TEXT'

Where the program is right and R's figure is another quantity, or rounded, the tests say so and
compare with what R computes:

- `*_sojourn.csv`: R's `summary(fit, rmean =)` begins at the first time, not at the origin, where people
  begin in different states, and interpolates the standard error between times around the horizon.
  The module integrates from the origin to the horizon; the test moves clock and horizon.
- `dmlate/occupancy_by_sex_at_times.csv`, `sojourn_by_sex_tau3650.csv`: with strata and a mixed
  beginning R counts the sampling of the beginning for some people only. At day 30, where hardly
  anybody is censored, the standard error must be binomial: 0.0104 for women without a drug; R
  has 0.0083. Probabilities, limits' centres, counts and means are compared, these errors are not.
- `rmst_iptw_by_ui.csv`: the standard error beside a robust curve is Greenwood's in R; compared
  with ours of that kind. The robust one is checked by numeric derivatives.
- `mgus2/*age*`: ages are sums of years and twelfths; R merges nearly equal times, the test makes
  months of them again. The module itself merges nothing.
- Cox, Fine–Gray and the NPMLE are found by iteration: the difference is that of two stopping points.
- `turnbull_survfit.csv` is R's looser fit and no reference.
- `gray_test.csv`: R's p-values are 1 minus a distribution function and end at 1e-16; their
  difference is taken absolutely.
- `bcdeter_interval/npmle_masses.csv`: `radio_chemo` is the maximum only when the two rows (34, ∞] are
  let hold the event at 34 exactly, so the test moves their left ends; under the rule (left, right]
  the module's likelihood is higher, which another test checks. `turnbull_survfit.csv` is R's looser
  fit. Masses and pseudo-values, of which some are 0, are compared absolutely.
- `edge/s06_group_without_events/cox_*.csv`: R prints a coefficient of −31 with a warning. There is no
  maximum; the module refuses.
- `dmlate/cohort_by_*`: the last three columns are plain counts of the input and no estimate.
- `seq_transition_rates_by_month.csv`: where nobody is in a state R has 0, the module nothing.

TEXT
  folder=
  while read -r file values largest; do
    if [ "${file%%/*}" != "$folder" ]; then
      folder=${file%%/*}
      printf '\n## %s\n\n| file | values | largest difference |\n|---|---:|---:|\n' "$folder"
    fi
    printf '| %s | %d | %.1e |\n' "${file#*/}" "$values" "$largest"
  done < "$lines"
  printf '\n## Not compared\n\n'
  printf 'Inputs, and what they were derived into, are read by the tests and not listed.\n\n'
  (cd "$reference" && find . -name '*.csv' | sed 's|^\./||' | sort) |
    grep -vE '/(input|derived)[^/]*\.csv$|_spells\.csv$' |
    comm -23 - <(cut -d ' ' -f 1 "$lines" | sort) | sed 's/^/- `/; s/$/`/'
} > docs/accuracy.md
echo "docs/accuracy.md: $(wc -l < "$lines") files"
