-- One row per contract: deals of stage `contract`, cancelled ones too, as they counted until then.
-- Reads:  staging.deals, lead_keys
INSERT INTO marts.contracts
SELECT k.lead_key, d.value_minor, d.deal_date, d.cancelled_at
FROM staging.deals AS d JOIN lead_keys AS k USING (lead_id)
WHERE d.stage = 'contract' ORDER BY ALL;
