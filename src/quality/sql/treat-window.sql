-- Turns totals of the last so many days into daily amounts. Each measure for itself: totals of windows that begin at each
-- row of an entity, differenced and added up over every so manyth row, are the days' own amounts. Daily amounts before
-- the span are put into windows for that, if the first total of the span holds them; else the window begins in the span.
-- Windows are of rows told: a day without a row had no delivery.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of spans of series with the days of their window)
INSERT INTO treated_rows
WITH series AS (
  SELECT i.*, s.span, s.measures, s.window_days, i.day >= s.from_day AS within
  FROM insights_now AS i
  JOIN staging.target_series($targets) AS s
    ON s.account_id = i.account_id AND s.campaign_id = i.campaign_id AND (s.entity IS NULL OR s.entity = i.entity)
       AND i.day <= s.until_day
),
long AS (
  SELECT span, campaign_id, entity, day, file_id, line, within, window_days, unnest(measures) AS measure,
         CASE unnest(measures) WHEN 'spend_minor' THEN spend_minor WHEN 'impressions' THEN impressions
                               WHEN 'clicks' THEN clicks WHEN 'reach' THEN reach END AS value
  FROM series
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY span, campaign_id, entity, measure ORDER BY day, file_id, line) AS place
  FROM long WHERE value IS NOT NULL
),
before AS (
  SELECT l.span, l.campaign_id, l.entity, l.measure, l.place, sum(e.value) AS in_window,
         sum(e.value) FILTER (WHERE NOT e.within AND e.place < l.place) AS earlier
  FROM placed AS l
  JOIN placed AS e ON e.span = l.span AND e.campaign_id = l.campaign_id AND e.entity = l.entity AND e.measure = l.measure
                      AND e.place BETWEEN l.place - l.window_days + 1 AND l.place
  GROUP BY ALL
),
carried AS (
  SELECT p.*, b.in_window,
         coalesce(arg_min(p.value >= b.earlier, p.place) FILTER (WHERE within)
                  OVER (PARTITION BY span, campaign_id, entity, measure), false) AS carries
  FROM placed AS p JOIN before AS b USING (span, campaign_id, entity, measure, place)
),
totals AS (
  SELECT *, CASE WHEN within THEN value WHEN carries THEN in_window ELSE 0 END AS total FROM carried
),
grown AS (
  SELECT *, total - coalesce(lag(total) OVER (PARTITION BY span, campaign_id, entity, measure ORDER BY place), 0) AS grown
  FROM totals
),
daily AS (
  SELECT *, greatest(sum(grown) OVER (PARTITION BY span, campaign_id, entity, measure, place % window_days ORDER BY place), 0) AS own
  FROM grown
),
wide AS (
  SELECT file_id, line, max(own) FILTER (WHERE measure = 'spend_minor')::BIGINT AS spend_minor,
         max(own) FILTER (WHERE measure = 'impressions')::BIGINT AS impressions,
         max(own) FILTER (WHERE measure = 'clicks')::BIGINT AS clicks, max(own) FILTER (WHERE measure = 'reach')::BIGINT AS reach
  FROM daily WHERE within GROUP BY file_id, line
)
SELECT i.file_id, i.line, $step, false, coalesce(w.spend_minor, i.spend_minor), coalesce(w.impressions, i.impressions),
       coalesce(w.clicks, i.clicks), coalesce(w.reach, i.reach)
FROM insights_now AS i JOIN wide AS w ON w.file_id = i.file_id AND w.line = i.line;
