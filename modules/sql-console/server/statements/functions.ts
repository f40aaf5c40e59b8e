/**
 * What a statement may call. PostgreSQL has 3,000 functions, and more with each release: one that reads a file, ends another's
 * session or runs a text as SQL (`query_to_xml`) looks like any other. Those named here compute from what they are given,
 * or say what the catalogue holds; all else is refused.
 */
const words = (text: string) => text.trim().split(/\s+/)

const allowed = new Set([
  // Strings
  ...words(`ascii bit_length btrim casefold char_length character_length chr concat concat_ws convert convert_from
    convert_to decode encode format initcap is_normalized left length like_escape lower lpad ltrim md5 normalize octet_length
    overlay parse_ident position quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like
    regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr repeat
    replace reverse right rpad rtrim similar_escape similar_to_escape split_part starts_with string_to_array string_to_table strpos
    substr substring to_ascii to_bin to_hex to_oct translate unistr upper crc32 crc32c sha224 sha256 sha384 sha512`),
  // Numbers
  ...words(`abs acos acosd asin asind atan atan2 atan2d atand cbrt ceil ceiling cos cosd cosh cot cotd degrees div erf
    erfc exp factorial floor gamma gcd lcm lgamma ln log log10 min_scale mod pi pow power radians random random_normal
    round scale sign sin sind sinh sqrt tan tand tanh trim_scale trunc width_bucket to_number bit_count get_bit
    get_byte set_bit set_byte num_nonnulls num_nulls`),
  // Dates
  ...words(`age clock_timestamp date date_add date_bin date_part date_subtract date_trunc extract isfinite justify_days
    justify_hours justify_interval localtime localtimestamp make_date make_interval make_time make_timestamp
    make_timestamptz now overlaps statement_timestamp timeofday timezone to_char to_date to_timestamp
    transaction_timestamp`),
  // JSON, arrays, ranges of what is given; nothing of XML, since libxml lets itself be interrupted by nobody
  ...words(`array_agg array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position
    array_positions array_prepend array_remove array_replace array_reverse array_sample array_shuffle array_sort array_to_json
    array_to_string array_upper cardinality trim_array unnest generate_series generate_subscripts
    json_agg json_agg_strict json_agg_unique json_array_elements json_array_elements_text json_array_length json_build_array
    json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object json_object_agg
    json_object_agg_strict json_object_agg_unique json_object_keys json_populate_record json_populate_recordset
    json_strip_nulls json_to_record json_to_recordset json_typeof jsonb_agg jsonb_agg_strict jsonb_array_elements
    jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat jsonb_delete
    jsonb_delete_path jsonb_each jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_extract_path
    jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_agg jsonb_object_agg_strict jsonb_object_keys
    jsonb_path_exists jsonb_path_exists_tz jsonb_path_match jsonb_path_match_tz jsonb_path_query jsonb_path_query_array
    jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz jsonb_path_query_tz
    jsonb_populate_record jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls
    jsonb_to_record jsonb_to_recordset jsonb_typeof row_to_json to_json to_jsonb
    daterange datemultirange int4range int4multirange int8range int8multirange isempty lower_inc lower_inf multirange
    numrange nummultirange range_agg range_intersect_agg range_merge tsrange tsmultirange tstzrange tstzmultirange
    upper_inc upper_inf`),
  // Aggregates and windows
  ...words(`any_value avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every max min mode
    percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
    stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance cume_dist dense_rank first_value lag
    last_value lead nth_value ntile percent_rank rank row_number grouping`),
  // Search and likeness: PostgreSQL’s, pg_trgm’s, unaccent’s, fuzzystrmatch’s
  ...words(`array_to_tsvector get_current_ts_config numnode phraseto_tsquery plainto_tsquery querytree setweight strip
    to_tsquery to_tsvector ts_delete ts_filter ts_headline ts_rank ts_rank_cd tsquery_phrase tsvector_to_array
    websearch_to_tsquery daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal
    metaphone show_trgm similarity soundex strict_word_similarity unaccent word_similarity`),
  // Identifiers and networks
  ...words(`gen_random_uuid uuid_extract_timestamp uuid_extract_version uuidv4 uuidv7 abbrev broadcast family host
    hostmask inet_merge inet_same_family masklen netmask network set_masklen inet_client_addr`),
  // What is where, how large, and who may
  ...words(`col_description current_catalog current_database current_query current_role current_schema current_schemas
    current_setting current_user format_type has_any_column_privilege has_column_privilege has_database_privilege
    has_function_privilege has_schema_privilege has_sequence_privilege has_table_privilege has_type_privilege
    obj_description pg_backend_pid pg_client_encoding pg_column_compression pg_column_size pg_conf_load_time
    pg_collation_for pg_column_is_updatable pg_current_xact_id pg_current_xact_id_if_assigned pg_current_snapshot
    pg_database_size pg_describe_object pg_encoding_to_char
    pg_function_is_visible pg_get_constraintdef pg_get_expr pg_get_function_arguments
    pg_get_function_identity_arguments pg_get_function_result pg_get_functiondef pg_get_indexdef pg_get_keywords
    pg_get_partkeydef pg_get_ruledef pg_get_serial_sequence pg_get_statisticsobjdef pg_get_triggerdef pg_get_userbyid
    pg_get_viewdef pg_identify_object pg_index_column_has_property pg_index_has_property pg_indexam_has_property
    pg_indexes_size pg_is_in_recovery pg_is_other_temp_schema pg_my_temp_schema pg_opclass_is_visible
    pg_partition_ancestors pg_partition_root pg_partition_tree pg_postmaster_start_time pg_relation_is_updatable
    pg_relation_size pg_size_bytes pg_size_pretty pg_table_is_visible pg_table_size pg_total_relation_size
    pg_type_is_visible pg_typeof pg_trigger_depth row_security_active session_user shobj_description to_regclass
    to_regnamespace to_regproc to_regprocedure to_regrole to_regtype user version`),
  // What types are called when they are called like functions
  ...words(`bool int2 int4 int8 float4 float8 numeric text varchar bpchar name bytea date time timetz timestamp
    timestamptz interval uuid json jsonb inet cidr bit varbit money oid point box circle lseg path polygon line area center
    diagonal diameter height width isclosed isopen npoints pclose popen radius slope`),
])

/** Where those live. One of the same name elsewhere is another. */
const schemas = new Set(['', 'pg_catalog', 'public'])

/** Why one is not allowed, where more can be said than that: prefixes, the longest that fits. */
const known: [reason: FunctionReason, prefixes: string[]][] = [
  ['session_setting', words('set_config set_limit setseed pg_reload_conf')],
  ['sequence', words('nextval setval currval lastval')],
  ['advisory_lock', words('pg_advisory_ pg_try_advisory_')],
  ['waiting', words('pg_sleep')],
  ['notification', words('pg_notify pg_listening_channels pg_notification_queue_usage')],
  [
    'other_sessions',
    words(`pg_terminate_backend pg_cancel_backend pg_blocking_pids pg_safe_snapshot_blocking_pids pg_stat_get_
      pg_stat_reset pg_stat_clear_snapshot pg_log_backend_ pg_isolation_test_ pg_export_snapshot pg_lock_status`),
  ],
  [
    'file',
    words(`pg_read_ pg_ls_ pg_stat_file pg_file_ pg_current_logfile pg_rotate_logfile lo_ loread lowrite
      pg_relation_file pg_filenode_ pg_tablespace_ pg_hba_ pg_ident_ pg_show_all_file_settings pg_import_system_collations`),
  ],
  ['network', words('dblink postgres_fdw http inet_server_ pg_connect')],
  [
    'server',
    words(`pg_switch_wal pg_create_restore_point pg_backup_ pg_promote pg_wal_ pg_walfile_ pg_current_wal_ pg_replication_
      pg_logical_ pg_create_logical_ pg_create_physical_ pg_copy_logical_ pg_copy_physical_ pg_drop_replication_ pg_sync_replication_
      pg_get_replication_ pg_get_wal_ pg_get_publication_ pg_control_ pg_config pg_log_standby_ pg_stop_ binary_upgrade_ brin_
      gin_clean_pending_list pg_get_shmem_ pg_get_backend_memory_ pg_clear_ pg_restore_`),
  ],
  [
    'runs_text',
    words(`query_to_xml cursor_to_xml table_to_xml schema_to_xml database_to_xml ts_stat ts_rewrite ts_debug
      crosstab connectby xpath_table`),
  ],
]

export type FunctionReason =
  | 'session_setting'
  | 'sequence'
  | 'advisory_lock'
  | 'waiting'
  | 'notification'
  | 'other_sessions'
  | 'file'
  | 'network'
  | 'server'
  | 'runs_text'
  | 'function'

/** @returns undefined where it may be called */
export function whyNotCalled(names: readonly string[]): FunctionReason | undefined {
  const name = names.at(-1) ?? ''
  const schema = names.slice(0, -1).join('.')
  if (schemas.has(schema) && allowed.has(name)) return undefined
  return known.find(([, prefixes]) => prefixes.some((prefix) => name.startsWith(prefix)))?.[0] ?? 'function'
}

export const allowedFunctions: ReadonlySet<string> = allowed
