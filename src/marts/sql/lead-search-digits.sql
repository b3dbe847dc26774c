-- Leads that a number finds: by id, or, in accounts whose contacts are shown, by the digits of the phone in any form.
-- Reads:  staging.campaign_leads
-- Params: $search, $contacts (accounts; NULL = all)
SELECT file_id, line FROM staging.campaign_leads
WHERE lead_id = (SELECT staging.latin_digits(trim($search)))
      OR (contains(phone_search, (SELECT staging.phone_digits($search)))
          AND ($contacts::VARCHAR[] IS NULL OR list_contains($contacts::VARCHAR[], account_id)))
