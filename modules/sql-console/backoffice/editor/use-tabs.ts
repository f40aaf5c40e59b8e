import { useEffect, useState } from 'react'
import type { SqlRun, TargetId } from '#contract/sql-console'
import { useSession } from '#platform/ui/session.tsx'
import { blankTab, keepTabs, readTabs, type SqlTab, without } from './kept-tabs.ts'

/** A text of the history, opened once more. */
const tabOf = ({ id, text, target, mode, parameters }: SqlRun): SqlTab => ({
  ...blankTab(target.id),
  text,
  mode: mode === 'read' ? 'read' : 'simulate',
  parameters,
  run: { id, offset: 0 },
})

export function useTabs() {
  const { id: staffId } = useSession()
  const [state, setState] = useState(() => readTabs(staffId))
  useEffect(() => keepTabs(staffId, state), [staffId, state])
  const tab = state.tabs.find(({ id }) => id === state.current) ?? state.tabs[0]
  const add = (more: SqlTab) =>
    setState((before) => {
      // A tab that nobody has written in is not kept beside the one that is wanted.
      const used = before.tabs.filter(({ text }) => text !== '')
      const [first, ...others] = [...used, more]
      return { tabs: [first ?? more, ...others], current: more.id }
    })
  return {
    tabs: state.tabs,
    tab,
    change: (id: string, part: Partial<SqlTab>) =>
      setState((before) => {
        const [first, ...others] = before.tabs.map((one) => (one.id === id ? { ...one, ...part } : one))
        return { ...before, tabs: [first ?? blankTab(), ...others] }
      }),
    choose: (current: string) => setState((before) => ({ ...before, current })),
    close: (id: string) => setState((before) => without(before, id)),
    open: (target: TargetId) => add(blankTab(target)),
    openAgain: (run: SqlRun) => add(tabOf(run)),
  }
}
