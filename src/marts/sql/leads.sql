-- One page of the selection's leads.
-- Reads:  marts.leads_corrected, staging.campaign_leads, marts.campaigns, marts.projects, marts.accounts
-- Params: $from, $to (dates, inclusive), $limit, $offset
WITH page AS (
  SELECT *, lead_key AS sort_value FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE
        /*narrow l*/ /*stage l*/ /*filters l*/ /*search l*/ /*after*/
  ORDER BY sort_value DESC NULLS LAST, lead_key DESC LIMIT $limit::BIGINT OFFSET $offset::BIGINT
)
SELECT p.lead_key, p.sort_value, p.lead_id, s.name, s.phone, s.phone_e164, s.phone_country, s.phone_valid, s.email,
       s.email_valid, p.status, p.stage, p.arrival_at, c.campaign_id, c.campaign_name, o.project_name, a.account_id,
       p.assigned_to, p.logged, p.first_touch_at,
       CASE WHEN p.first_touch_at IS NOT NULL
            THEN greatest(0, epoch_ms(p.first_touch_at) - epoch_ms(p.arrival_at)) // 60000 END AS wait_minutes
FROM page AS p
JOIN staging.campaign_leads AS s ON s.file_id = p.file_id AND s.line = p.line
JOIN marts.accounts AS a ON a.account_key = p.account_key
LEFT JOIN marts.campaigns AS c ON c.campaign_key = p.campaign_key
LEFT JOIN marts.projects AS o ON o.project_key = p.project_key
ORDER BY p.sort_value DESC NULLS LAST, p.lead_key DESC;
