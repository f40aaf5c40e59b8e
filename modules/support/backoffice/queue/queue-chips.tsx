import { getClient } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { Chip } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { queueTo } from '../addresses.ts'
import { useTicketChoices } from '../choices.ts'
import type { ChangeQueue, QueueFilters } from './queue-filters.ts'
import { useReportedChips } from './reported-chips.ts'

type ChipsProps = { filters: QueueFilters; change: ChangeQueue }

/** Every filter at work, also those that came with a link, each with its way out. */
export function QueueChips({ filters, change }: ChipsProps) {
  const t = useMessages()
  const go = useGo()
  const chips = useChips(filters)
  if (chips.length === 0) return null
  return (
    <ul
      aria-label={t('support.filters')}
      className="order-last flex basis-full flex-wrap items-center gap-1.5"
    >
      {chips.map(({ name, label, value, clears = [name] }) => (
        <li key={name} className="max-w-full">
          <Chip
            label={label}
            value={value}
            onRemove={() => change(Object.fromEntries(clears.map((one) => [one, undefined])))}
          />
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            variant="ghost"
            size="small"
            onClick={() => go(queueTo({ queue: filters.queue, q: filters.q }))}
          >
            {t('support.filters.clear')}
          </Button>
        </li>
      )}
    </ul>
  )
}

export type ChipOf = {
  name: keyof QueueFilters
  label: string
  value: string
  /** What goes with it: both ends of a period. */
  clears?: readonly (keyof QueueFilters)[]
}

function useChips(filters: QueueFilters): ChipOf[] {
  const t = useMessages()
  const { nameOf } = useTicketChoices()
  const { status, priority, topic, assigneeId, teamId, clientId, tenantId, tag, unread, snoozed } = filters
  const client = useEndpoint(
    getClient,
    { params: { id: clientId ?? '' } },
    { enabled: clientId !== undefined },
  )
  const clientName = client.data ? `${client.data.firstName} ${client.data.lastName}`.trim() : MISSING
  const reported = useReportedChips(filters)
  const whose = (id: string, none: string) => (id === 'none' ? none : (nameOf(id) ?? MISSING))
  const chips: (ChipOf | undefined | '')[] = [
    status && { name: 'status', label: t('support.column.status'), value: t(`support.status.${status}`) },
    priority && {
      name: 'priority',
      label: t('support.column.priority'),
      value: t(`support.priority.${priority}`),
    },
    topic && { name: 'topic', label: t('support.column.topic'), value: t(`support.topic.${topic}`) },
    assigneeId && {
      name: 'assigneeId',
      label: t('support.column.assignee'),
      value: whose(assigneeId, t('support.nobody')),
    },
    teamId && {
      name: 'teamId',
      label: t('support.column.team'),
      value: whose(teamId, t('support.report.teams.none')),
    },
    clientId && { name: 'clientId', label: t('support.column.client'), value: clientName },
    tenantId && { name: 'tenantId', label: t('support.column.tenant'), value: tenantId.slice(-8) },
    tag && { name: 'tag', label: t('support.column.tags'), value: tag },
    unread && { name: 'unread', label: t('support.more-filters'), value: t('support.filter.unread') },
    snoozed && { name: 'snoozed', label: t('support.more-filters'), value: t('support.filter.snoozed') },
    ...reported,
  ]
  return chips.filter((chip) => typeof chip === 'object')
}
