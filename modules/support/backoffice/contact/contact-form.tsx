/** A first message to a client: it leaves by mail, and their answer finds its ticket. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '#contract/clients'
import { contactClient, takeBackReply, undoSeconds } from '#contract/support'
import { call } from '#platform/ui/call.ts'
import { refresh, useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientTo } from '../addresses.ts'
import { useFiles } from '../ticket/use-files.ts'
import { useGuard } from '../ticket/use-guard.ts'
import { contactTo } from './addresses.ts'
import { useContactDraft } from './contact-draft.ts'
import { LetterForm } from './letter-form.tsx'

export function ContactForm({ client }: { client: Client }) {
  const t = useMessages()
  const go = useGo()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const { draft, change, forget, putBack } = useContactDraft(client.id)
  const files = useFiles(draft.id, draft.files, {
    begins: true,
    onKept: (kept) => change({ files: kept }),
  })
  const name = `${client.firstName} ${client.lastName}`.trim()
  const guard = useGuard(`${draft.subject}\n${draft.body}`, true, [name])

  async function takeBack(ticketId: string, messageId: string): Promise<void> {
    try {
      await call(takeBackReply, { params: { id: ticketId, messageId } })
      putBack()
      go(contactTo({ clientId: client.id }))
      notify.told({ title: t('support.contact.taken-back') })
    } catch (error) {
      notify.failed({ title: sentenceOf(error, t) })
    } finally {
      void refresh(queries, takeBackReply.touches)
    }
  }
  const contact = useEndpoint(contactClient, {
    onSuccess: ({ ticket, message }) => {
      forget()
      notify.done({
        title: t('support.contact.sent', { name }),
        undo: () => void takeBack(ticket.id, message.id),
        stays: undoSeconds * 1_000,
      })
      go(clientTo(client.id), { replace: true })
    },
    onError: (error) => guard.heard(error),
  })
  const send = (insists: boolean) => {
    if (!insists && !guard.lets()) return
    const { id, subject, body } = draft
    const attachmentIds = files.files.map((file) => file.id)
    contact.mutate({ body: { id, clientId: client.id, subject, body, attachmentIds, insists } })
  }
  return (
    <LetterForm
      to={`${name} <${client.email}>`}
      body={draft.body}
      onBody={(body) => change({ body })}
      help={t('support.contact.help')}
      files={files}
      guard={guard}
      sending={contact.isPending || contact.isSuccess}
      error={contact.error}
      onSend={send}
      isComplete={draft.subject.trim() !== ''}
      onMissing={() => setAsked(true)}
      kept={draft.subject || draft.body ? t('support.contact.kept') : undefined}
      onCancel={() => go(clientTo(client.id))}
    >
      <Field
        name="subject"
        label={t('support.contact.subject')}
        error={asked && draft.subject.trim() === '' ? t('support.contact.missing.subject') : undefined}
      >
        <Input maxLength={200} value={draft.subject} onChange={(subject) => change({ subject })} />
      </Field>
    </LetterForm>
  )
}
