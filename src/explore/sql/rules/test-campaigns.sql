-- Campaigns whose name says that they were made to try something out, one row per campaign with its spend and leads.
-- Reads:  campaigns, insights, leads
-- Params: $words (a regular expression over folded names), $not (one that clears a name)
SELECT c.campaign_id AS item, coalesce(c.campaign_name, c.project_name, c.campaign_id) || ' (' || c.campaign_id || ')' AS label,
       c.account_id, s.spend_minor AS money_minor, coalesce(l.leads, 0) AS leads, c.file_id, c.line, c.campaign_id,
       c.campaign_name, c.project_written AS project, s.spend_minor, l.leads AS leads_in_all, c.start_time
FROM campaigns AS c
LEFT JOIN (SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor FROM insights GROUP BY ALL) AS s USING (account_id, campaign_id)
LEFT JOIN (SELECT account_id, campaign_id, count(*) AS leads FROM leads GROUP BY ALL) AS l
       ON l.account_id = c.account_id AND l.campaign_id = c.campaign_id
WHERE regexp_matches(lower(coalesce(c.campaign_name, '') || ' | ' || coalesce(c.project_name, '')), $words)
  AND NOT regexp_matches(lower(coalesce(c.campaign_name, '') || ' | ' || coalesce(c.project_name, '')), $not)
