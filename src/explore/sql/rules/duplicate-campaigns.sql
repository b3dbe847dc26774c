-- Campaigns that stand a second time under another id, one row per later one: created minutes after one of the same
-- account, project, budget and stop, or with exactly its delivery.
-- Reads:  campaigns, insights, leads
-- Params: $minutes, $usual (share of campaigns above which creating several at once is how people work here)
WITH spent AS (
  SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor, count(*) AS rows,
         sum(hash(day, spend_minor, impressions, clicks)) AS delivery, sum(impressions)::BIGINT AS impressions
  FROM insights GROUP BY ALL
),
placed AS (
  SELECT c.account_id, c.campaign_id, c.project_name, c.project_search, c.daily_budget_minor, c.start_time, c.stop_time, c.file_id,
         c.line, s.spend_minor, s.impressions, s.rows, lag(c.campaign_id) OVER twins AS twin, lag(c.start_time) OVER twins AS twin_start,
         lag(c.campaign_id) OVER copies AS original
  FROM campaigns AS c
  LEFT JOIN spent AS s USING (account_id, campaign_id)
  WINDOW twins AS (PARTITION BY c.account_id, c.project_search, c.campaign_name, c.daily_budget_minor, c.stop_time
                   ORDER BY c.start_time, c.campaign_id),
         copies AS (PARTITION BY c.account_id, s.delivery, s.rows, s.impressions ORDER BY c.start_time, c.campaign_id)
),
judged AS (
  SELECT *, twin IS NOT NULL AND start_time IS NOT NULL AND project_search IS NOT NULL
            AND date_diff('second', twin_start, start_time) <= 60 * $minutes AS close,
         original IS NOT NULL AND rows >= 2 AND impressions >= 100 AS copied
  FROM placed
),
-- How many such neighbours chance makes: those up to a day apart tell; launches come in bursts, hence six times as many.
counted AS (
  SELECT count(*) AS campaigns, count(*) FILTER (WHERE close) AS all_close,
         count(*) FILTER (WHERE twin IS NOT NULL AND project_search IS NOT NULL
                          AND date_diff('second', twin_start, start_time) BETWEEN 60 * $minutes + 1 AND 86400)
           * $minutes / (1440.0 - $minutes) AS by_chance
  FROM judged
)
SELECT d.campaign_id AS item, d.campaign_id || ' = ' || CASE WHEN copied THEN original ELSE twin END AS label, d.account_id,
       d.spend_minor AS money_minor, coalesce(l.leads, 0) AS leads, d.file_id, d.line, d.campaign_id,
       CASE WHEN copied THEN original ELSE twin END AS original_campaign_id, d.project_name, d.daily_budget_minor, d.start_time,
       d.stop_time, copied AS same_delivery, d.spend_minor
FROM judged AS d CROSS JOIN counted AS n
LEFT JOIN (SELECT account_id, campaign_id, count(*) AS leads FROM leads GROUP BY ALL) AS l
       ON l.account_id = d.account_id AND l.campaign_id = d.campaign_id
WHERE copied OR (close AND all_close >= 0.5 + 6 * by_chance AND (all_close <= 2 OR all_close <= $usual * campaigns))
