-- Complete records by what is stated at entry. Only the year of birth is kept: of two possible ages, unknown
-- where they fall into different classes. On 31 December everybody's birthday is over.
CREATE TABLE complete AS
    SELECT *, isced::INT AS level, year(entry) - birth_year::INT AS oldest,
        oldest - CASE WHEN month(entry) = 12 AND day(entry) = 31 THEN 0 ELSE 1 END AS youngest
    FROM participation
    WHERE known_gender IS NOT NULL AND employment_status IN ('UNE', 'UNE_LT', 'INA', 'EMP')
        AND birth_year <> '' AND isced NOT IN ('', 'UNK');

CREATE MACRO aged(youngest, oldest, least_age, most_age) AS
    CASE WHEN youngest >= least_age AND oldest <= most_age THEN true
        WHEN oldest < least_age OR youngest > most_age THEN false END;

CREATE TABLE verdict AS
    WITH wide AS (
        SELECT true AS EECO01, employment_status IN ('UNE', 'UNE_LT') AS EECO02, employment_status = 'UNE_LT' AS EECO03,
            employment_status = 'INA' AS EECO04, employment_status = 'EMP' AS EECO05,
            aged(youngest, oldest, 0, 17) AS EECO06, aged(youngest, oldest, 18, 29) AS EECO07,
            aged(youngest, oldest, 55, 200) AS EECO08, level <= 2 AS EECO09, level BETWEEN 3 AND 4 AS EECO10,
            level >= 5 AS EECO11, stated(third_country) AS EECO13, stated(foreign_background) AS EECO14,
            stated(rural) AS EECO17
        FROM complete
    )
    SELECT 'all' AS stratum, "row", 0 AS horizon, false AS excluded, true AS due, true AS asked, yes
    FROM wide UNPIVOT INCLUDE NULLS (yes FOR "row" IN (COLUMNS(*)));
