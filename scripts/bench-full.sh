#!/usr/bin/env bash
# Says what a run with ten million participants takes, looks whether it is there, and runs it.
# Usage: scripts/bench-full.sh BENCHMARKS PARTICIPANTS FOLDER [ARGUMENTS OF BENCHMARKS]
set -euo pipefail

benchmarks=$1
participants=$2
folder=$3
shift 3
# A log of 1.6 kB and a view of 0.3 kB a person, the view once more while it is made, and 0.6 kB of tables for
# the peers.
needed=$((participants * 28 / 10 / 1000000 + 1))
mkdir -p "$folder"
free=$(($(df --output=avail -k "$folder" | tail -1) / 1000000))
cat >&2 <<END
A store of $participants made-up people takes about $needed GB in $folder, where $free GB are free,
and a minute for every 400,000 of them to make. It stays there for the next run; to remove it:
  rm -rf $folder
END
seed=1
for ((i = 1; i < $#; i++)); do [[ ${!i} == --seed ]] && { next=$((i + 1)); seed=${!next}; }; done
if ((free < needed)) && [[ ! -d $folder/simulated-$participants-$seed ]]; then
  echo "There is not enough room. Choose another folder: make bench-full KEEP=FOLDER" >&2
  exit 74
fi
"$benchmarks" --only append,ask,person,worklist,as-of,cold,peers,scaling --append-events 1000000 \
  --plot docs/scaling.svg --ask-participants "$participants" --keep "$folder" "$@"
