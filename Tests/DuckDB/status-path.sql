-- Residence status on the day of the first placement and 12 and 24 calendar months later: the last one stated.
CREATE TABLE stated_status AS
    SELECT id, entry AS day, 0 AS told, entry_residence AS code FROM participation WHERE entry_residence NOT IN ('', 'UNK')
    UNION ALL
    SELECT id, day, told, residence FROM event WHERE event = 'ResidenceStatusChanged' AND residence <> '';

CREATE MACRO state_of(code) AS CASE
    WHEN code IN ('DUL_60C', 'DUL_60D') THEN '60c-60d'
    WHEN code LIKE 'DUL%' THEN 'toleration'
    WHEN code IN ('GEST', 'AKN') THEN 'procedure'
    WHEN code IN ('FIKT', 'GUEB', 'OTHER') THEN 'other'
    WHEN code <> 'UNK' THEN 'permit' END;

CREATE TABLE looked AS
    SELECT j.id, h, start + 0 AS day, 'from' AS place FROM first_placement(['SVP', 'SELF', 'DUAL', 'SCHOOL_VOC', 'SUBS_16E']) j, (SELECT unnest([12, 24]) AS h)
    UNION ALL
    SELECT j.id, h, months_after(start, h), 'to' FROM first_placement(['SVP', 'SELF', 'DUAL', 'SCHOOL_VOC', 'SUBS_16E']) j, (SELECT unnest([12, 24]) AS h);

CREATE TABLE held AS
    SELECT id, h, place, day <= on_day() AS due,
        CASE WHEN observed(id, day) THEN
            state_of((SELECT arg_max(s.code, (s.day, s.told)) FROM stated_status s WHERE s.id = l.id AND s.day <= l.day)) END AS state
    FROM looked l;

WITH moved AS (
    SELECT a.h, a.state AS "from", b.state AS "to", b.due FROM held a JOIN held b USING (id, h)
    WHERE a.place = 'from' AND b.place = 'to'
),
cells AS (
    SELECT h, f AS "from", t AS "to" FROM (SELECT unnest([12, 24]) AS h),
        (SELECT unnest(['60c-60d', 'toleration', 'procedure', 'permit', 'other', NULL]) AS f),
        (SELECT unnest(['60c-60d', 'toleration', 'procedure', 'permit', 'other', NULL]) AS t)
)
SELECT 'all' AS stratum, c.h AS horizon, c."from", c."to",
    (SELECT count(*) FROM moved m WHERE m.h = c.h AND m.due AND m."from" IS NOT DISTINCT FROM c."from"
        AND m."to" IS NOT DISTINCT FROM c."to") AS people,
    (SELECT count(*) FROM moved m WHERE m.h = c.h AND NOT m.due) AS not_due
FROM cells c;
