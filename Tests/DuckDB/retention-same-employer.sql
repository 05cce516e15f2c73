-- On the day h calendar months later in the job that started the clock, or in another at the same employer.
CREATE TABLE verdict AS
    WITH looked AS (
        SELECT j.*, h, months_after(j.start, h) AS day
        FROM first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) j, (SELECT unnest([1, 3, 6, 12, 24]) AS h)
    )
    SELECT 'all' AS stratum, 'yes' AS "row", h AS horizon, false AS excluded, true AS asked, day <= on_day() AS due,
        CASE
            WHEN working(id, day, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) IS NULL THEN NULL
            ELSE EXISTS (SELECT 1 FROM spell s WHERE s.id = l.id AND s.start <= l.day AND l.day < s.after
                AND (s.employer = l.employer OR s.spell = l.spell)
                AND list_contains(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I'], s.kind))
                AND working(id, day, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) END AS yes
    FROM looked l;
