/** What calls do beside computing: count rows, or make some. */
import type { Tree } from '../statements/parsing.ts'
import { namesOf } from '../statements/walking.ts'

const makers = new Set(
  `generate_series generate_subscripts unnest regexp_matches regexp_split_to_table string_to_table json_array_elements
  json_array_elements_text json_each json_each_text json_object_keys json_populate_recordset json_to_recordset jsonb_array_elements
  jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys jsonb_path_query jsonb_path_query_tz
  jsonb_populate_recordset jsonb_to_recordset aclexplode pg_partition_ancestors pg_partition_tree`.split(
    /\s+/,
  ),
)
const numbering = new Set(['row_number', 'rank', 'dense_rank'])
const ranges = new Set(['RangeFunction', 'RangeTableFunc', 'JsonTable'])

const nameOf = (call: Tree): string => namesOf(call.funcname).at(-1) ?? ''

export const calls = {
  /** How many, or the how manieth: not what. */
  counts: (call: Tree): boolean =>
    nameOf(call) === 'count' ||
    (numbering.has(nameOf(call)) && call.over !== undefined && call.args === undefined),
  makes: (call: Tree): boolean => makers.has(nameOf(call)) || numbering.has(nameOf(call)),
  makesRows: (tag: string, node: Tree): boolean =>
    ranges.has(tag) || ('funcname' in node && makers.has(nameOf(node))),
}
