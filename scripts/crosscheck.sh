#!/usr/bin/env bash
# Asks every shipped question of DuckDB SQL too (Tests/DuckDB) and compares. DuckDB is no dependency of the program:
# unless WEGMARKE_DUCKDB_PYTHON names a Python that has it, it is installed into a scratch folder of the build.
set -euo pipefail
cd "$(dirname "$0")/.."

python="${WEGMARKE_DUCKDB_PYTHON:-}"
if [[ -z "$python" ]]; then
  if python3 -c 'import duckdb' 2>/dev/null; then
    python=$(command -v python3)
  else
    python="$PWD/.build/duckdb/bin/python"
    if [[ ! -x "$python" ]]; then
      python3 -m venv .build/duckdb
      "$python" -m pip install --quiet duckdb
    fi
  fi
fi
binary="${WEGMARKE_BINARY:-$(swift build --show-bin-path)/wegmarke}"
WEGMARKE_DUCKDB_PYTHON="$python" WEGMARKE_BINARY="$binary" \
  swift test --skip-build --disable-xctest --filter QuestionSQLTests
