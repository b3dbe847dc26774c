-- Leads that a number finds: by id, or by the digits of the phone in any form.
-- Reads:  staging.campaign_leads
-- Params: $search
SELECT file_id, line FROM staging.campaign_leads
WHERE lead_id = (SELECT staging.latin_digits(trim($search)))
      OR contains(phone_search, (SELECT staging.phone_digits($search)))
