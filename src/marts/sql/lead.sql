-- One lead with all that is known of it, and where its line stands; none where the caller may not see it.
-- Reads:  marts.leads_corrected, staging.campaign_leads, marts.campaigns, marts.projects, marts.accounts, raw.files
-- Params: $lead
SELECT l.lead_key, l.lead_id, s.name, s.phone, s.phone_e164, s.phone_country, s.phone_valid, s.email, s.email_valid,
       l.status, l.stage, l.arrival_at, c.campaign_id, c.campaign_name, o.project_name, a.account_id, l.assigned_to,
       l.logged, l.first_touch_at,
       CASE WHEN l.first_touch_at IS NOT NULL
            THEN greatest(0, epoch_ms(l.first_touch_at) - epoch_ms(l.arrival_at)) // 60000 END AS wait_minutes,
       s.ad_set_id, s.ad_id, coalesce(s.form_name, s.form_id) AS form, s.platform, s.language,
       f.name AS file, l.line, f.import_id
FROM marts.leads_corrected AS l
JOIN staging.campaign_leads AS s ON s.file_id = l.file_id AND s.line = l.line
JOIN marts.accounts AS a ON a.account_key = l.account_key
LEFT JOIN marts.campaigns AS c ON c.campaign_key = l.campaign_key
LEFT JOIN marts.projects AS o ON o.project_key = l.project_key
LEFT JOIN raw.files AS f ON f.file_id = l.file_id
WHERE l.lead_id = $lead /*narrow l*/;
