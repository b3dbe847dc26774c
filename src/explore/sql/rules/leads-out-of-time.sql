-- Leads dated more than a day before their campaign began, or more than $late days after it ended, one row per lead. A
-- campaign begins with its start or its first delivery, whichever is earlier, and ends with its stop or last delivery,
-- whichever is later; delivery at the edge of what the insights cover tells neither. exchanged: the same date with day
-- and month exchanged lies within the campaign's life. What is dated after the import is another rule.
-- Reads:  leads, campaigns, insights, files
-- Params: $late
WITH covered AS (SELECT min(day) AS first_day, max(day) AS last_day FROM insights),
delivered AS (
  SELECT account_id, campaign_id, min(day) AS first_day, max(day) AS last_day FROM insights GROUP BY ALL
),
lives AS (
  SELECT c.account_id, c.campaign_id, c.start_time, c.stop_time, d.last_day AS last_delivery,
         CASE WHEN c.start_time IS NOT NULL OR d.first_day > k.first_day + 7
              THEN least(c.start_time::DATE, d.first_day) END AS first_day,
         CASE WHEN c.stop_time IS NOT NULL OR d.last_day < k.last_day - 7
              THEN greatest(c.stop_time::DATE, d.last_day, c.start_time::DATE) END AS last_day
  FROM campaigns AS c CROSS JOIN covered AS k
  LEFT JOIN delivered AS d ON d.account_id = c.account_id AND d.campaign_id = c.campaign_id
),
strays AS (
  SELECT l.*, v.start_time, v.stop_time, v.last_delivery, v.first_day, v.last_day,
         try_cast(strftime(l.day, '%Y-%d-%m') AS DATE) AS turned
  FROM leads AS l
  JOIN lives AS v ON v.account_id = l.account_id AND v.campaign_id = l.campaign_id
  JOIN files AS f ON f.file_id = l.file_id
  WHERE (l.day < v.first_day - 1 OR l.day > v.last_day + $late) AND l.day <= f.imported_at::DATE + 1
),
told AS (
  SELECT *, turned <> day AND turned >= first_day - 1 AND turned <= coalesce(last_day, turned) + 1 AS fits FROM strays
)
SELECT CASE WHEN fits THEN 'exchanged' WHEN day < first_day THEN 'early' ELSE 'late' END AS item, item AS label, account_id,
       NULL AS money_minor, 1 AS leads, file_id, line, lead_id, campaign_id, added_at, start_time, stop_time, last_delivery,
       coalesce(fits, false) AS exchanged
FROM told
