/**
 * The one statement that describes a database, read from its own catalogue. Objects of extensions hang on them by
 * pg_depend; PostgreSQL's own have numbers below 16384. What stands in pg_init_privs are the rights as installed.
 */
export const catalogueLines = `
WITH extension_objects AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
relations AS MATERIALIZED (
  SELECT c.*, c.oid::regclass::text AS name,
    CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
      WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'
      WHEN 'i' THEN 'index' WHEN 'I' THEN 'partitioned index' WHEN 'c' THEN 'composite type' END AS kind,
    c.oid >= 16384 AND NOT EXISTS (
      SELECT FROM extension_objects e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid) AS ours
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_(toast|temp)'
),
functions AS MATERIALIZED (
  SELECT p.*, p.oid::regprocedure::text AS name,
    p.oid >= 16384 AND NOT EXISTS (
      SELECT FROM extension_objects e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid) AS ours
  FROM pg_proc p
),
types AS MATERIALIZED (
  SELECT t.*, t.oid::regtype::text AS name,
    t.oid >= 16384 AND NOT EXISTS (
      SELECT FROM extension_objects e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid) AS ours
  FROM pg_type t
),
schemas AS MATERIALIZED (
  SELECT n.*, n.nspname = 'public' OR n.oid >= 16384 AND NOT EXISTS (
      SELECT FROM extension_objects e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid) AS ours
  FROM pg_namespace n WHERE n.nspname !~ '^pg_(toast|temp)'
),
-- Each object with the rights it has, those it was installed with, and what it is called.
rights (object, kind, owner, acl, installed, ours) AS (
  SELECT 'schema ' || quote_ident(s.nspname), 'n', s.nspowner, s.nspacl, i.initprivs, s.ours
  FROM schemas s LEFT JOIN pg_init_privs i ON i.classoid = 'pg_namespace'::regclass AND i.objoid = s.oid AND i.objsubid = 0
  UNION ALL
  SELECT r.kind || ' ' || r.name, CASE r.relkind WHEN 'S' THEN 's' ELSE 'r' END, r.relowner, r.relacl, i.initprivs, r.ours
  FROM relations r LEFT JOIN pg_init_privs i ON i.classoid = 'pg_class'::regclass AND i.objoid = r.oid AND i.objsubid = 0
  WHERE r.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  UNION ALL
  -- A column has none unless it was given some.
  SELECT 'column ' || r.name || '.' || quote_ident(a.attname), 'c', r.relowner, a.attacl, i.initprivs, false
  FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND NOT a.attisdropped
  LEFT JOIN pg_init_privs i ON i.classoid = 'pg_class'::regclass AND i.objoid = r.oid AND i.objsubid = a.attnum
  UNION ALL
  SELECT 'function ' || f.name, 'f', f.proowner, f.proacl, i.initprivs, f.ours
  FROM functions f LEFT JOIN pg_init_privs i ON i.classoid = 'pg_proc'::regclass AND i.objoid = f.oid AND i.objsubid = 0
  UNION ALL
  -- Whoever may use the schema may use its types, each table's own among them.
  SELECT 'type ' || t.name, 'T', t.typowner, t.typacl, i.initprivs, false
  FROM types t LEFT JOIN pg_init_privs i ON i.classoid = 'pg_type'::regclass AND i.objoid = t.oid AND i.objsubid = 0
  UNION ALL
  SELECT 'language ' || quote_ident(l.lanname), 'l', l.lanowner, l.lanacl, i.initprivs, false
  FROM pg_language l LEFT JOIN pg_init_privs i ON i.classoid = 'pg_language'::regclass AND i.objoid = l.oid AND i.objsubid = 0
  UNION ALL
  SELECT 'foreign server ' || quote_ident(srvname), 'S', srvowner, srvacl, NULL, true FROM pg_foreign_server
),
grants (line) AS (
  SELECT format('grant on %s to %s: %s', object,
    CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
    string_agg(given.privilege_type || CASE WHEN given.is_grantable THEN ' (may pass it on)' ELSE '' END, ', '
      ORDER BY given.privilege_type COLLATE "C"))
  FROM rights, aclexplode(coalesce(acl, acldefault(kind::"char", owner))) AS given
  WHERE ours OR acl IS DISTINCT FROM installed AND given.grantee <> owner
  GROUP BY object, given.grantee
)
SELECT line FROM grants
UNION ALL
SELECT format('default rights of %s%s on %s to %s: %s', d.defaclrole::regrole,
  coalesce(' in schema ' || nullif(d.defaclnamespace, 0)::regnamespace::text, ''),
  CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
    WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END,
  CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
  string_agg(given.privilege_type, ', ' ORDER BY given.privilege_type COLLATE "C"))
FROM pg_default_acl d, aclexplode(d.defaclacl) AS given
GROUP BY d.oid, d.defaclrole, d.defaclnamespace, d.defaclobjtype, given.grantee
UNION ALL
SELECT format('schema %I owner %s', nspname, nspowner::regrole) FROM schemas WHERE ours
UNION ALL
SELECT format('extension %I %s in %s', extname, extversion, extnamespace::regnamespace) FROM pg_extension
UNION ALL
SELECT concat_ws(' ', r.kind, r.name, 'owner', r.relowner::regrole,
  CASE r.relpersistence WHEN 'u' THEN 'unlogged' END,
  CASE WHEN r.relrowsecurity THEN 'row security' END, CASE WHEN r.relforcerowsecurity THEN 'for its owner too' END,
  'with ' || array_to_string(r.reloptions, ', '),
  'partition of ' || (SELECT string_agg(inhparent::regclass::text, ', ') FROM pg_inherits WHERE inhrelid = r.oid),
  pg_get_expr(r.relpartbound, r.oid),
  'by ' || pg_get_partkeydef(CASE r.relkind WHEN 'p' THEN r.oid END),
  'text ' || CASE WHEN r.relkind IN ('v', 'm')
    THEN left(encode(sha256(convert_to(pg_get_viewdef(r.oid), 'UTF8')), 'hex'), 16) END)
FROM relations r WHERE r.ours AND r.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
UNION ALL
SELECT concat_ws(' ', 'column', r.name || '.' || quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attcollation NOT IN (0, t.typcollation) THEN 'collate ' || a.attcollation::regcollation::text END,
  CASE WHEN a.attnotnull THEN 'not null' END,
  CASE a.attidentity WHEN 'a' THEN 'always identity' WHEN 'd' THEN 'identity' END,
  CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' ELSE 'default' END || ' ' || pg_get_expr(d.adbin, d.adrelid))
FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
WHERE r.ours AND r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
SELECT concat_ws(' ', 'sequence values', s.seqrelid::regclass, format_type(s.seqtypid, NULL), 'from', s.seqstart, 'by',
  s.seqincrement, 'within', s.seqmin, s.seqmax, CASE WHEN s.seqcycle THEN 'in circles' END)
FROM pg_sequence s JOIN relations r ON r.oid = s.seqrelid WHERE r.ours
UNION ALL
SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'invalid' END,
  CASE WHEN i.indisreplident THEN 'identity of its rows' END, CASE WHEN i.indisclustered THEN 'clustered' END)
FROM pg_index i JOIN relations r ON r.oid = i.indexrelid WHERE r.ours
UNION ALL
-- That a column is never null is said with the column.
SELECT format('constraint %I on %s %s%s', k.conname,
  coalesce(nullif(k.conrelid, 0)::regclass::text, nullif(k.contypid, 0)::regtype::text), pg_get_constraintdef(k.oid),
  CASE WHEN NOT k.conenforced THEN ' not enforced' ELSE '' END)
FROM pg_constraint k
WHERE k.oid >= 16384 AND k.contype NOT IN ('n', 't') AND NOT EXISTS (
  SELECT FROM relations r WHERE r.oid = k.conrelid AND NOT r.ours)
UNION ALL
SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(g.oid),
  CASE g.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas' WHEN 'A' THEN 'always' END)
FROM pg_trigger g WHERE NOT g.tgisinternal
UNION ALL
SELECT concat_ws(' ', 'rule', pg_get_ruledef(w.oid)) FROM pg_rewrite w
JOIN relations r ON r.oid = w.ev_class WHERE r.ours AND w.rulename <> '_RETURN'
UNION ALL
SELECT concat_ws(' ', 'policy', quote_ident(p.polname), 'on', p.polrelid::regclass, p.polcmd,
  CASE WHEN NOT p.polpermissive THEN 'restrictive' END,
  'for ' || (SELECT string_agg(CASE o WHEN 0 THEN 'PUBLIC' ELSE o::regrole::text END, ', ') FROM unnest(p.polroles) AS o),
  'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p
UNION ALL
SELECT format('function %s owner %s text %s', f.name, f.proowner::regrole,
  CASE WHEN f.prokind = 'a' THEN 'of an aggregate'
    ELSE left(encode(sha256(convert_to(pg_get_functiondef(f.oid), 'UTF8')), 'hex'), 16) END)
FROM functions f WHERE f.ours
UNION ALL
SELECT concat_ws(' ', 'type', t.name, 'owner', t.typowner::regrole,
  CASE t.typtype WHEN 'd' THEN 'as ' || format_type(t.typbasetype, t.typtypmod) END,
  CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault,
  'one of ' || (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
FROM types t WHERE t.ours AND t.typtype IN ('d', 'e', 'r')
UNION ALL
-- What ours have none of: that there is one is all there is to say.
SELECT pg_describe_object(rare.classid, rare.objid, 0)
FROM (
  SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
  UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
  UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
  UNION ALL SELECT 'pg_user_mapping'::regclass, umid FROM pg_user_mappings
  UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
  UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
  UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
  UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
  UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
  UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
  UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
) AS rare (classid, objid)
WHERE rare.objid >= 16384 AND NOT EXISTS (
  SELECT FROM extension_objects e WHERE e.classid = rare.classid AND e.objid = rare.objid)`
