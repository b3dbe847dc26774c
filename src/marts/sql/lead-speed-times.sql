-- One row per lead whose time to first contact counts, in the order of time: minutes until it was contacted, or for which
-- it has waited; where and when it arrived, and who calls it. Leads never contacted wait still.
-- Reads:  lead_waits
-- Params: $with_bulk
WITH reps AS (
  SELECT assigned_to, row_number() OVER (ORDER BY assigned_to NULLS FIRST) AS rep
  FROM (SELECT DISTINCT assigned_to FROM lead_waits)
)
SELECT w.minutes::INTEGER AS minutes, (w.contact = 'touched')::INTEGER AS contacted, w.weekday * 24 + w.hour AS cell,
       w.account_key AS account, r.rep::INTEGER AS rep, w.after_hours::INTEGER AS after_hours
FROM lead_waits AS w JOIN reps AS r ON r.assigned_to IS NOT DISTINCT FROM w.assigned_to
WHERE w.contact = 'never' OR (w.contact = 'touched' AND ($with_bulk::BOOLEAN OR NOT w.bulk))
ORDER BY minutes;
