/**
 * Each field of a ticket saves itself. What somebody else changed meanwhile is looked at: in other fields, mine is saved
 * on top of theirs; in the same one, both are shown and a person decides.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Ticket, ticketChanged, updateTicket } from '#contract/support'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { refresh } from '#platform/ui/data.ts'
import { useAdopt } from './use-adopt.ts'

export type TicketChange = Omit<CallInput<typeof updateTicket>['body'], 'revision'>
export type TicketField = keyof TicketChange

export type Saving = {
  phase: 'idle' | 'saving' | 'saved' | 'failed'
  at: Date | null
  error: unknown
}

export function useTicketSaving(ticket: Ticket) {
  const queries = useQueryClient()
  const adopt = useAdopt(ticket.id)
  /** Not saved yet: shown as if it were. */
  const [mine, setMine] = useState<TicketChange>({})
  const [saving, setSaving] = useState<Saving>({ phase: 'idle', at: null, error: null })
  const [conflict, setConflict] = useState<{ mine: TicketChange; current: Ticket } | null>(null)
  const revision = useRef(ticket.revision)
  const turn = useRef<Promise<void>>(Promise.resolve())
  useEffect(() => {
    revision.current = Math.max(revision.current, ticket.revision)
  }, [ticket.revision])

  const take = (current: Ticket) => {
    revision.current = current.revision
    adopt(current)
  }
  /** @param base the ticket as it stood when it was changed here */
  async function send(change: TicketChange, base: Ticket): Promise<void> {
    setSaving((before) => ({ ...before, phase: 'saving' }))
    try {
      const body = { ...change, revision: revision.current }
      take(await call(updateTicket, { params: { id: ticket.id }, body }))
      setMine((before) => withoutThose(before, change))
      setSaving({ phase: 'saved', at: new Date(), error: null })
      void refresh(queries, updateTicket.touches)
    } catch (error) {
      const current = whatStands(error)
      if (!current) return setSaving((before) => ({ ...before, phase: 'failed', error }))
      take(current)
      if (!fieldsOf(change).some((field) => isOther(valueOf(current, field), valueOf(base, field))))
        return send(change, current)
      setSaving((before) => ({ ...before, phase: 'idle' }))
      setConflict({ mine: change, current })
    }
  }
  const save = (change: TicketChange) => {
    setConflict(null)
    setMine((before) => ({ ...before, ...change }))
    turn.current = turn.current.then(() => send(change, ticket))
  }
  return {
    mine,
    saving,
    conflict,
    save,
    again: () => save(mine),
    /** Both are there to choose from. */
    settle: (side: 'mine' | 'theirs') => {
      if (!conflict) return
      setConflict(null)
      if (side === 'mine') turn.current = turn.current.then(() => send(conflict.mine, conflict.current))
      else setMine((before) => withoutThose(before, conflict.mine))
    },
  }
}

export type TicketSaving = ReturnType<typeof useTicketSaving>

function whatStands(error: unknown): Ticket | null {
  if (!(error instanceof ApiError) || error.code !== ticketChanged.code) return null
  return (error.details as { current: Ticket }).current // as the contract says of this refusal
}

export const fieldsOf = (change: TicketChange) => Object.keys(change) as TicketField[] // it has no others

/** What stands in a field, as it is sent. */
export function valueOf(ticket: Ticket, field: TicketField): unknown {
  if (field === 'assigneeId') return ticket.assignee?.id ?? null
  if (field === 'teamId') return ticket.team?.id ?? null
  if (field === 'clientId') return ticket.client?.id ?? null
  return ticket[field]
}

const isOther = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other)

/** What was changed again since stays. */
function withoutThose(mine: TicketChange, saved: TicketChange): TicketChange {
  return Object.fromEntries(
    fieldsOf(mine)
      .filter((field) => isOther(mine[field], saved[field]))
      .map((field) => [field, mine[field]]),
  )
}
