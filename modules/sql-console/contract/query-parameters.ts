/** What stands for `$1` and those after it in a query that is kept: what it is called, of what kind, and what stands there first. */
import { z } from 'zod'
import { line } from '#platform/contract/ids.ts'

export const parameterTypes = ['text', 'integer', 'number', 'date', 'instant', 'boolean', 'uuid'] as const
export type ParameterType = (typeof parameterTypes)[number]

const shapes: Record<Exclude<ParameterType, 'text' | 'date' | 'instant'>, RegExp> = {
  integer: /^[+-]?\d{1,19}$/,
  number: /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i,
  boolean: /^(true|false)$/i,
  uuid: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
}

/** Whether PostgreSQL would take it for one, in the form we ask for. Nothing and NULL are still to be filled in, or meant so. */
export function readsAs(type: ParameterType, value: string | null): boolean {
  if (value === null || value === '' || type === 'text') return true
  const said = value.trim()
  if (type === 'date') return isDay(said)
  if (type === 'instant') {
    const [day = '', time = ''] = said.split(/[ T]/, 2)
    return isDay(day) && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)?$/i.test(time)
  }
  return shapes[type].test(said)
}

/** The 30th of February is none. */
function isDay(said: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(said)) return false
  const at = new Date(`${said}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(said)
}

export const SqlQueryParameter = z
  .object({
    name: line(60).default(''),
    type: z.enum(parameterTypes).default('text'),
    /** What stands in it when the query is opened. */
    initial: z.string().max(2_000).nullable().default(''),
  })
  .refine(({ type, initial }) => readsAs(type, initial), {
    path: ['initial'],
    params: { code: 'sql_initial_wrong' },
  })
export type SqlQueryParameter = z.infer<typeof SqlQueryParameter>
