/** What is done to many tickets at once: one call after the other, told as it goes, with its way back. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  getTicket,
  markTicketRead,
  reopenTicket,
  resolveTicket,
  restoreTicket,
  type TicketRow,
  trashTicket,
  updateTicket,
} from '#contract/support'
import { call } from '#platform/ui/call.ts'
import { refresh } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

export type BulkAct = 'take' | 'resolve' | 'unread' | 'trash' | 'restore'
export type BulkRun = { act: BulkAct; done: number; total: number }
type One = Pick<TicketRow, 'id' | 'assignee'>

/** A field is changed on the state it has now: a list does not say which that is. */
async function assign(id: string, assigneeId: string | null): Promise<void> {
  const { revision } = await call(getTicket, { params: { id } })
  await call(updateTicket, { params: { id }, body: { revision, assigneeId } })
}

const trash = ({ id }: One) => call(trashTicket, { params: { id } })
const restore = ({ id }: One) => call(restoreTicket, { params: { id } })
const mark = ({ id }: One, read: boolean) => call(markTicketRead, { params: { id }, body: { read } })

export function useBulkActs() {
  const t = useMessages()
  const me = useSession().id
  const queries = useQueryClient()
  const [run, setRun] = useState<BulkRun | null>(null)

  const acts: Record<
    BulkAct,
    { there: (one: One) => Promise<unknown>; back: (one: One) => Promise<unknown> }
  > = {
    take: { there: ({ id }) => assign(id, me), back: ({ id, assignee }) => assign(id, assignee?.id ?? null) },
    resolve: {
      there: ({ id }) => call(resolveTicket, { params: { id } }),
      back: ({ id }) => call(reopenTicket, { params: { id } }),
    },
    unread: { there: (one) => mark(one, false), back: (one) => mark(one, true) },
    trash: { there: trash, back: restore },
    restore: { there: restore, back: trash },
  }

  /** @returns those that were done */
  async function each(act: BulkAct, tickets: readonly One[], step: (one: One) => Promise<unknown>) {
    const done: One[] = []
    let failure: unknown
    for (const [place, one] of tickets.entries()) {
      setRun({ act, done: place, total: tickets.length })
      try {
        await step(one)
        done.push(one)
      } catch (error) {
        failure = error
      }
    }
    setRun(null)
    void refresh(queries, ['tickets'])
    if (failure)
      notify.failed({
        title: t('support.bulk.failed', { count: tickets.length - done.length }),
        description: sentenceOf(failure, t),
      })
    return done
  }

  return {
    run,
    start: async (act: BulkAct, tickets: readonly One[]) => {
      const { there, back } = acts[act]
      const done = await each(act, tickets, there)
      if (done.length === 0) return
      notify.done({
        title: t(`support.bulk.${act}.done`, { count: done.length }),
        undo: () => void each(act, done, back),
      })
    },
  }
}
