-- Of all trainings: dissolved up to the day h calendar months after the start? An end without a result is unknown.
CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'yes' AS "row", h AS horizon, false AS excluded, true AS asked,
        months_after(start, h) <= on_day() AS due,
        CASE
            WHEN ended AND after - 1 <= months_after(start, h) THEN CASE WHEN result IN ('', 'unknown', 'UNK') THEN NULL ELSE result = 'dissolved' END
            WHEN observed(id, months_after(start, h)) THEN false
        END AS yes
    FROM placement, (SELECT unnest([4, 12, 24]) AS h)
    WHERE kind IN ('DUAL', 'SCHOOL_VOC');
