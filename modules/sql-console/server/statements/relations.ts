/** Which tables and views a statement may name. What rights the login has on them is the database's to say. */
const words = (text: string) => text.trim().split(/\s+/)

/**
 * The catalogue, as far as it says how a database is made. Not what others do in it (`pg_stat_activity`), not passwords, and
 * not samples of what tables hold (`pg_stats`).
 */
const catalogue = new Set(
  words(`pg_aggregate pg_am pg_attrdef pg_attribute pg_cast pg_class pg_collation pg_constraint pg_depend pg_description
    pg_enum pg_extension pg_index pg_indexes pg_inherits pg_language pg_matviews pg_namespace pg_opclass pg_operator pg_opfamily
    pg_partitioned_table pg_policies pg_policy pg_proc pg_range pg_rewrite pg_rules pg_sequence pg_sequences
    pg_stat_user_indexes pg_stat_user_tables pg_statio_user_indexes pg_statio_user_tables pg_statistic_ext pg_tables
    pg_timezone_abbrevs pg_timezone_names pg_trigger pg_ts_config pg_ts_dict pg_ts_parser pg_ts_template pg_type pg_views`),
)

/** Ours beside what the practice or the vendor works with. No statement of a console changes them. */
const kept = new Set(['schema_migrations', 'console_pill', 'audit_outbox', 'audit_entries', 'audit_log'])

export type RelationReason = 'other_database' | 'catalogue' | 'catalogue_write' | 'schema' | 'kept_table'

/**
 * @param use what is done with it
 * @returns undefined where it may be named
 */
export function whyNotNamed(
  { database, schema, name }: { database: string; schema: string; name: string },
  use: 'read' | 'write',
): RelationReason | undefined {
  if (database) return 'other_database'
  const isCatalogue = schema === 'pg_catalog' || (!schema && name.startsWith('pg_'))
  if (isCatalogue || schema === 'information_schema') {
    if (use === 'write') return 'catalogue_write'
    return schema === 'information_schema' || catalogue.has(name) ? undefined : 'catalogue'
  }
  if (schema && schema !== 'public') return 'schema'
  return use === 'write' && kept.has(name) ? 'kept_table' : undefined
}
