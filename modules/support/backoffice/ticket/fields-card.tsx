/** What a ticket is: each field saves itself as it is chosen. */
import type { ReactNode } from 'react'
import { priorities, topicsOfTickets } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { clientTo } from '../addresses.ts'
import { useTicketChoices } from '../choices.ts'
import { ClientChoice } from '../client-choice.tsx'
import { StatusBadge } from '../ticket-words.tsx'
import { ConflictBox } from './conflict-box.tsx'
import { ProgressField } from './progress-field.tsx'
import { SavingStatus } from './saving-status.tsx'
import { SubjectField } from './subject-field.tsx'
import { TagsField } from './tags-field.tsx'
import type { ShownTicket } from './use-adopt.ts'
import type { TicketActs } from './use-ticket-acts.ts'
import type { TicketSaving } from './use-ticket-saving.ts'
import { WaitingField } from './waiting-field.tsx'

type FieldsProps = { ticket: ShownTicket; saving: TicketSaving; acts: TicketActs }

const nobody = 'nobody'

export function FieldsCard({ ticket, saving, acts }: FieldsProps) {
  const t = useMessages()
  const may = useMay()
  const choices = useTicketChoices()
  const { mine, save } = saving
  const fixed = !may('tickets.write')
  const assignee = mine.assigneeId === undefined ? (ticket.assignee?.id ?? null) : mine.assigneeId
  const team = mine.teamId === undefined ? (ticket.team?.id ?? null) : mine.teamId
  const people = (
    known: readonly { id: string; name: string }[],
    present: typeof ticket.team,
    none: string,
  ) => [
    { value: nobody, label: none },
    // Whoever left still has what they had.
    ...[...known, ...(present && !known.some(({ id }) => id === present.id) ? [present] : [])].map(
      ({ id, name }) => ({ value: id, label: name }),
    ),
  ]
  const chosen = (id: string) => (id === nobody ? null : id)
  return (
    <Card
      title={t('support.card.ticket')}
      actions={<StatusBadge status={ticket.status} waiting={ticket.waiting} />}
    >
      {saving.conflict && <ConflictBox saving={saving} />}
      <div className="flex flex-col gap-3 text-13">
        {/* As wide as there is room: it is a sentence. */}
        <div className="flex flex-col gap-1">
          <span className="text-ink-muted">{t('support.field.subject')}</span>
          <SubjectField
            subject={mine.subject ?? ticket.subject}
            disabled={fixed}
            onChange={(subject) => save({ subject })}
          />
        </div>
        {!fixed && ticket.status !== 'resolved' && (
          <Line label={t('support.waiting')}>
            <WaitingField ticket={ticket} acts={acts} />
          </Line>
        )}
        <Line label={t('support.column.priority')}>
          <Select
            label={t('support.column.priority')}
            options={priorities
              .toReversed()
              .map((value) => ({ value, label: t(`support.priority.${value}`) }))}
            value={mine.priority ?? ticket.priority}
            disabled={fixed}
            onChange={(priority) => save({ priority })}
          />
        </Line>
        <Line label={t('support.column.assignee')}>
          <Select
            label={t('support.column.assignee')}
            options={people(choices.agents, ticket.assignee, t('support.nobody'))}
            value={assignee ?? nobody}
            disabled={fixed}
            onChange={(id) => save({ assigneeId: chosen(id) })}
          />
        </Line>
        <Line label={t('support.column.team')} isFrench={team !== null}>
          <Select
            label={t('support.column.team')}
            options={people(choices.teams, ticket.team, t('support.no-team'))}
            value={team ?? nobody}
            disabled={fixed}
            onChange={(id) => save({ teamId: chosen(id) })}
          />
        </Line>
        <Line label={t('support.column.topic')}>
          <Select
            label={t('support.column.topic')}
            options={topicsOfTickets.map((value) => ({ value, label: t(`support.topic.${value}`) }))}
            value={mine.topic ?? ticket.topic}
            disabled={fixed}
            onChange={(topic) => save({ topic })}
          />
        </Line>
        <Line label={t('support.column.tags')}>
          <TagsField
            tags={mine.tags ?? ticket.tags}
            known={choices.tags}
            disabled={fixed}
            onChange={(tags) => save({ tags })}
          />
        </Line>
        <Line label={t('support.column.progress')}>
          <ProgressField
            progress={mine.progress ?? ticket.progress}
            disabled={fixed}
            onChange={(progress) => save({ progress })}
          />
        </Line>
        <Line label={t('support.column.client')}>
          {fixed || !may('clients.read') ? (
            (ticket.client?.name ?? t('support.nothing'))
          ) : (
            <div className="flex flex-col gap-1">
              <ClientChoice
                label={t('support.column.client')}
                value={ticket.client}
                onChange={(client) => save({ clientId: client?.id ?? null })}
              />
              {ticket.client && (
                <TextLink to={clientTo(ticket.client.id)} className="w-fit text-12">
                  {t('support.client.open')}
                </TextLink>
              )}
            </div>
          )}
        </Line>
      </div>
      {!fixed && (
        <div className="mt-3 border-t border-line pt-2">
          <SavingStatus saving={saving.saving} again={saving.again} />
        </div>
      )}
    </Card>
  )
}

type LineProps = {
  label: string
  /** What stands there was named by the team, whatever language the reader chose. */
  isFrench?: boolean
  children: ReactNode
}

function Line({ label, isFrench = false, children }: LineProps) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-2">
      <span className="pt-1.5 text-ink-muted">{label}</span>
      <div {...(isFrench && { lang: 'fr' })} className="min-w-0">
        {children}
      </div>
    </div>
  )
}
