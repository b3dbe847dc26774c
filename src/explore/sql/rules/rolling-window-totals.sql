-- Insight rows that tell the total of the last so many days of their series, one row per row: as reported and as the
-- day's own amount. Totals of windows that begin at each day, differenced and added up over every so manyth row, are the
-- own amounts; daily amounts before the span are put into windows for that, if the first total of the span holds them.
-- money: spend reported beyond the day's own.
-- Reads:  insights
-- Params: $accounts, $campaigns, $entities, $measures, $froms, $untils, $widths (spans, as parallel lists)
WITH spans AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($measures::VARCHAR[]) AS measures,
         unnest($froms::VARCHAR[])::DATE AS from_day, unnest($untils::VARCHAR[])::DATE AS until_day,
         unnest($widths::INTEGER[]) AS width
),
placed AS (
  SELECT i.*, s.measures, s.width, i.day >= s.from_day AS within, row_number() OVER life AS place
  FROM insights AS i
  JOIN spans AS s ON s.account_id = i.account_id AND s.campaign_id = i.campaign_id AND s.entity = i.entity AND i.day <= s.until_day
  WINDOW life AS (PARTITION BY i.account_id, i.campaign_id, i.entity ORDER BY i.day)
),
before AS (
  SELECT l.account_id, l.campaign_id, l.entity, l.place,
         sum(e.spend_minor) FILTER (WHERE NOT e.within AND e.place < l.place) AS spend_earlier,
         sum(e.impressions) FILTER (WHERE NOT e.within AND e.place < l.place) AS impressions_earlier,
         sum(e.clicks) FILTER (WHERE NOT e.within AND e.place < l.place) AS clicks_earlier,
         sum(e.spend_minor) AS spend_window, sum(e.impressions) AS impressions_window, sum(e.clicks) AS clicks_window
  FROM placed AS l
  JOIN placed AS e ON e.account_id = l.account_id AND e.campaign_id = l.campaign_id AND e.entity = l.entity
                      AND e.place BETWEEN l.place - l.width + 1 AND l.place
  GROUP BY ALL
),
carried AS (
  SELECT p.*, b.spend_window, b.impressions_window, b.clicks_window,
         coalesce(arg_min(p.spend_minor >= b.spend_earlier, p.place) FILTER (WHERE within) OVER life, false) AS spend_carries,
         coalesce(arg_min(p.impressions >= b.impressions_earlier, p.place) FILTER (WHERE within) OVER life, false) AS impressions_carries,
         coalesce(arg_min(p.clicks >= b.clicks_earlier, p.place) FILTER (WHERE within) OVER life, false) AS clicks_carries
  FROM placed AS p JOIN before AS b USING (account_id, campaign_id, entity, place)
  WINDOW life AS (PARTITION BY account_id, campaign_id, entity)
),
windowed AS (
  SELECT *, CASE WHEN within THEN spend_minor WHEN spend_carries THEN spend_window ELSE 0 END AS spend_total,
         CASE WHEN within THEN impressions WHEN impressions_carries THEN impressions_window ELSE 0 END AS impressions_total,
         CASE WHEN within THEN clicks WHEN clicks_carries THEN clicks_window ELSE 0 END AS clicks_total
  FROM carried
),
grown AS (
  SELECT *, spend_total - coalesce(lag(spend_total) OVER life, 0) AS spend_grown,
         impressions_total - coalesce(lag(impressions_total) OVER life, 0) AS impressions_grown,
         clicks_total - coalesce(lag(clicks_total) OVER life, 0) AS clicks_grown
  FROM windowed WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY place)
),
own AS (
  SELECT *, CASE WHEN contains(measures, 'spend_minor') THEN greatest(sum(spend_grown) OVER strand, 0) ELSE spend_minor END::BIGINT AS own_spend,
         CASE WHEN contains(measures, 'impressions') THEN greatest(sum(impressions_grown) OVER strand, 0) ELSE impressions END::BIGINT AS own_impressions,
         CASE WHEN contains(measures, 'clicks') THEN greatest(sum(clicks_grown) OVER strand, 0) ELSE clicks END::BIGINT AS own_clicks
  FROM grown WINDOW strand AS (PARTITION BY account_id, campaign_id, entity, place % width ORDER BY place)
)
SELECT campaign_id AS item, campaign_id AS label, account_id,
       CASE WHEN contains(measures, 'spend_minor') THEN spend_minor - own_spend END AS money_minor, NULL AS leads, file_id, line,
       campaign_id, entity AS ad_set, day, width AS window_days, spend_minor AS reported_spend_minor, own_spend AS own_spend_minor,
       impressions, own_impressions, clicks, own_clicks
FROM own WHERE within
