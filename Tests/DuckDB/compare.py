"""Asks the same question of DuckDB and compares with the CSV answers of `wegmarke ask`.

    compare.py FOLDER DAY RECORDED QUESTION=ANSWER.csv …

FOLDER holds participants.csv and events.csv, DAY is the reference day, RECORDED the day of the import. One line a
question: "same NAME CELLS", or "differs NAME ROW COLUMN: wegmarke … · sql …" for every cell. Ends with 1 where one
differs.
"""
import csv
import pathlib
import sys

import duckdb

KEYS = ["stratum", "cohort", "rank", "row", "cause", "horizon", "from", "to", "state", "time", "summary"]

# The table that a question's SQL makes, and the SQL that sums it up.
SUMMARIES = [
    ("verdict", "shares.sql"), ("cohort_unit", "cohorts.sql"), ("causes", "incidence.sql"), ("follow_up", "curve.sql")]


def text(cell):
    return "NA" if cell is None else str(cell)


def equal(ours, theirs):
    if ours == theirs:
        return True
    try:
        a, b = float(ours), float(theirs)
    except ValueError:
        return False
    if "." not in ours and "." not in theirs and "e" not in ours + theirs:
        return a == b
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1)


def run(name, folder, day, recorded):
    here = pathlib.Path(__file__).parent
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        for variable, value in [("folder", folder), ("on_day", day), ("recorded_on", recorded)]:
            connection.execute(f"SET VARIABLE {variable} = '{value}'")
        connection.execute((here / "base.sql").read_text())
        question = (here / f"{name}.sql").read_text()
        if question.startswith("-- after: "):
            first = question.split("\n")[0].removeprefix("-- after: ")
            connection.execute((here / first).read_text())
        answer = table(connection.execute(question))
        made = {row["name"] for row in table(connection.execute("SHOW TABLES"))[1]}
        for kind, summary in SUMMARIES:
            if kind in made:
                return table(connection.execute((here / summary).read_text()))
        return answer


def table(result):
    columns = [column[0] for column in result.description]
    return columns, [dict(zip(columns, map(text, row))) for row in result.fetchall()]


def leave_out(row, ours):
    """The known share rests on ten people or more, and lies within what is certain, where some
    outcomes were known early; how many were, only the answer says."""
    if "share_known" not in row or ours.get("early_yes") in (None, "NA"):
        return
    early = int(ours["early_yes"]) + int(ours["early_no"])
    if early == 0 or row["share_known"] == "NA":
        return
    heard = int(row["yes"]) + int(row["no"]) - early
    known = float(row["share_known"])
    if heard < 10 or not float(row["bound_lower"]) <= known <= float(row["bound_upper"]):
        for column in ("share_known", "lower_wilson", "upper_wilson"):
            row[column] = "NA"


def compare(name, answer, folder, day, recorded):
    columns, rows = run(name, folder, day, recorded)
    with open(answer, newline="", encoding="utf-8") as file:
        ours = list(csv.DictReader(file))
    missing = [column for column in columns if ours and column not in ours[0]]
    if missing:
        return [f"differs {name}: no columns {missing} in the answer"], 0
    keys = [key for key in KEYS if key in columns]
    def key(row):
        return tuple(row[k] for k in keys)
    theirs = {key(row): row for row in rows}
    here = {key(row): row for row in ours}
    for k in here.keys() & theirs.keys():
        leave_out(theirs[k], here[k])
    faults = [f"differs {name} {k}: only in the answer" for k in here if k not in theirs]
    faults += [f"differs {name} {k}: only in SQL" for k in theirs if k not in here]
    if len(theirs) != len(rows) or len(here) != len(ours):
        faults.append(f"differs {name}: a row stands twice")
    cells = 0
    for k in here.keys() & theirs.keys():
        for column in columns:
            cells += 1
            a, b = here[k][column], theirs[k][column]
            if not equal(a, b):
                faults.append(f"differs {name} {k} {column}: wegmarke {a} · sql {b}")
    return sorted(faults), cells


def main():
    folder, day, recorded, *pairs = sys.argv[1:]
    wrong = False
    for pair in pairs:
        name, answer = pair.split("=", 1)
        try:
            faults, cells = compare(name, answer, folder, day, recorded)
        except duckdb.Error as error:
            faults, cells = [f"differs {name}: {error}"], 0
        if not faults and not cells:
            faults = [f"differs {name}: nothing was compared"]
        print("\n".join(faults) if faults else f"same {name} {cells}", flush=True)
        wrong = wrong or bool(faults)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
