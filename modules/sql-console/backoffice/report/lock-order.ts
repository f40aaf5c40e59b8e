import type { Report } from '#contract/sql-console'

type Lock = Report['locks'][number]

/** From what lets nobody through to what disturbs nobody's work. */
const order: readonly Lock['blocks'][] = ['reading', 'writing', 'changing']

export type Held = { blocks: Lock['blocks']; tables: string[]; modes: string[] }

/** Of each table the lock that holds up most, and the heaviest first. */
export function heaviest(locks: readonly Lock[]): Held[] {
  const byTable = new Map<string, Lock>()
  for (const lock of locks) {
    const other = byTable.get(lock.table)
    if (!other || order.indexOf(lock.blocks) < order.indexOf(other.blocks)) byTable.set(lock.table, lock)
  }
  return order.flatMap((blocks) => {
    const held = [...byTable.values()].filter((lock) => lock.blocks === blocks)
    if (held.length === 0) return []
    const names = (part: 'table' | 'mode') => [...new Set(held.map((lock) => lock[part]))].toSorted()
    return [{ blocks, tables: names('table'), modes: names('mode') }]
  })
}
