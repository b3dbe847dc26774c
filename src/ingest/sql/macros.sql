-- Small readings of one cell, used by the generated typing statements; temporary, made anew on each connection.

-- A cell without invisible characters, with ASCII digits and plain spaces. Most cells are ASCII and need only a trim.
CREATE OR REPLACE TEMP MACRO ingest_clean(cell) AS CASE
  WHEN strlen(cell) = length(cell) THEN trim(cell, ' ' || chr(9) || chr(10) || chr(13))
  ELSE trim(regexp_replace(
    translate(cell, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹−' || chr(160) || chr(8239) || chr(8201) || chr(9) || chr(10) || chr(13),
                    '01234567890123456789-      '),
    '[\x{00AD}\x{061C}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]', '', 'g')) END;

-- Every digit as 9: cells of one way of writing share a shape.
CREATE OR REPLACE TEMP MACRO ingest_shape(cleaned) AS left(translate(cleaned, '012345678', '999999999'), 60);

-- Nothing in the cell. A first character that prints settles it without looking at the rest.
CREATE OR REPLACE TEMP MACRO ingest_empty(cell) AS CASE
  WHEN cell IS NULL THEN true
  WHEN ord(cell) BETWEEN 33 AND 126 OR ord(cell) BETWEEN 1568 AND 1791 THEN false
  ELSE ingest_clean(cell) = '' END;

-- Nothing in the cell, or one of the words that stand for nothing where a number, a date or an id is expected.
CREATE OR REPLACE TEMP MACRO ingest_blank(cell) AS CASE
  WHEN cell IS NULL THEN true
  WHEN ord(cell) BETWEEN 48 AND 57 THEN false
  -- A pattern, not an IN list: DuckDB makes a join of a long list, and evaluates the cell for every row.
  ELSE regexp_full_match(ingest_clean(cell), '(?i)(-|--|—|–|n/a|na|#n/a|null|none|nan|nat)?') END;

-- A name as it is compared to make an id of it.
CREATE OR REPLACE TEMP MACRO ingest_name(cell) AS
  lower(regexp_replace(nfc_normalize(ingest_clean(cell)), ' +', ' ', 'g'));

-- An id without the prefixes of Meta's lead download and without the ".0" of a spreadsheet; null when it was damaged.
CREATE OR REPLACE TEMP MACRO ingest_id(cell) AS CASE
  WHEN ingest_blank(cell) THEN NULL
  WHEN regexp_full_match(ingest_clean(cell), '[0-9]([.,][0-9]+)?[eE]\+?[0-9]+') THEN NULL
  WHEN regexp_full_match(ingest_clean(cell), '(l|ag|as|c|f):[0-9]+')
    THEN regexp_replace(ingest_clean(cell), '^[a-z]+:', '')
  WHEN regexp_full_match(ingest_clean(cell), '[0-9]+\.0') THEN regexp_replace(ingest_clean(cell), '\.0$', '')
  ELSE ingest_clean(cell) END;

-- Words that name the total line of an export.
CREATE OR REPLACE TEMP MACRO ingest_total(cell) AS coalesce(regexp_full_match(lower(ingest_clean(cell)),
  '(grand )?totals?( .*)?|results from .*|total: .*|(ال)?[إا]جمالي.*|المجموع.*|النتائج من .*|نتائج من .*'), false);

CREATE OR REPLACE TEMP MACRO ingest_boolean(cell) AS CASE lower(ingest_clean(cell))
  WHEN 'true' THEN true WHEN '1' THEN true WHEN 'yes' THEN true WHEN 'y' THEN true WHEN 'نعم' THEN true
  WHEN 'false' THEN false WHEN '0' THEN false WHEN 'no' THEN false WHEN 'n' THEN false WHEN 'لا' THEN false END;

-- A record as a line of CSV, for a person to read; at most 4,000 characters.
CREATE OR REPLACE TEMP MACRO ingest_record(cells, delimiter) AS left(array_to_string(list_transform(cells, lambda cell:
  CASE WHEN cell IS NULL THEN '' WHEN contains(cell, delimiter) OR contains(cell, '"') OR contains(cell, chr(10))
       THEN '"' || replace(cell, '"', '""') || '"' ELSE cell END), delimiter), 4000);
