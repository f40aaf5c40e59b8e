/**
 * The tabs of the console, in the memory of this browser window alone: what is typed may name people, so that it survives
 * a reload and goes with the window. The next to sign in here has tabs of their own.
 */
import type { SqlQuery, TargetId } from '#contract/sql-console'

export type SqlTab = {
  id: string
  text: string
  target: TargetId
  mode: 'read' | 'simulate'
  parameters: readonly (string | null)[]
  /** The last run from it, where in the text began what ran, and whether its statement went on behind it. */
  run: { id: string; offset: number; isPart?: boolean } | null
  /** As it was saved under a name, or opened from there. */
  saved: SqlQuery | null
}
export type Tabs = { tabs: readonly [SqlTab, ...SqlTab[]]; current: string }

/** Beyond, a browser may keep nothing at all: the longest texts are then kept by the history alone. */
const longestKept = 200_000

const keyOf = (staffId: string) => `mgp.sql.${staffId}`

export function blankTab(target: TargetId = 'central'): SqlTab {
  return { id: crypto.randomUUID(), text: '', target, mode: 'read', parameters: [], run: null, saved: null }
}

export function readTabs(staffId: string): Tabs {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(staffId)) ?? 'null') as Tabs | null // as `keepTabs` writes it
    if (kept?.tabs.length) return kept
  } catch {}
  const tab = blankTab()
  return { tabs: [tab], current: tab.id }
}

/** A browser that keeps nothing is none to fail over. */
export function keepTabs(staffId: string, { tabs, current }: Tabs): void {
  try {
    // What would come back empty is no version of what was saved.
    const light = tabs.map((tab) => (tab.text.length > longestKept ? { ...tab, text: '', saved: null } : tab))
    sessionStorage.setItem(keyOf(staffId), JSON.stringify({ tabs: light, current }))
  } catch {}
}

/** What a tab is called: its name where it has one, else the beginning of what is in it. */
export function titleOf({ text, saved }: Pick<SqlTab, 'text'> & Partial<Pick<SqlTab, 'saved'>>): string {
  if (saved) return saved.name
  const [first = ''] = text
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*--\s?/gm, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return first.length > 28 ? `${first.slice(0, 27)}…` : first
}

/** @returns the tabs without one of them; the last one leaves a blank one */
export function without({ tabs, current }: Tabs, id: string): Tabs {
  const index = tabs.findIndex((tab) => tab.id === id)
  const [first, ...others] = tabs.filter((tab) => tab.id !== id)
  if (!first) {
    const tab = blankTab(tabs[0].target)
    return { tabs: [tab], current: tab.id }
  }
  const left: Tabs['tabs'] = [first, ...others]
  const next = left[Math.min(Math.max(index, 0), left.length - 1)] ?? first
  return { tabs: left, current: current === id ? next.id : current }
}
