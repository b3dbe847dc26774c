-- Log rows at an hour that no clock of their account's zone showed, as clocks had been put forward, one row per row.
-- Reads:  log, accounts
-- Params: $missing, JSON list of {zone, from, until}
WITH missing AS (
  SELECT gap.zone, gap."from"::TIMESTAMP AS from_moment, gap.until::TIMESTAMP AS until_moment
  FROM (SELECT unnest(from_json($missing, '[{"zone":"VARCHAR","from":"VARCHAR","until":"VARCHAR"}]')) AS gap)
),
hit AS (
  SELECT g.*, m.from_moment, m.zone
  FROM log AS g JOIN missing AS m ON g.changed_at >= m.from_moment AND g.changed_at < m.until_moment
)
SELECT strftime(h.from_moment, '%Y-%m-%d') AS item, strftime(h.from_moment, '%Y-%m-%d') AS label, h.account_id,
       NULL AS money_minor, 0 AS leads, h.file_id, h.line, h.lead_id, h.status, h.changed_at, h.zone
FROM hit AS h JOIN accounts AS a ON a.account_id = h.account_id AND a.time_zone = h.zone
