-- Other leads with a lead's phone, newest first, at most $most.
-- Reads:  marts.leads_corrected, staging.campaign_leads, marts.campaigns, marts.projects, marts.accounts
-- Params: $lead, $phone (E.164), $most
SELECT l.lead_id, l.arrival_at, l.status, l.stage, c.campaign_id, c.campaign_name, o.project_name, a.account_id
FROM marts.leads_corrected AS l
JOIN staging.campaign_leads AS s ON s.file_id = l.file_id AND s.line = l.line
JOIN marts.accounts AS a ON a.account_key = l.account_key
LEFT JOIN marts.campaigns AS c ON c.campaign_key = l.campaign_key
LEFT JOIN marts.projects AS o ON o.project_key = l.project_key
WHERE s.phone_e164 = $phone AND l.lead_id <> $lead /*narrow l*/
ORDER BY l.lead_key DESC LIMIT $most::BIGINT;
