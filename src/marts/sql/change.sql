-- One row per campaign (and per account's leads without one) with delivery or leads in either of two spans of days.
-- The spans may overlap: a day in both counts in both. aged: leads logged as qualified within as many days as the later span had until the end of the data.
-- Reads:  marts.delivery_corrected, marts.leads_corrected, marts.accounts, marts.campaigns, marts.projects
-- Params: $before_from, $before_to, $from, $to (dates, inclusive), $age_days, $as_of
WITH known AS (
  SELECT account_key, account_id, marts.knew(spend_since, $as_of) AS knows_spend,
         marts.knew(leads_since, $as_of) AS knows_leads, marts.knew_stages(staged, logged_since, $as_of) AS knows_stages
  FROM marts.accounts
),
parts AS (
  SELECT d.account_key, d.campaign_key,
         sum(d.spend_minor) FILTER (WHERE d.day BETWEEN $before_from::DATE AND $before_to::DATE) AS spend_before,
         sum(d.spend_minor) FILTER (WHERE d.day BETWEEN $from::DATE AND $to::DATE) AS spend_after
  FROM marts.delivery_corrected AS d
  WHERE (d.day BETWEEN $before_from::DATE AND $before_to::DATE OR d.day BETWEEN $from::DATE AND $to::DATE) /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT l.account_key, l.campaign_key,
         sum(l.weight) FILTER (WHERE l.arrival_day BETWEEN $before_from::DATE AND $before_to::DATE) AS leads_before,
         sum(l.weight) FILTER (WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE) AS leads_after,
         sum(l.weight) FILTER (WHERE l.arrival_day BETWEEN $before_from::DATE AND $before_to::DATE
                               AND l.stage IN ('qualified', 'meeting', 'won'))
           AS qualified_before,
         sum(l.weight) FILTER (WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE
                               AND l.stage IN ('qualified', 'meeting', 'won'))
           AS qualified_after,
         sum(l.weight) FILTER (WHERE l.arrival_day BETWEEN $before_from::DATE AND $before_to::DATE
                               AND l.first_qualified_at < $before_to::DATE + 1 + $age_days::INTEGER) AS aged_before,
         sum(l.weight) FILTER (WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE
                               AND l.first_qualified_at < $to::DATE + 1 + $age_days::INTEGER) AS aged_after,
         bool_or(l.logged) AS logged
  FROM marts.leads_corrected AS l
  WHERE (l.arrival_day BETWEEN $before_from::DATE AND $before_to::DATE
         OR l.arrival_day BETWEEN $from::DATE AND $to::DATE) /*narrow l*/
  GROUP BY ALL
),
by_campaign AS (
  SELECT account_key, campaign_key, coalesce(sum(spend_before), 0)::BIGINT AS spend_before,
         coalesce(sum(spend_after), 0)::BIGINT AS spend_after, coalesce(sum(leads_before), 0)::BIGINT AS leads_before,
         coalesce(sum(leads_after), 0)::BIGINT AS leads_after,
         coalesce(sum(qualified_before), 0)::BIGINT AS qualified_before,
         coalesce(sum(qualified_after), 0)::BIGINT AS qualified_after,
         coalesce(sum(aged_before), 0)::BIGINT AS aged_before, coalesce(sum(aged_after), 0)::BIGINT AS aged_after,
         coalesce(bool_or(logged), false) AS logged
  FROM parts GROUP BY ALL
)
SELECT b.* EXCLUDE (account_key, campaign_key), k.* EXCLUDE (account_key), c.campaign_id, c.campaign_name, p.project_name
FROM by_campaign AS b
JOIN known AS k USING (account_key)
LEFT JOIN marts.campaigns AS c ON c.campaign_key = b.campaign_key
LEFT JOIN marts.projects AS p ON p.project_key = c.project_key
ORDER BY b.account_key, b.campaign_key NULLS LAST;
