-- Leads that a text finds: by id, name in any spelling, or, in accounts whose contacts are shown, e-mail.
-- Reads:  staging.campaign_leads
-- Params: $search, $contacts (accounts; NULL = all)
SELECT file_id, line FROM staging.campaign_leads
WHERE lead_id = (SELECT trim($search)) OR starts_with(lead_id, (SELECT trim($search) || ' @ '))
      OR contains(name_search, (SELECT staging.fold($search)))
      OR (contains(lower(email), (SELECT lower(trim($search))))
          AND ($contacts::VARCHAR[] IS NULL OR list_contains($contacts::VARCHAR[], account_id)))
