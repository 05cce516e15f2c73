"""Reads the exports of a folder with pyarrow, DuckDB and, where it is there, pm4py, and compares.

Usage: read.py FOLDER. Ends with 1 and words when something is not as it should be.
"""

import csv
import json
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet

folder = Path(sys.argv[1])
faults = []


def check(condition, words):
    if not condition:
        faults.append(words)


for kind in ["participants", "spells", "panel", "events"]:
    file = parquet.ParquetFile(folder / f"{kind}.parquet")
    table = file.read()
    package = json.loads((folder / f"{kind}.datapackage.json").read_text())
    fields = package["resources"][0]["schema"]["fields"]
    check([f["name"] for f in fields] == table.column_names, f"{kind}: columns")
    types = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool",
             "date": "date32[day]", "datetime": "timestamp[us, tz=UTC]"}
    for field in fields:
        found = str(table.schema.field(field["name"]).type)
        check(found == types[field["type"]], f"{kind}.{field['name']}: {found}")
    check(b"wegmarke.codebook" in (file.metadata.metadata or {}), f"{kind}: codebook in the footer")
    # Names differ from one export to the next, so what is compared are counts over columns.
    lines = [json.loads(line) for line in (folder / f"{kind}.ndjson").open()]
    rows = list(csv.DictReader((folder / f"{kind}.csv").open(newline="")))
    check(table.num_rows == len(lines) == len(rows), f"{kind}: rows")
    path = str(folder / f"{kind}.parquet")
    for field in fields:
        name = field["name"]
        column = table.column(name)
        stated = len(column) - column.null_count
        check(stated == sum(line[name] is not None for line in lines), f"{kind}.{name}: NDJSON")
        check(stated == sum(row[name] != "" for row in rows), f"{kind}.{name}: CSV")
        counted, least, most = duckdb.execute(
            f'select count("{name}"), min("{name}"), max("{name}") from \'{path}\'').fetchone()
        check(counted == stated, f"{kind}.{name}: DuckDB counts {counted}")
        if stated and field["type"] == "date":
            values = [line[name] for line in lines if line[name] is not None]
            check(str(least) == min(values) and str(most) == max(values), f"{kind}.{name}: days")
        for group in range(file.metadata.num_row_groups):
            place = table.column_names.index(name)
            statistics = file.metadata.row_group(group).column(place).statistics
            check(statistics is not None and statistics.has_null_count, f"{kind}.{name}: statistics")

try:
    import pm4py
except ImportError:
    print("pm4py is not there: XES and OCEL were not read")
else:
    log = pm4py.read_xes(str(folder / "events.xes"))
    events = parquet.read_table(folder / "events.parquet")
    check(len(log) == events.num_rows, f"XES: {len(log)} events")
    check(log["case:concept:name"].nunique() == len(set(events["person"].to_pylist())), "XES: cases")
    ocel = pm4py.read_ocel2_json(str(folder / "events.ocel.json"))
    check(len(ocel.events) == events.num_rows, f"OCEL: {len(ocel.events)} events")
    check(set(ocel.objects["ocel:type"]) >= {"Person", "Participation"}, "OCEL: types")

for fault in faults:
    print(fault)
sys.exit(1 if faults else 0)
