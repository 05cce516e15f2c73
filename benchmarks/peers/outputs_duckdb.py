# Why this is the best form known: one pass over the people, all indicators as filtered counts of one
# aggregate; entries come from a filtered scan of two columns.
#
#   outputs_duckdb.py FOLDER native|parquet REFERENCE_DAY
from shared import *

status = {word: number for number, word in enumerate(words("employment-status"))}
yes_no = {name: words(name) for name in ("third-country", "foreign-background", "rural")}
rows = {row: sql.format(**status) for row, sql in OUTPUTS.items()}
for name, known in yes_no.items():
    column = name.replace("-", "_")
    cases = " ".join(f"WHEN {known.index(word)} THEN {truth}" for word, truth in
                     (("yes", "true"), ("no", "false")) if word in known)
    for row, sql in rows.items():
        if sql == column:
            rows[row] = f"CASE {column} {cases} END" if cases else "NULL::BOOLEAN"
known = tuple(number for number, word in enumerate(words("gender")) if word in ("f", "m", "d"))
counts = ", ".join(f"count(*) FILTER ({sql}), count(*) FILTER (NOT ({sql}))" for sql in rows.values())
SQL = f"""SELECT gender, network, count(*), {counts}
FROM (SELECT ref FROM events WHERE kind = {ENTERED} AND day <= {REFERENCE})
JOIN people USING (ref)
WHERE gender IN {known} AND employment_status > 0 AND birth_year IS NOT NULL AND isced IS NOT NULL
GROUP BY ALL"""
genders, networks = words("gender"), words("network")
for gender, network, count, *cells in sorted(connect().execute(SQL).fetchall()):
    for place, row in enumerate(rows):
        yes, no = cells[2 * place : 2 * place + 2]
        print(f"{genders[gender]} {networks[network]}", row, yes, no, count - yes - no)
