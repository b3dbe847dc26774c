-- The last row before a missing day of each ad set that skips it, one row per ad set and missing day.
-- money: the mean of the spend before and after it.
-- Reads:  insights
-- Params: $accounts, $campaigns ('' = all of the account), $days (as parallel lists), $by_day (1: items are days, 0: accounts)
WITH missing AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id, unnest($days::VARCHAR[])::DATE AS missing_day
),
steps AS (
  SELECT account_id, campaign_id, entity, day, spend_minor, file_id, line, lead(day) OVER life AS day_after,
         lead(spend_minor) OVER life AS spend_after
  FROM insights SEMI JOIN missing USING (account_id)
  ANTI JOIN missing AS told_zeros ON told_zeros.account_id = insights.account_id AND told_zeros.missing_day = insights.day
       AND greatest(insights.spend_minor, insights.impressions, insights.clicks, insights.reach) = 0
  WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY day, line)
)
SELECT CASE $by_day WHEN 1 THEN m.missing_day::VARCHAR ELSE coalesce(nullif(m.campaign_id, ''), s.account_id) || ' ' || m.missing_day END AS item,
       CASE $by_day WHEN 1 THEN m.missing_day::VARCHAR ELSE coalesce(nullif(m.campaign_id, ''), s.account_id) || ', ' || m.missing_day END AS label, s.account_id,
       ((coalesce(s.spend_minor, 0) + coalesce(s.spend_after, 0)) / 2)::BIGINT AS money_minor, NULL AS leads, s.file_id, s.line,
       s.campaign_id, s.entity AS ad_set, m.missing_day, s.day AS day_before, s.day_after, s.spend_minor AS spend_before,
       s.spend_after
FROM steps AS s
JOIN missing AS m ON m.account_id = s.account_id AND (m.campaign_id = '' OR m.campaign_id = s.campaign_id) AND m.missing_day > s.day AND m.missing_day < s.day_after
WHERE s.day_after - s.day BETWEEN 2 AND CASE m.campaign_id WHEN '' THEN 7 ELSE 8 END
