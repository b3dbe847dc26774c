-- Log rows and leads whose status is in no status map but is spelt like one that is: apart from case, spaces, punctuation
-- and Arabic letter variants the same, or the same in Arabic, or a letter or two away. One row per row.
-- Reads:  log, leads
-- Params: $known, the mapped statuses; $arabic, JSON list of {arabic, means}: common Arabic words for them
WITH known AS (
  SELECT status, regexp_replace(staging.fold(status), '[^\p{L}\p{N}]+', '', 'g') AS letters
  FROM (SELECT unnest($known::VARCHAR[]) AS status)
),
words AS (
  SELECT regexp_replace(staging.fold(word.arabic), '[^\p{L}\p{N}]+', '', 'g') AS letters, k.status AS means
  FROM (SELECT unnest(from_json($arabic, '[{"arabic":"VARCHAR","means":"VARCHAR"}]')) AS word)
  JOIN known AS k ON k.letters = regexp_replace(staging.fold(word.means), '[^\p{L}\p{N}]+', '', 'g')
),
strange AS (
  SELECT status, regexp_replace(staging.fold(status), '[^\p{L}\p{N}]+', '', 'g') AS letters
  FROM (SELECT status FROM log WHERE stage IS NULL
        UNION SELECT status FROM leads WHERE stage IS NULL AND status IS NOT NULL)
),
meant AS (
  SELECT status, arg_min(means, (distance, means)) AS means FROM (
    SELECT s.status, k.status AS means, 0 AS distance FROM strange AS s JOIN known AS k USING (letters)
    UNION ALL
    SELECT s.status, w.means, 0 FROM strange AS s JOIN words AS w USING (letters)
    UNION ALL
    SELECT s.status, k.status, damerau_levenshtein(s.letters, k.letters) FROM strange AS s, known AS k
    WHERE length(k.letters) >= 5 AND damerau_levenshtein(s.letters, k.letters) BETWEEN 1
          AND CASE WHEN length(k.letters) >= 8 THEN 2 ELSE 1 END
  ) GROUP BY status
),
written AS (
  SELECT account_id, lead_id, status, changed_at AS moment, 'log' AS place, 0 AS leads, file_id, line
  FROM log WHERE stage IS NULL
  UNION ALL
  SELECT account_id, lead_id, status, added_at, 'leads', 1, file_id, line
  FROM leads WHERE stage IS NULL AND status IS NOT NULL
)
SELECT w.status AS item, '“' || w.status || '”' AS label, w.account_id, NULL AS money_minor, w.leads, w.file_id, w.line,
       w.place, w.lead_id, w.status, m.means, w.moment
FROM written AS w JOIN meant AS m USING (status)
