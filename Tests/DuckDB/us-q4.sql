-- Of all exits: unsubsidised work on some day of calendar quarter 4 after that of the exit. Left out: dead by the
-- end of that quarter; left for prison or reasons of health.
CREATE TABLE quarter AS
    SELECT id, exit, exit_reason, (date_trunc('quarter', exit) + INTERVAL 12 MONTH)::DATE AS first_day,
        (date_trunc('quarter', exit) + INTERVAL 15 MONTH)::DATE - 1 AS last_day
    FROM participation WHERE exit IS NOT NULL;

CREATE TABLE verdict AS
    WITH days AS (
        SELECT id, unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day FROM quarter
    ),
    worked AS (
        SELECT id, some_day(working(id, day, ['SVP', 'MINIJOB', 'SELF', 'DUAL'])) AS yes FROM days GROUP BY id
    )
    SELECT 'all' AS stratum, 'q4' AS "row", 0 AS horizon,
        coalesce(exit_reason IN ('PRISON', 'HEALTH'), false)
            OR coalesce(died BETWEEN exit AND last_day, false) AS excluded,
        last_day <= on_day() AS due, true AS asked, yes
    FROM quarter JOIN worked USING (id) JOIN observation USING (id);
