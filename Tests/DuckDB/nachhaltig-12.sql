-- Of all jobs subject to social insurance that start on or after entry: such work twelve months later?
CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'yes' AS "row", 12 AS horizon, false AS excluded, true AS asked,
        months_after(start, 12) <= on_day() AS due,
        working(id, months_after(start, 12), ['SVP']) AS yes
    FROM integration(['SVP']);
