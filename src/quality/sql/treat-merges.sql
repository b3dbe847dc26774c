-- Spellings of projects that a treatment merges.
-- Params: $treatment_id, $step, $targets (JSON list of account, from and into)
INSERT INTO staging.project_merges
SELECT DISTINCT $treatment_id, $step, account, staging.normalise(spelling), staging.normalise("into")
FROM (
  SELECT account, unnest("from") AS spelling, "into"
  FROM (SELECT unnest(from_json($targets, '[{"account":"VARCHAR","from":["VARCHAR"],"into":"VARCHAR"}]'), recursive := true))
)
WHERE staging.normalise(spelling) IS NOT NULL ORDER BY ALL;
