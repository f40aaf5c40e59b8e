/** What is done to many tickets at once: one call after the other, told as it goes, with its way back. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  getTicket,
  markTicketRead,
  resolveTicket,
  restoreTicket,
  snoozeTicket,
  type Ticket,
  type TicketRow,
  trashTicket,
  undoTicketChange,
  updateTicket,
} from '#contract/support'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { call } from '#platform/ui/call.ts'
import { refresh } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

export type BulkAct = 'take' | 'change' | 'resolve' | 'snooze' | 'read' | 'unread' | 'trash' | 'restore'
export type BulkRun = { act: BulkAct; done: number; total: number }
type One = Pick<TicketRow, 'id'>
type Fields = Omit<CallInput<typeof updateTicket>['body'], 'revision' | 'tags'> & { tag?: string }
/** What takes it back; undefined where it changed nothing. */
type Back = (() => Promise<unknown>) | undefined

/** Exactly what was: whatever came of it besides, such as being in progress, goes too. */
const undoOf =
  ({ id, revision }: Ticket) =>
  () =>
    call(undoTicketChange, { params: { id }, body: { revision } })

/** Fields are changed on the state they have now: a list does not say which that is. */
async function changeFields(id: string, { tag, ...fields }: Fields): Promise<Back> {
  const { revision, tags } = await call(getTicket, { params: { id } })
  const body = { revision, ...fields, ...(tag !== undefined && { tags: [...tags, tag] }) }
  const after = await call(updateTicket, { params: { id }, body })
  return after.revision === revision ? undefined : undoOf(after)
}

const mark = (id: string, read: boolean) => call(markTicketRead, { params: { id }, body: { read } })
const trash = (id: string) => call(trashTicket, { params: { id } })
const restore = (id: string) => call(restoreTicket, { params: { id } })

export function useBulkActs() {
  const t = useMessages()
  const me = useSession().id
  const queries = useQueryClient()
  const [run, setRun] = useState<BulkRun | null>(null)

  async function each<Item>(act: BulkAct, items: readonly Item[], step: (one: Item) => Promise<unknown>) {
    let failures = 0
    let failure: unknown
    for (const [place, one] of items.entries()) {
      setRun({ act, done: place, total: items.length })
      try {
        await step(one)
      } catch (error) {
        failures++
        failure = error
      }
    }
    setRun(null)
    void refresh(queries, ['tickets'])
    if (failure)
      notify.failed({
        title: t('support.bulk.failed', { count: failures }),
        description: sentenceOf(failure, t),
      })
    return items.length - failures
  }

  async function start(act: BulkAct, tickets: readonly One[], step: (id: string) => Promise<Back>) {
    const ways: NonNullable<Back>[] = []
    const count = await each(act, tickets, async ({ id }) => {
      const back = await step(id)
      if (back) ways.push(back)
    })
    if (count === 0) return
    const undo = async () => {
      const undone = await each(act, ways, (back) => back())
      if (undone > 0) notify.told({ title: t('support.bulk.undone', { count: undone }) })
    }
    notify.done({ title: t(`support.bulk.${act}.done`, { count }), ...(ways.length > 0 && { undo }) })
  }

  return {
    run,
    take: (tickets: readonly One[]) => start('take', tickets, (id) => changeFields(id, { assigneeId: me })),
    change: (tickets: readonly One[], fields: Fields) =>
      start('change', tickets, (id) => changeFields(id, fields)),
    resolve: (tickets: readonly One[]) =>
      start('resolve', tickets, async (id) => undoOf(await call(resolveTicket, { params: { id } }))),
    snooze: (tickets: readonly One[], until: Date) =>
      start('snooze', tickets, async (id) =>
        undoOf(await call(snoozeTicket, { params: { id }, body: { until: until.toISOString() } })),
      ),
    mark: (tickets: readonly One[], read: boolean) =>
      start(read ? 'read' : 'unread', tickets, async (id) => {
        await mark(id, read)
        return () => mark(id, !read)
      }),
    trash: (tickets: readonly One[]) =>
      start('trash', tickets, async (id) => {
        await trash(id)
        return () => restore(id)
      }),
    restore: (tickets: readonly One[]) =>
      start('restore', tickets, async (id) => {
        await restore(id)
        return () => trash(id)
      }),
  }
}

export type BulkActs = ReturnType<typeof useBulkActs>
