import type { compareSpare } from '#contract/tenancy'
import type { OutputOf } from '#platform/contract/endpoint.ts'

type Table = OutputOf<typeof compareSpare>['tables'][number]
/** `gap`: how many rows the practice would have more, or fewer, after a switch. */
export type Compared = Table & { gap: number }

/** The tables that differ, the widest gap first, and those that do not. A table one of them lacks counts as empty there. */
export function differences(tables: readonly Table[]): { differing: Compared[]; same: Compared[] } {
  const compared = tables.map((table) => ({ ...table, gap: (table.spare ?? 0) - (table.living ?? 0) }))
  const differs = ({ gap, living, spare }: Compared) => gap !== 0 || (living === null) !== (spare === null)
  return {
    differing: compared.filter(differs).toSorted((a, b) => Math.abs(b.gap) - Math.abs(a.gap)),
    same: compared.filter((table) => !differs(table)),
  }
}
