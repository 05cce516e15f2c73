-- What the two files of `wegmarke simulate` say up to the reference day, and the few words that all
-- questions share. Variables: folder (of the files), on_day (reference day), recorded_on (day of the import).
-- Truth is BOOLEAN with NULL for "nobody knows": SQL's AND, OR and NOT are Kleene's.

CREATE MACRO on_day() AS getvariable('on_day')::DATE;

CREATE TABLE participant_row AS
    SELECT * FROM read_csv(getvariable('folder') || '/participants.csv', header = true, all_varchar = true);

-- A row that stands twice, word for word, is one event, told when it stood there first.
CREATE TABLE event_row AS
    SELECT COLUMNS(* EXCLUDE (place)), min(place) AS told
    FROM (SELECT *, row_number() OVER () AS place
        FROM read_csv(getvariable('folder') || '/events.csv', header = true, all_varchar = true))
    GROUP BY ALL;

-- Events up to the reference day. What happened later is not there.
CREATE TABLE event AS
    SELECT *, date::DATE AS day FROM event_row WHERE date::DATE <= on_day();

-- "unknown" and an empty cell are no statement.
CREATE MACRO stated(cell) AS CASE cell WHEN 'yes' THEN true WHEN 'no' THEN false END;

-- One row a participation. Each person of these files has one operation; a re-entry reopens it, so the exit is
-- the last one that no re-entry follows.
CREATE TABLE participation AS
    WITH last_exit AS (
        SELECT id, max(day) AS exit FROM event WHERE event = 'ParticipationExited' GROUP BY id
    ),
    reopened AS (
        SELECT id, max(day) AS again FROM event WHERE event = 'ParticipationReentered' GROUP BY id
    ),
    left_for_good AS (
        SELECT e.id, e.day AS exit, any_value(e.exit_type) AS exit_type, any_value(e.exit_reason) AS exit_reason
        FROM event e JOIN last_exit l ON l.id = e.id AND l.exit = e.day
        LEFT JOIN reopened r ON r.id = e.id
        WHERE e.event = 'ParticipationExited' AND (r.again IS NULL OR r.again < l.exit)
        GROUP BY e.id, e.day
    )
    SELECT p.* EXCLUDE (residence, work_access), p.residence AS entry_residence, p.entry_date::DATE AS entry,
        x.exit, x.exit_type, nullif(x.exit_reason, 'UNK') AS exit_reason,
        CASE WHEN p.gender IN ('f', 'm', 'd') THEN p.gender END AS known_gender
    FROM participant_row p LEFT JOIN left_for_good x USING (id)
    WHERE p.entry_date::DATE <= on_day();

-- Until when the journey was observed: the first day that nobody observed any more, the day of death and that of
-- leaving the country.
CREATE TABLE observation AS
    SELECT p.id, e.died, e.gone,
        least(greatest(p.observed_until::DATE, coalesce(e.confirmed, DATE '0001-01-01')), on_day()) + 1 AS unobserved
    FROM participant_row p
    LEFT JOIN (
        SELECT id, min(day) FILTER (event = 'ParticipantDeceased') AS died,
            min(day) FILTER (event = 'ParticipantLeftCountry') AS gone,
            max(day) FILTER (event = 'StatusConfirmed') AS confirmed
        FROM event GROUP BY id
    ) e USING (id);

-- The kinds that an answer about work, or about school and training, speaks of.
SET VARIABLE employed = ['SVP', 'MINIJOB', 'SELF', 'DUAL', 'SUBS_16E', 'PUB_16I'];
SET VARIABLE education = ['DUAL', 'SCHOOL_VOC', 'EQ', 'SCHOOL'];

-- What people say about days, from `day` to `last`: the entry profile, completed follow-ups, and exit forms that say no,
-- which is about each day from the one after the exit to that of the form (28 days at most). A yes means one of the kinds,
-- a no all of them. Who says yes to one of work and education in a follow-up is perhaps an apprentice and does not deny
-- that by saying no to the other; at entry both together say that the person was none.
CREATE TABLE answer AS
    WITH form AS (
        SELECT p.id, p.exit + 1 AS day, arg_max(e.employed, e.told) AS employed, arg_max(e.education, e.told) AS education,
            arg_max(e.day, e.told) AS filled, max(e.told) AS told
        FROM participation p JOIN event e ON e.id = p.id AND e.event = 'StatusAtExitRecorded' AND e.day >= p.exit
        GROUP BY ALL
    )
    SELECT id, day, greatest(day, least(filled, day + 27)) AS last, told, false AS value,
        list_filter(getvariable('employed'), lambda k: k <> 'MINIJOB' AND (k <> 'DUAL' OR education <> 'yes')) AS kinds
    FROM form WHERE employed = 'no'
    UNION ALL
    SELECT id, day, greatest(day, least(filled, day + 27)), told, false,
        list_filter(getvariable('education'), lambda k: k <> 'DUAL' OR employed <> 'yes')
    FROM form WHERE education = 'no'
    UNION ALL
    SELECT id, entry AS day, entry, 0 AS told, employment_status = 'EMP' AS value,
        CASE WHEN employment_status LIKE 'UNE%' THEN list_filter(getvariable('employed'), lambda k: k <> 'MINIJOB')
            WHEN employment_status = 'EMP' AND in_education = 'no' THEN list_filter(getvariable('employed'), lambda k: k <> 'DUAL')
            ELSE getvariable('employed') END AS kinds
    FROM participation WHERE employment_status IN ('EMP', 'INA', 'UNE', 'UNE_LT')
    UNION ALL
    SELECT id, entry, entry, 0, stated(in_education),
        CASE WHEN in_education = 'yes' AND employment_status IN ('INA', 'UNE', 'UNE_LT')
            THEN list_filter(getvariable('education'), lambda k: k <> 'DUAL') ELSE getvariable('education') END
    FROM participation WHERE stated(in_education) IS NOT NULL
    UNION ALL
    SELECT id, reference_date::DATE, reference_date::DATE, told, stated(cell),
        CASE WHEN stated(cell) = false AND (employed = 'yes' OR education = 'yes')
            THEN list_filter(kinds, lambda k: k <> 'DUAL') ELSE kinds END
    FROM (
        SELECT id, reference_date, told, employed, education, employed AS cell, getvariable('employed') AS kinds
        FROM event WHERE event = 'FollowUpCompleted'
        UNION ALL
        SELECT id, reference_date, told, employed, education, education, getvariable('education')
        FROM event WHERE event = 'FollowUpCompleted'
    ) WHERE stated(cell) IS NOT NULL;

-- Of an exit form and a yes about one of its days the one told later counts.
CREATE TABLE refuted AS
    SELECT n.id, n.day AS no_day, n.told AS no_told, n.kinds AS no_kinds, y.day AS yes_day, y.told AS yes_told, y.kinds AS yes_kinds
    FROM answer n JOIN answer y ON y.id = n.id AND NOT n.value AND y.value AND n.day <= y.day AND y.day <= n.last
        AND n.last > n.day AND list_has_any(n.kinds, y.kinds);
DELETE FROM answer WHERE EXISTS (SELECT 1 FROM refuted r WHERE r.id = answer.id AND NOT answer.value
    AND r.no_day = answer.day AND r.no_told = answer.told AND r.no_kinds = answer.kinds AND r.yes_told > r.no_told);
DELETE FROM answer WHERE EXISTS (SELECT 1 FROM refuted r WHERE r.id = answer.id AND answer.value
    AND r.yes_day = answer.day AND r.yes_told = answer.told AND r.yes_kinds = answer.kinds AND r.yes_told < r.no_told);

-- Work, training and school on record, half-open: `after` is the first day without it, NULL while it goes on.
CREATE TABLE recorded_spell AS
    SELECT s.id, s.kind, s.spell, s.day AS start, e.day + 1 AS after, e.result, greatest(s.told, e.told) AS told,
        nullif(s.employer, '') AS employer, nullif(s.occupation, '') AS occupation, stated(s.permanent) AS permanent,
        s.hours_per_week::DOUBLE AS hours, s.gross_monthly::DOUBLE AS monthly
    FROM event s
    LEFT JOIN event e ON e.id = s.id AND e.spell = s.spell
        AND e.event = replace(s.event, 'Started', 'Ended')
    WHERE s.event IN ('EmploymentStarted', 'TrainingStarted', 'SchoolStarted');

-- A no ends a spell that is recorded as going on: its days from the last one on which it was known to go on to
-- the day of the answer are unknown. `sure` is the first such day, or the end.
CREATE TABLE spell AS
    WITH denied AS (
        SELECT s.id, s.spell, s.start, s.kind, min(a.day) AS day
        FROM recorded_spell s JOIN answer a
            ON a.id = s.id AND NOT a.value AND list_contains(a.kinds, s.kind) AND s.start < a.day
        WHERE s.after IS NULL GROUP BY ALL
    ),
    seen AS (
        SELECT d.id, d.spell, d.start, d.kind, d.day, greatest(d.start, coalesce(max(a.day), d.start)) + 1 AS sure
        FROM denied d LEFT JOIN answer a
            ON a.id = d.id AND a.value AND list_contains(a.kinds, d.kind) AND a.day < d.day AND a.day >= d.start
        GROUP BY d.id, d.spell, d.start, d.kind, d.day
    )
    SELECT s.* EXCLUDE (after), coalesce(s.after, d.day, DATE '9999-12-31') AS after,
        coalesce(s.after, d.sure, DATE '9999-12-31') AS sure,
        s.after IS NOT NULL AS ended
    FROM recorded_spell s LEFT JOIN seen d USING (id, spell, start, kind);

-- What answers say beyond the spells. A no holds for its day, unless a spell that is over says otherwise and was
-- told later. A yes that no spell explains holds for its day; up to the next thing on record on either side
-- (spells, and answers to the contrary) it is unknown.
CREATE TABLE remark AS
    WITH contrary AS (
        SELECT a.* FROM answer a WHERE NOT a.value AND NOT EXISTS (
            SELECT 1 FROM spell s WHERE s.id = a.id AND list_contains(a.kinds, s.kind)
                AND (s.ended OR s.start >= a.day) AND s.start < a.last AND a.day < s.sure AND s.told > a.told)
    ),
    unexplained AS (
        SELECT a.* FROM answer a WHERE a.value AND NOT EXISTS (
            SELECT 1 FROM spell s WHERE s.id = a.id AND list_contains(a.kinds, s.kind)
                AND s.start <= a.day AND a.day < s.sure)
    ),
    half_explained AS (
        SELECT a.id, a.day, a.told, list(s.kind) AS kinds FROM unexplained a JOIN spell s
            ON s.id = a.id AND list_contains(a.kinds, s.kind) AND s.sure <= a.day AND a.day < s.after
        GROUP BY ALL
    ),
    bordered AS (
        SELECT u.id, u.day, u.kinds,
            greatest(
                (SELECT max(s.after) FROM spell s WHERE s.id = u.id AND list_has_any(u.kinds, [s.kind]) AND s.after <= u.day),
                (SELECT max(a.last) + 1 FROM answer a WHERE a.id = u.id AND NOT a.value
                    AND list_has_any(a.kinds, u.kinds) AND a.last < u.day)) AS before,
            least(
                (SELECT min(s.start) FROM spell s WHERE s.id = u.id AND list_has_any(u.kinds, [s.kind]) AND s.start > u.day),
                (SELECT min(a.day) FROM answer a WHERE a.id = u.id AND NOT a.value
                    AND list_has_any(a.kinds, u.kinds) AND a.day > u.day)) AS behind
        FROM unexplained u WHERE NOT EXISTS (SELECT 1 FROM half_explained h WHERE h.id = u.id AND h.day = u.day AND h.told = u.told)
    )
    SELECT id, day AS first, last + 1 AS until, kinds, false AS truth FROM contrary
    UNION ALL SELECT id, day, day + 1, kinds, true FROM half_explained
    UNION ALL SELECT id, day, day + 1, kinds, true FROM bordered
    UNION ALL SELECT id, coalesce(before, DATE '0001-01-01'), day, kinds, NULL FROM bordered
    UNION ALL SELECT id, day + 1, coalesce(behind, DATE '9999-12-31'), kinds, NULL FROM bordered;

-- A placement begins on or after the day of entry; a job that runs at entry is none.
CREATE TABLE placement AS
    SELECT s.*, p.entry, p.exit FROM spell s JOIN participation p USING (id) WHERE s.start >= p.entry;

-- The first placement of the kinds; of two that begin on one day the one that is numbered first.
CREATE MACRO first_placement(kinds) AS TABLE
    SELECT * FROM placement WHERE list_contains(kinds, kind)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY start, spell::INT) = 1;

-- The integrations of SGB II: placements of the kinds, of several of one person in a calendar month the first.
CREATE MACRO integration(kinds) AS TABLE
    SELECT * FROM placement WHERE list_contains(kinds, kind)
    QUALIFY row_number() OVER (PARTITION BY id, date_trunc('month', start) ORDER BY start, spell::INT) = 1;

-- h calendar months later; the end of a shorter month stands for days that it has not.
CREATE MACRO months_after(d, h) AS (d + to_months(h::INT))::DATE;

-- Whether a day is known at all, and what is known of work then. Death is known for ever.
CREATE MACRO observed(person, d) AS (
    SELECT coalesce(d <= on_day() AND d < o.unobserved AND d < coalesce(o.gone, DATE '9999-12-31'), false)
    FROM observation o WHERE o.id = person);

CREATE MACRO working(person, d, asked) AS (
    SELECT CASE
        WHEN d > on_day() THEN NULL
        WHEN d >= o.died THEN false
        WHEN EXISTS (SELECT 1 FROM remark r WHERE r.id = person AND r.first <= d AND d < r.until
            AND r.truth AND list_has_all(asked, r.kinds)) THEN true
        WHEN EXISTS (SELECT 1 FROM remark r WHERE r.id = person AND r.first <= d AND d < r.until
            AND NOT r.truth AND list_has_all(r.kinds, asked)) THEN false
        WHEN d >= o.unobserved OR d >= o.gone THEN NULL
        WHEN EXISTS (SELECT 1 FROM spell s WHERE s.id = person AND list_contains(asked, s.kind)
            AND s.start <= d AND d < s.sure
            AND NOT EXISTS (SELECT 1 FROM remark r WHERE r.id = person AND r.first <= d AND d < r.until
                AND NOT r.truth AND list_contains(r.kinds, s.kind))) THEN true
        WHEN EXISTS (SELECT 1 FROM spell s WHERE s.id = person AND list_contains(asked, s.kind)
            AND s.sure <= d AND d < s.after) THEN NULL
        WHEN EXISTS (SELECT 1 FROM remark r WHERE r.id = person AND r.first <= d AND d < r.until
            AND r.truth IS NOT false AND list_has_any(asked, r.kinds)) THEN NULL
        WHEN EXISTS (SELECT 1 FROM participation p WHERE p.id = person AND d < p.entry) THEN NULL
        ELSE false END
    FROM observation o WHERE o.id = person);

-- Some day of several: yes if one is yes, unknown if none is and one is unknown.
CREATE MACRO some_day(x) AS
    CASE WHEN bool_or(x) THEN true WHEN count(*) FILTER (x IS NULL) > 0 THEN NULL ELSE false END;

-- A month clock counts months of boundaries.
CREATE MACRO month_index(d) AS year(d) * 12 + month(d);

-- Of all exits: unsubsidised work on some day of the nth calendar quarter after that of the exit. Left out: dead by the
-- end of that quarter; left for prison or reasons of health.
CREATE MACRO work_in_quarter(nth, name) AS TABLE
    WITH quarter AS (
        SELECT id, exit, exit_reason, (date_trunc('quarter', exit) + to_months(3 * nth))::DATE AS first_day,
            (date_trunc('quarter', exit) + to_months(3 * nth + 3))::DATE - 1 AS last_day
        FROM participation WHERE exit IS NOT NULL
    ),
    days AS (
        SELECT id, unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day FROM quarter
    ),
    worked AS (
        SELECT id, some_day(w) AS yes, count(w) = count(*) AS whole
        FROM (SELECT id, working(id, day, ['SVP', 'MINIJOB', 'SELF', 'DUAL']) AS w FROM days) GROUP BY id
    )
    SELECT 'all' AS stratum, name AS "row", 0 AS horizon,
        coalesce(exit_reason IN ('PRISON', 'HEALTH'), false)
            OR coalesce(died BETWEEN exit AND last_day, false) AS excluded,
        last_day <= on_day() AS due, true AS asked, yes, whole
    FROM quarter JOIN worked USING (id) JOIN observation USING (id);
