# Turns the columns that Benchmarks exports into the forms that peers are warm in: a DuckDB database
# of its own tables, and Parquet files (zstd, groups of a million rows), events in order of days, as
# they come in. Not measured.
#
# Also, for R, which gets the durations ready-made: `durations.csv`.
#
#   prepare.py FOLDER native REFERENCE_DAY
import json
import sys

import duckdb
import numpy as np
import polars as pl

folder = sys.argv[1]
events = pl.DataFrame({
    name: np.fromfile(f"{folder}/{name}.{dtype[1:]}", dtype)
    for name, dtype in (("ref", "<u4"), ("day", "<i4"), ("kind", "<u1"), ("code", "<u1"),
                        ("dropout", "<u1"))
})
with open(f"{folder}/people.json", encoding="utf-8") as file:
    words = json.load(file)  # by attribute the words of its values, that of number 0 first
people = pl.DataFrame({name: np.fromfile(f"{folder}/{name}.u2", "<u2") for name in words})
people = people.with_row_index("ref").with_columns(pl.col("ref").cast(pl.UInt32))


def numbers(name, dtype):
    values = pl.Series([int(word) if word.isdigit() else None for word in words[name]], dtype=dtype)
    return values.gather(people[name]).alias(name)


people = people.with_columns(
    numbers("isced", pl.Int8), numbers("birth-year", pl.Int16),
    *(pl.col(name).cast(pl.UInt8) for name in words if name not in ("isced", "birth-year")),
).rename({name: name.replace("-", "_") for name in words})
events.write_parquet(f"{folder}/events.parquet", compression="zstd", row_group_size=1 << 20)
people.write_parquet(f"{folder}/people.parquet", compression="zstd", row_group_size=1 << 20)
with duckdb.connect(f"{folder}/peers.duckdb") as store:
    for name in ("events", "people"):
        store.execute(f"CREATE OR REPLACE TABLE {name} AS FROM '{folder}/{name}.parquet'")

from retention_sql import SQL, connect  # noqa: E402 (reads the database that was made just now)

connect().execute(f"COPY ({SQL} SELECT isced, length, event FROM durations ORDER BY ref) "
                  f"TO '{folder}/durations.csv'")
