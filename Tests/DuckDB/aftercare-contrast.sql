-- Among those at work 30 days after the start of the first job: at work h days after it, with and without an
-- aftercare contact in those 30 days.
CREATE TABLE verdict AS
    WITH landmark AS (
        SELECT j.id, j.start,
            EXISTS (SELECT 1 FROM event e WHERE e.id = j.id AND e.event = 'AftercareContact'
                AND e.day BETWEEN j.start AND j.start + 30) AS contact
        FROM first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) j
        WHERE working(j.id, j.start + 30, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I'])
    )
    SELECT CASE WHEN contact THEN 'aftercare' ELSE 'none' END AS stratum, 'yes' AS "row", h AS horizon,
        false AS excluded, true AS asked, start + h <= on_day() AS due,
        working(id, start + h, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) AS yes
    FROM landmark, (SELECT unnest([90, 180, 365]) AS h);
