-- One row: the currencies of the selected campaigns, sorted.
-- Reads:  marts.campaigns
SELECT list_sort(coalesce(list(DISTINCT currency), [])) AS currencies
FROM marts.campaigns AS c WHERE true /*narrow c*/;
