/** Saying it: a reply that can be taken back for fifteen seconds, or a note among the team. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  addTicketNote,
  getTicketDrafts,
  replyToTicket,
  saidMeanwhile,
  takeBackReply,
  type Ticket,
  type TicketMessage,
  undoTicketChange,
  undoSeconds,
} from '#contract/support'
import { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { refresh } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useAdopt } from './use-adopt.ts'
import type { Draft } from './use-draft.ts'
import type { Files } from './use-files.ts'
import type { Guard } from './use-guard.ts'

export type Then = 'nothing' | 'wait' | 'resolve'
type Writing = {
  ticketId: string
  reply: Draft
  note: Draft
  files: Files
  seen: string | null
  guard: Guard
}

export function useSending({ ticketId, reply, note, files, seen, guard }: Writing) {
  const t = useMessages()
  const queries = useQueryClient()
  const adopt = useAdopt(ticketId)
  const [sending, setSending] = useState(false)
  const params = { id: ticketId }
  const look = () => void refresh(queries, replyToTicket.touches)

  async function say(draft: Draft, how: () => Promise<unknown>): Promise<void> {
    const said = draft.text
    setSending(true)
    // A draft that is kept later would come back after it was said.
    await draft.hold()
    try {
      await how()
      draft.empty()
      files.set([])
    } catch (error) {
      draft.change(said)
      // Both are shown where one writes.
      const isShown = error instanceof ApiError && (error.code === saidMeanwhile.code || guard.heard(error))
      if (!isShown) notify.failed({ title: t('support.reply.failed'), description: sentenceOf(error, t) })
    } finally {
      setSending(false)
      look()
    }
  }

  async function takeBack(messageId: string): Promise<void> {
    try {
      const { draft } = await call(takeBackReply, { params: { ...params, messageId } })
      reply.putBefore(draft)
      const { attachments } = await call(getTicketDrafts, { params })
      files.set(attachments)
      notify.told({ title: t('support.reply.taken-back') })
    } catch (error) {
      notify.failed({ title: sentenceOf(error, t) })
    } finally {
      look()
    }
  }

  async function undoMacro(revision: number): Promise<void> {
    try {
      const { ticket, draft } = await call(undoTicketChange, { params, body: { revision } })
      if (draft !== null) reply.putBefore(draft)
      adopt(ticket)
      notify.told({ title: t(draft === null ? 'support.macro.undone' : 'support.macro.undone.reply') })
    } catch (error) {
      notify.failed({ title: sentenceOf(error, t) })
    } finally {
      look()
    }
  }

  const attachmentIds = files.files.map(({ id }) => id)
  /** It can still be taken back, however it was written. */
  const tellSent = (messageId: string) =>
    notify.done({
      title: t('support.reply.sent'),
      undo: () => void takeBack(messageId),
      stays: undoSeconds * 1_000,
    })
  return {
    sending,
    takeBack,
    tellSent,
    /** All a macro did is undone at once: its reply, its note and what it changed. */
    tellApplied: ({ ticket, message }: { ticket: Ticket; message: TicketMessage | null }, title: string) =>
      notify.done({
        title: t(message ? 'support.macro.sent' : 'support.macro.applied', { title }),
        undo: () => void undoMacro(ticket.revision),
        ...(message && { stays: undoSeconds * 1_000 }),
      }),
    reply: (thenDo: Then, insists = false) =>
      say(reply, async () => {
        const message = await call(replyToTicket, {
          params,
          body: { body: reply.text, seenMessageId: seen, attachmentIds, thenDo, insists },
        })
        tellSent(message.id)
      }),
    note: (mentions: string[]) =>
      say(note, async () => {
        await call(addTicketNote, { params, body: { body: note.text, mentions, attachmentIds } })
        notify.done({ title: t('support.note.added') })
      }),
  }
}
