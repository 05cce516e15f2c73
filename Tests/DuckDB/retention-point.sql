-- Employed h calendar months after the first job that starts on or after entry.
SET VARIABLE work = ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I'];

CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'yes' AS "row", h AS horizon, false AS excluded, true AS asked,
        months_after(start, h) <= on_day() AS due,
        working(id, months_after(start, h), getvariable('work')) AS yes
    FROM first_placement(getvariable('work')), (SELECT unnest([1, 3, 6, 12, 24]) AS h);
