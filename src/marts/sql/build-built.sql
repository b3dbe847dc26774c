-- One row: what the warehouse was made from.
-- Params: $position, $definitions_version, $code_version, $treatments_version
INSERT INTO marts.built VALUES ($position, $definitions_version, $code_version, $treatments_version);
