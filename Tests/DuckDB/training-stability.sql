-- Of all trainings: dissolved up to the day h calendar months after the start? An end without a result is unknown.
CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'yes' AS "row", h AS horizon, false AS excluded, true AS asked,
        months_after(start, h) <= on_day() AS due,
        CASE
            WHEN ended AND after - 1 <= months_after(start, h) THEN CASE WHEN result IN ('', 'unknown', 'UNK') THEN NULL ELSE result = 'dissolved' END
            -- Over, as an answer says, but nobody wrote down when and how it ended.
            WHEN NOT ended AND after < DATE '9999-12-31' THEN CASE WHEN sure - 1 > months_after(start, h) THEN false END
            WHEN observed(id, months_after(start, h)) THEN false
        END AS yes,
        coalesce(observed(id, months_after(start, h)) OR o.died <= months_after(start, h), false) AS whole
    FROM placement JOIN observation o USING (id), (SELECT unnest([4, 12, 24]) AS h)
    WHERE kind IN ('DUAL', 'SCHOOL_VOC');
