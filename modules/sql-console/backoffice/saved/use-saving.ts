/** Saving what is in a tab: under its name where it has one that is one's own to change, else a name is asked for. */
import { useEffect, useEffectEvent, useState } from 'react'
import { getSqlQuery, queryChanged, type SqlQuery, updateSqlQuery } from '#contract/sql-console'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { SqlTab } from '../editor/kept-tabs.ts'
import { definitionsFor, isSameText, isUnsaved } from './kept-query.ts'

export type SavingDialog =
  | { what: 'new' | 'copy' | 'details' }
  | { what: 'conflict'; current: SqlQuery }
  | { what: 'open' }
  | null

export type Saving = ReturnType<typeof useSaving>

/** @param count parameters of the text */
export function useSaving(tab: SqlTab, count: number, change: (id: string, part: Partial<SqlTab>) => void) {
  const t = useMessages()
  const [dialog, setDialog] = useState<SavingDialog>(null)
  const { id, saved, text } = tab
  const live = useEndpoint(getSqlQuery, { params: { id: saved?.id ?? '' } }, { enabled: Boolean(saved) })
  const update = useEndpoint(updateSqlQuery)
  const current = saved && live.data?.id === saved.id ? live.data : undefined
  const isNewer = current !== undefined && saved !== null && current.revision > saved.revision
  const isGone = Boolean(saved) && (live.error?.status === 404 || current?.trashedAt != null)

  // A name that changed, or who sees it: the text is the one at hand, and is saved on without a word.
  const adopts = useEffectEvent(() => {
    if (isNewer && saved && isSameText(current, saved)) change(id, { saved: current })
  })
  useEffect(() => adopts(), [current])

  const write = (query: SqlQuery, revision: number) =>
    update.mutate(
      {
        params: { id: query.id },
        body: { revision, text, parameters: definitionsFor(count, query.parameters) },
      },
      {
        onSuccess: (now) => {
          change(id, { saved: now })
          setDialog(null)
          notify.done({
            title: t('sql.saved.done', { name: now.name }),
            ...(now.state === 'draft' && { description: t('sql.saved.done.draft') }),
          })
        },
        onError: (error) => refused(error),
      },
    )
  const refused = (error: ApiError) => {
    const theirs = error.code === queryChanged.code ? currentIn(error.details) : undefined
    if (theirs) setDialog({ what: 'conflict', current: theirs })
    // It was deleted, or is shared no more: what is typed gets a name of its own.
    else if (error.status === 404) {
      change(id, { saved: null })
      setDialog({ what: 'new' })
    } else notify.failed({ title: sentenceOf(error, t) })
  }

  return {
    dialog,
    setDialog,
    isSaving: update.isPending,
    /** What it is by now, where somebody changed its text since it was opened. */
    newer: isNewer && !isSameText(current, saved) ? current : undefined,
    isGone,
    save: () => {
      if (dialog || update.isPending || text.trim() === '') return
      if (!saved || isGone) setDialog({ what: 'new' })
      else if (!saved.mayChange) setDialog({ what: 'copy' })
      else if (isUnsaved(tab)) write(saved, saved.revision)
      else notify.told({ title: t('sql.saved.already') })
    },
    overwrite: (theirs: SqlQuery) => write(theirs, theirs.revision),
  }
}

function currentIn(details: unknown): SqlQuery | undefined {
  return typeof details === 'object' && details !== null && 'current' in details
    ? (details.current as SqlQuery) // as the refusal declares it
    : undefined
}
