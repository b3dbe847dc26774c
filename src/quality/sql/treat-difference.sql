-- Turns running totals into daily amounts. Each measure for itself: a value less the one before within the span; a
-- fall of at most 2 % corrects the total, a deeper one begins a new count. Several rows of one day follow each other by
-- size. The first value of the span stands as it is, unless it carries on from the daily amounts before the span: then
-- it is nearer to their sum plus an average day than to an average day.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of spans of series)
INSERT INTO treated_rows
WITH series AS (
  SELECT i.*, s.span, s.measures, i.day >= s.from_day AS within
  FROM insights_now AS i
  JOIN staging.target_series($targets) AS s
    ON s.account_id = i.account_id AND s.campaign_id = i.campaign_id AND (s.entity IS NULL OR s.entity = i.entity)
       AND i.day <= s.until_day
),
long AS (
  SELECT span, campaign_id, entity, day, file_id, line, within, unnest(measures) AS measure,
         CASE unnest(measures) WHEN 'spend_minor' THEN spend_minor WHEN 'impressions' THEN impressions
                               WHEN 'clicks' THEN clicks WHEN 'reach' THEN reach END AS value
  FROM series
),
placed AS (
  SELECT *, lag(value) OVER (PARTITION BY span, campaign_id, entity, measure, within
                             ORDER BY day, value, file_id, line) AS before,
         sum(value) FILTER (WHERE NOT within) OVER life AS told,
         count(*) FILTER (WHERE NOT within) OVER life AS days
  FROM long WHERE value IS NOT NULL
  WINDOW life AS (PARTITION BY span, campaign_id, entity, measure)
),
daily AS (
  SELECT file_id, line, measure,
         min(CASE WHEN before IS NOT NULL THEN value - CASE WHEN value * 50 >= before * 49 THEN before ELSE 0 END
                  WHEN told > 0 AND value >= told AND value > told / days + told / 2 THEN value - told
                  ELSE value END)::BIGINT AS value
  FROM placed WHERE within GROUP BY ALL
),
wide AS (
  SELECT file_id, line, max(value) FILTER (WHERE measure = 'spend_minor') AS spend_minor,
         max(value) FILTER (WHERE measure = 'impressions') AS impressions,
         max(value) FILTER (WHERE measure = 'clicks') AS clicks, max(value) FILTER (WHERE measure = 'reach') AS reach
  FROM daily GROUP BY file_id, line
)
SELECT i.file_id, i.line, $step, false, coalesce(w.spend_minor, i.spend_minor), coalesce(w.impressions, i.impressions),
       coalesce(w.clicks, i.clicks), coalesce(w.reach, i.reach)
FROM insights_now AS i JOIN wide AS w ON w.file_id = i.file_id AND w.line = i.line;
