-- Among those at work twelve calendar months after the start of the first job: better terms than on the first day.
-- Each row asks only those for whom it could come true.
SET VARIABLE work = ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I'];

-- Terms of all jobs held on a day, together.
CREATE TABLE terms AS
    WITH looked AS (
        SELECT id, 'first' AS place, start AS day FROM first_placement(getvariable('work'))
        UNION ALL
        SELECT id, 'later', months_after(start, 12) FROM first_placement(getvariable('work'))
    ),
    held AS (
        SELECT l.id, l.place, l.day, working(l.id, l.day, getvariable('work')) AS works,
            s.permanent, s.hours, s.monthly, right(s.occupation, 1)::INT AS skill, s.id AS job
        FROM looked l LEFT JOIN spell s ON s.id = l.id AND list_contains(getvariable('work'), s.kind)
            AND s.start <= l.day AND l.day < s.sure
            AND working(l.id, l.day, [s.kind])
    )
    SELECT id, place, day, any_value(works) AS works,
        CASE WHEN bool_or(permanent) THEN true WHEN any_value(works) IS NULL OR count(job) > count(permanent) THEN NULL ELSE false END AS permanent,
        CASE WHEN count(job) > 0 AND count(hours) = count(job) THEN sum(hours) END AS hours,
        CASE WHEN count(job) > 0 AND count(monthly) = count(job) THEN sum(monthly) END AS monthly,
        CASE WHEN count(skill) = count(job) THEN max(skill) END AS skill
    FROM held GROUP BY id, place, day;

CREATE TABLE verdict AS
    SELECT 'all' AS stratum, r."row", 0 AS horizon, false AS excluded, b.day <= on_day() AS due,
        b.works AND CASE r."row" WHEN 'permanent' THEN NOT a.permanent WHEN 'skilled' THEN a.skill = 1
            WHEN 'full-time' THEN a.hours < 35 ELSE a.monthly IS NOT NULL END AS asked,
        CASE r."row" WHEN 'permanent' THEN b.permanent WHEN 'skilled' THEN b.skill >= 2
            WHEN 'full-time' THEN b.hours >= 35 ELSE b.monthly > a.monthly END AS yes
    FROM terms a JOIN terms b USING (id), (SELECT unnest(['permanent', 'skilled', 'full-time', 'pay']) AS "row") r
    WHERE a.place = 'first' AND b.place = 'later';
