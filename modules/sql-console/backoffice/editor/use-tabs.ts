import { useEffect, useState } from 'react'
import type { SqlQuery, SqlRun, TargetId } from '#contract/sql-console'
import { useSession } from '#platform/ui/session.tsx'
import { targetFor } from '../saved/kept-query.ts'
import { blankTab, keepTabs, readTabs, type SqlTab, without } from './kept-tabs.ts'

/** A text of the history, opened once more. */
const tabOf = ({ id, text, target, mode, parameters }: SqlRun): SqlTab => ({
  ...blankTab(target.id),
  text,
  mode: mode === 'read' ? 'read' : 'simulate',
  parameters,
  run: { id, offset: 0 },
})

/** What is kept under a name, to be run where it is meant for; what writes is simulated. */
const tabOfQuery = (query: SqlQuery, target: TargetId): SqlTab => ({
  ...blankTab(targetFor(query, target)),
  text: query.text,
  mode: query.state === 'reads' || query.state === 'draft' ? 'read' : 'simulate',
  parameters: query.parameters.map(({ initial }) => initial),
  saved: query,
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
    change: (id: string, part: Partial<SqlTab> | ((tab: SqlTab) => Partial<SqlTab>)) =>
      setState((before) => {
        const [first, ...others] = before.tabs.map((one) =>
          one.id === id ? { ...one, ...(typeof part === 'function' ? part(one) : part) } : one,
        )
        return { ...before, tabs: [first ?? blankTab(), ...others] }
      }),
    choose: (current: string) => setState((before) => ({ ...before, current })),
    close: (id: string) => setState((before) => without(before, id)),
    open: (target: TargetId) => add(blankTab(target)),
    openAgain: (run: SqlRun) => add(tabOf(run)),
    /** The tab it is in already comes to the front as it is. */
    openQuery: (query: SqlQuery) => {
      const there = state.tabs.find(({ saved }) => saved?.id === query.id)
      if (there) setState((before) => ({ ...before, current: there.id }))
      else add(tabOfQuery(query, tab.target))
    },
    reopen: (closed: SqlTab) => add(closed),
  }
}
