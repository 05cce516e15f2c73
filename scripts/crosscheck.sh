#!/usr/bin/env bash
# Asks every shipped question of DuckDB SQL too (Tests/DuckDB) and compares, reads exports with DuckDB, pyarrow, pandas,
# pyreadstat and, where it is there, pm4py (Tests/Readers), and runs the blocks of the walks in Python. None of them is a dependency of the program:
# unless WEGMARKE_DUCKDB_PYTHON names a Python that has them, they are installed into a scratch folder of the build.
set -euo pipefail
cd "$(dirname "$0")/.."

python="${WEGMARKE_DUCKDB_PYTHON:-}"
if [[ -z "$python" ]]; then
  if python3 -c 'import duckdb, pandas, pyarrow, pyreadstat' 2>/dev/null; then
    python=$(command -v python3)
  else
    python="$PWD/.build/duckdb/bin/python"
    [[ -x "$python" ]] || python3 -m venv .build/duckdb
    "$python" -c 'import duckdb, pandas, pyarrow, pyreadstat' 2>/dev/null || "$python" -m pip install --quiet duckdb pandas pyarrow pyreadstat
  fi
fi
binary="${WEGMARKE_BINARY:-$(swift build --show-bin-path)/wegmarke}"
WEGMARKE_DUCKDB_PYTHON="$python" WEGMARKE_BINARY="$binary" \
  WEGMARKE_READERS_PYTHON="$python" swift test --skip-build --disable-xctest \
  --filter 'QuestionSQLTests|ExportReadersTests|LabelledReadersTests|TutorialTests'
