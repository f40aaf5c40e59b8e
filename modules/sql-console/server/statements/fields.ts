/**
 * `x.name` is not always a column: where nothing of that name is one, PostgreSQL calls the function, with x for its argument
 * (`('.'::text).pg_ls_dir`; measured). So what stands behind a dot is held to what may be called.
 */
import { allowedFunctions } from './functions.ts'

/** Those that take one argument and are not the same whenever they are asked, but for what begins in one of `beginnings`. */
export const callableAsFields: ReadonlySet<string> = new Set(
  `
  aclexplode aclitemin aclitemout amvalidate anyarray_out anyarray_send anycompatiblearray_out
  anycompatiblearray_send anycompatiblemultirange_out anycompatiblerange_out anyenum_out anymultirange_out
  anyrange_out array_out array_send bpcharsend brin_bloom_summary_send brin_minmax_multi_summary_send
  brin_summarize_new_values cash_in cash_out cstring_send currval date_in date_out enum_first enum_last enum_out
  enum_range enum_send fmgr_c_validator fmgr_internal_validator fmgr_sql_validator gin_clean_pending_list
  interval_out multirange_out multirange_send mxid_age namesend nextval oidvectortypes plpgsql_validator
  range_out range_send record_out record_send regclass regclassin regclassout regcollationin regcollationout
  regconfigin regconfigout regdictionaryin regdictionaryout regnamespacein regnamespaceout regoperatorin
  regoperatorout regoperin regoperout regprocedurein regprocedureout regprocin regprocout regrolein regroleout
  regtypein regtypeout set_limit setseed textsend timestamp_out timestamptz_out to_regcollation to_regoper
  to_regoperator to_regtypemod ts_debug ts_stat ts_token_type txid_status varcharsend xml xml_in
  xml_is_well_formed xml_is_well_formed_content xml_is_well_formed_document xml_send xmltext`
    .trim()
    .split(/\s+/),
)
export const beginnings = ['pg_', 'lo_', 'binary_upgrade_'] as const

/** Of a value that is no table: there is no column, unless its type has some. */
export const mayBeFieldOfValue = (name: string): boolean => allowedFunctions.has(name)

export const mayBeColumn = (name: string): boolean =>
  allowedFunctions.has(name) ||
  !(callableAsFields.has(name) || beginnings.some((beginning) => name.startsWith(beginning)))
