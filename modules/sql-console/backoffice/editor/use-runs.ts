/** What runs, and what came of it, a tab each. One at a time runs for one person. */
import { useState } from 'react'
import { cancelSqlRun, readSql, type SqlRun, type TargetId } from '#contract/sql-console'
import { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useSimulating } from './use-simulating.ts'

export type Asked = {
  mode: 'read' | 'simulate'
  target: TargetId
  text: string
  /** Where in the tab's text it begins. */
  offset: number
  parameters: (string | null)[]
  /** As far as that is known. */
  changesSchema: boolean
  /** Of a read: how many rows are shown at most. */
  most?: number
}

export type Running = {
  id: string
  text: string
  offset: number
  mode: Asked['mode']
  startedAt: number
  isCancelled: boolean
  run?: SqlRun
  error?: ApiError
}

export const isOver = ({ run, error }: Running) => run !== undefined || error !== undefined

const isUnmasked = ({ run }: Running) => run !== undefined && run.unmasked.length > 0

export function useRuns() {
  const [runs, setRuns] = useState<Readonly<Record<string, Running>>>({})
  const read = useEndpoint(readSql)
  const { simulate } = useSimulating()
  const cancel = useEndpoint(cancelSqlRun)
  const set = (tab: string, id: string, part: Partial<Running>) =>
    setRuns((before) => {
      const running = before[tab]
      return running?.id === id ? { ...before, [tab]: { ...running, ...part } } : before
    })

  return {
    of: (tab: string): Running | undefined => runs[tab],
    isAnyRunning: Object.values(runs).some((run) => !isOver(run)),
    /** @returns the run, or why it did not come to one */
    start: async (
      tab: string,
      id: string,
      { mode, offset, changesSchema, most, ...body }: Asked,
    ): Promise<{ run: SqlRun } | { error: ApiError }> => {
      setRuns((before) => ({
        ...before,
        [tab]: { id, text: body.text, offset, mode, startedAt: Date.now(), isCancelled: false },
      }))
      try {
        const run =
          mode === 'read'
            ? await read.mutateAsync({ body: { id, ...body, ...(most !== undefined && { most }) } })
            : await simulate({ id, ...body }, changesSchema)
        set(tab, id, { run })
        return { run }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        set(tab, id, { error })
        return { error }
      }
    },
    cancel: (tab: string) => {
      const running = runs[tab]
      if (!running || isOver(running)) return
      set(tab, running.id, { isCancelled: true })
      cancel.mutate({ params: { id: running.id } })
    },
    /** One of one's own that another window or a lost answer left running. */
    cancelOther: (id: string) => cancel.mutate({ params: { id } }),
    /** What went out unmasked is forgotten here: asked for again, it is masked. */
    isAnyUnmasked: Object.values(runs).some(isUnmasked),
    maskAgain: () =>
      setRuns((before) => Object.fromEntries(Object.entries(before).filter(([, run]) => !isUnmasked(run)))),
    forget: (tab: string) => setRuns(({ [tab]: _gone, ...others }) => others),
  }
}
