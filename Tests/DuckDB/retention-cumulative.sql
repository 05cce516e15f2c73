-- At least eight of ten days in work within h calendar months of the first job, whatever the unknown days were.
CREATE TABLE index_job AS FROM first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']);

CREATE TABLE day_state AS
    SELECT id, day, working(id, day, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) AS yes
    FROM (SELECT id, unnest(generate_series(start, months_after(start, 24) - 1, INTERVAL 1 DAY))::DATE AS day
        FROM index_job);

CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'yes' AS "row", h AS horizon, false AS excluded, true AS asked,
        max(d.day) <= on_day() AS due,
        CASE WHEN count(*) FILTER (yes) >= 0.8 * count(*) THEN true
            WHEN count(*) FILTER (yes IS NOT false) < 0.8 * count(*) THEN false END AS yes,
        count(yes) = count(*) AS whole
    FROM index_job j, (SELECT unnest([3, 6, 12, 24]) AS h), day_state d
    WHERE d.id = j.id AND d.day < months_after(j.start, h)
    GROUP BY j.id, h;
