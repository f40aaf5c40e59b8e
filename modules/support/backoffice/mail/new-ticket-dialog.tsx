/** A ticket that a mail opens: whose it is, and what it is about. */
import { MessageSquarePlus } from 'lucide-react'
import { useState } from 'react'
import {
  priorities,
  type Priority,
  type ReceivedMail,
  type TicketTopic,
  topicsOfTickets,
} from '#contract/support'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { type ChosenClient, ClientChoice } from '../client-choice.tsx'
import type { MailActs } from './use-mail-acts.ts'

type DialogProps = { mail: ReceivedMail; acts: MailActs; onClose: () => void }

export function NewTicketDialog({ mail, acts, onClose }: DialogProps) {
  const t = useMessages()
  const [subject, setSubject] = useState(withoutPrefixes(mail.subject).slice(0, 200))
  // Of several who share the address somebody says which.
  const [client, setClient] = useState<ChosenClient | null>(
    mail.client ?? (mail.clients.length === 1 ? (mail.clients[0] ?? null) : null),
  )
  const [topic, setTopic] = useState<TicketTopic>('question')
  const [priority, setPriority] = useState<Priority>('normal')
  return (
    <ActDialog
      title={t('support.received.new')}
      description={t('support.received.new.help')}
      action={t('support.received.new.open')}
      icon={MessageSquarePlus}
      disabled={subject.trim() === ''}
      running={acts.filing.isPending}
      error={acts.filing.error}
      onClose={onClose}
      onSubmit={() => acts.file({ to: 'new', subject, clientId: client?.id ?? null, priority, topic })}
    >
      <Field name="into.subject" label={t('support.column.subject')}>
        <Input maxLength={200} value={subject} onChange={setSubject} />
      </Field>
      <Field name="into.clientId" label={t('support.column.client')} optional>
        <ClientChoice value={client} onChange={setClient} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="into.topic" label={t('support.column.topic')}>
          <Select
            options={topicsOfTickets.map((value) => ({ value, label: t(`support.topic.${value}`) }))}
            value={topic}
            onChange={setTopic}
          />
        </Field>
        <Field name="into.priority" label={t('support.column.priority')}>
          <Select
            options={priorities.map((value) => ({ value, label: t(`support.priority.${value}`) }))}
            value={priority}
            onChange={setPriority}
          />
        </Field>
      </div>
    </ActDialog>
  )
}

/** « Re: Fwd: Facture » opens a ticket about « Facture ». */
const withoutPrefixes = (subject: string) => subject.replace(/^(?:\s*(?:re|tr|fwd?|aw|rép)\s*:\s*)+/i, '')
