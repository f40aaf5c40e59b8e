/** A ticket for somebody who called, or wrote elsewhere. */
import { useState } from 'react'
import { z } from 'zod'
import { getClient } from '#contract/clients'
import { openTicket, priorities, type Priority, type TicketTopic, topicsOfTickets } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { MarkdownField } from '#platform/ui/markdown-field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { queueTo, ticketTo } from './addresses.ts'
import { type ChosenClient, ClientChoice } from './client-choice.tsx'
import { ticketName } from './ticket-words.tsx'

const Address = z.object({ clientId: z.uuid().optional() })

export function NewTicketPage() {
  const [{ clientId }] = useUrlState(Address)
  const { data } = useEndpoint(
    getClient,
    { params: { id: clientId ?? '' } },
    { enabled: clientId !== undefined },
  )
  const client = data && {
    id: data.id,
    name: `${data.firstName} ${data.lastName}`.trim(),
    email: data.email,
  }
  // The form begins with the client one comes from.
  return <NewTicketForm key={client?.id} client={client ?? null} />
}

type Draft = {
  client: ChosenClient | null
  requesterName: string
  requesterEmail: string
  subject: string
  body: string
  topic: TicketTopic
  priority: Priority
}

function NewTicketForm({ client }: { client: ChosenClient | null }) {
  const t = useMessages()
  const go = useGo()
  const initial: Draft = {
    client,
    requesterName: client?.name ?? '',
    requesterEmail: client?.email ?? '',
    subject: '',
    body: '',
    topic: 'question',
    priority: 'normal',
  }
  const [draft, setDraft] = useState(initial)
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const open = useEndpoint(openTicket, {
    onSuccess: (ticket) => {
      notify.done({ title: t('support.new.done', { name: ticketName(ticket) }) })
      go(ticketTo(ticket.id), { replace: true })
    },
  })
  /** Whoever is chosen asks, unless somebody else was written down already. */
  const choose = (chosen: ChosenClient | null) =>
    set({
      client: chosen,
      ...(chosen && !draft.requesterName && { requesterName: chosen.name }),
      ...(chosen?.email && !draft.requesterEmail && { requesterEmail: chosen.email }),
    })
  const { client: chosen, ...rest } = draft
  const [asked, setAsked] = useState(false)
  const missing = (['requesterName', 'requesterEmail', 'subject', 'body'] as const).filter(
    (field) => draft[field].trim() === '',
  )
  const errorOf = (field: (typeof missing)[number]) =>
    asked && missing.includes(field) ? t(`support.new.missing.${field}`) : undefined
  const submit = () => {
    setAsked(true)
    if (missing.length === 0) open.mutate({ body: { ...rest, clientId: chosen?.id ?? null } })
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('support.queue.new')} />
      <Card>
        <Form
          submit={t('support.new.open')}
          saving={open.isPending || open.isSuccess}
          error={open.error}
          dirty={JSON.stringify(draft) !== JSON.stringify(initial)}
          onSubmit={submit}
          onCancel={() => go(queueTo())}
        >
          <Field name="clientId" label={t('support.column.client')} optional>
            <ClientChoice value={chosen} onChange={choose} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field name="requesterName" label={t('support.requester.name')} error={errorOf('requesterName')}>
              <Input value={draft.requesterName} onChange={(requesterName) => set({ requesterName })} />
            </Field>
            <Field
              name="requesterEmail"
              label={t('support.requester.email')}
              error={errorOf('requesterEmail')}
            >
              <Input
                type="email"
                autoComplete="off"
                value={draft.requesterEmail}
                onChange={(requesterEmail) => set({ requesterEmail })}
              />
            </Field>
          </div>
          <Field name="subject" label={t('support.column.subject')} error={errorOf('subject')}>
            <Input maxLength={200} value={draft.subject} onChange={(subject) => set({ subject })} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field name="topic" label={t('support.column.topic')}>
              <Select
                options={topicsOfTickets.map((value) => ({ value, label: t(`support.topic.${value}`) }))}
                value={draft.topic}
                onChange={(topic) => set({ topic })}
              />
            </Field>
            <Field name="priority" label={t('support.column.priority')}>
              <Select
                options={priorities.map((value) => ({ value, label: t(`support.priority.${value}`) }))}
                value={draft.priority}
                onChange={(priority) => set({ priority })}
              />
            </Field>
          </div>
          <MarkdownField
            name="body"
            error={errorOf('body')}
            label={t('support.new.body')}
            help={t('support.new.body.help')}
            offers={['bold', 'list', 'quote', 'link']}
            value={draft.body}
            onChange={(body) => set({ body })}
          />
        </Form>
      </Card>
    </div>
  )
}
