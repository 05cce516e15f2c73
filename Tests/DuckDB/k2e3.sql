-- Of all integrations: in work subject to social insurance on the 15th of each of the six months after the start?
CREATE TABLE verdict AS
    WITH stood AS (
        SELECT id, spell, kind, start, (date_trunc('month', start) + to_months(m::INT) + INTERVAL 14 DAY)::DATE AS day,
            working(id, day, ['SVP', 'SUBS_16E']) AS yes
        FROM integration(['SVP', 'SELF', 'DUAL', 'SCHOOL_VOC', 'SUBS_16E']), (SELECT unnest([1, 2, 3, 4, 5, 6]) AS m)
    )
    SELECT 'all' AS stratum, 'k2e3' AS "row", 0 AS horizon, false AS excluded, true AS asked,
        max(day) <= on_day() AS due,
        CASE WHEN bool_or(NOT yes) THEN false WHEN count(*) = count(yes) THEN true END AS yes,
        count(*) = count(yes) AS whole
    FROM stood GROUP BY id, spell, kind, start;
