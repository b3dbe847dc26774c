-- Insight rows with a click rate far from what campaigns or the campaign's own days show; one row per row. Rows of
-- exchanged columns and rows with more clicks than impressions are other findings.
-- Reads:  insights
-- Params: $deviations (robust deviations of a campaign's log rate below the others'), $deviations_above (above: rates end at
--         one, so few are high), $times (of a day's rate to the
--         campaign's other days), $clicks_expected (fewest that make none no chance), $exchanged (account and campaign, joined by a unit separator)
WITH sound AS (
  SELECT * FROM insights
  WHERE impressions > 0 AND clicks <= impressions
    AND NOT list_contains($exchanged::VARCHAR[], account_id || chr(31) || campaign_id)
),
rates AS (
  SELECT account_id, campaign_id, sum(clicks) AS clicks, sum(impressions) AS impressions, ln(sum(clicks) / sum(impressions)) AS rate
  FROM sound GROUP BY ALL HAVING sum(clicks) >= 20 AND sum(impressions) >= 1000
),
usual AS (
  SELECT median(rate) AS centre, 1.4826 * mad(rate) AS spread, count(*) AS campaigns FROM rates
),
-- Nobody clicked, though even at a rate two spreads below the usual enough would have.
clickless AS (
  SELECT s.account_id, s.campaign_id, any_value(exp(u.centre)) AS usual_rate
  FROM sound AS s, usual AS u
  WHERE u.campaigns >= 20
  GROUP BY s.account_id, s.campaign_id
  HAVING sum(s.clicks) = 0 AND sum(s.impressions) * exp(any_value(u.centre) - 2 * greatest(any_value(u.spread), 0.2)) >= $clicks_expected
),
odd AS (
  SELECT r.account_id, r.campaign_id, exp(u.centre) AS usual_rate
  FROM rates AS r, usual AS u
  WHERE u.campaigns >= 20 AND (r.rate - u.centre > $deviations_above * greatest(u.spread, 0.2)
                               OR u.centre - r.rate > $deviations * greatest(u.spread, 0.2))
  UNION ALL FROM clickless
),
days AS (
  SELECT s.*, r.clicks - s.clicks AS other_clicks, r.impressions - s.impressions AS other_impressions
  FROM sound AS s JOIN rates AS r ON r.account_id = s.account_id AND r.campaign_id = s.campaign_id
),
usual_day AS (
  SELECT median(ln(clicks / impressions)) AS centre, 1.4826 * mad(ln(clicks / impressions)) AS spread FROM sound WHERE clicks >= 20
),
-- A day on its own: many times the rate of the campaign's other days, on enough clicks that chance is out of question; half
-- as many times where no other day of any campaign is near it, or where the campaign's other days are few.
sudden AS (
  SELECT d.*, coalesce(other_clicks / nullif(other_impressions, 0), exp(u.centre)) AS other_rate FROM days AS d, usual_day AS u
  WHERE d.clicks >= 50
    AND (other_clicks >= 20 AND clicks * other_impressions > $times * other_clicks * impressions
         OR ln(clicks / impressions) - u.centre > $deviations_above * greatest(u.spread, 0.2)
            AND clicks * other_impressions >= 0.5 * $times * other_clicks * impressions)
)
SELECT i.campaign_id AS item, i.campaign_id AS label, i.account_id, i.spend_minor AS money_minor, NULL AS leads, i.file_id, i.line,
       i.campaign_id, i.entity AS ad_set, i.day, i.impressions, i.clicks, round(i.clicks / i.impressions, 4) AS ctr,
       round(coalesce(s.other_rate, o.usual_rate), 4) AS usual_ctr, o.campaign_id IS NOT NULL AS whole_campaign, i.spend_minor
FROM sound AS i
LEFT JOIN odd AS o ON o.account_id = i.account_id AND o.campaign_id = i.campaign_id
LEFT JOIN sudden AS s ON s.file_id = i.file_id AND s.line = i.line
WHERE o.campaign_id IS NOT NULL OR s.line IS NOT NULL
