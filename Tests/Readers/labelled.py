"""Reads files of SPSS and Stata with pyreadstat and pandas and compares them with the CSV of the same store."""

import sys

import pandas
import pyreadstat

faults = []


def check(condition, words):
    if not condition:
        faults.append(words)


for kind in ["participants", "spells", "panel", "events", "answer"]:
    csv = pandas.read_csv(f"{kind}.csv", dtype=str, keep_default_na=False, na_values=[""])
    sav, about = pyreadstat.read_sav(f"{kind}.sav")
    check(about.file_label.startswith("SIMULIERT: "), f"{kind}.sav: {about.file_label}")
    check(len(about.notes) > 3, f"{kind}.sav: notes")
    check(all(about.column_labels), f"{kind}.sav: labels")
    dta = pandas.read_stata(f"{kind}.dta", convert_categoricals=False)
    with pandas.read_stata(f"{kind}.dta", iterator=True) as reader:
        check(reader.data_label.startswith("SIMULIERT: "), f"{kind}.dta: {reader.data_label}")
        check(all(reader.variable_labels().values()), f"{kind}.dta: labels")
    for form, table in [("sav", sav), ("dta", dta)]:
        check(len(table) == len(csv), f"{kind}.{form}: {len(table)} rows")
        for place, name in enumerate(csv.columns):
            column = table.iloc[:, place]
            stated = (column.notna() & (column != "")).sum()
            check(stated == csv[name].notna().sum(), f"{kind}.{form}: {name}: {stated} stated")
    days = [name for name in ["entered_on", "started_on", "occurred_on"] if name in csv.columns]
    for name in days:
        check(str(dta[name].min())[:10] == csv[name].min(), f"{kind}.dta: {name}: {dta[name].min()}")
        check(str(sav[name].dropna().max())[:10] == csv[name].max(), f"{kind}.sav: {name}")

for fault in faults:
    print(fault)
sys.exit(1 if faults else 0)
