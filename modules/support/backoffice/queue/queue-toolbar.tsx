import { priorities, ticketStatuses, topicsOfTickets } from '#contract/support'
import { FilterMenu } from '#platform/ui/chip.tsx'
import { FilterSearch } from '#platform/ui/filter-search.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { useTicketChoices } from '../choices.ts'
import { QueueChips } from './queue-chips.tsx'
import type { ChangeQueue, QueueFilters } from './queue-filters.ts'

type ToolbarProps = { filters: QueueFilters; change: ChangeQueue }

export function QueueToolbar({ filters, change }: ToolbarProps) {
  const t = useMessages()
  const { agents, tags } = useTicketChoices()
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const chosen = <Value,>(value: Value | undefined) => (value === undefined ? [] : [value])
  return (
    <>
      <SearchInput
        label={t('support.search')}
        placeholder={t('support.search.placeholder')}
        value={text}
        onChange={setText}
      />
      {/* On a telephone one row that scrolls, so that tickets begin above the fold. */}
      <div className="contents max-sm:-mx-gutter max-sm:flex max-sm:basis-[calc(100%+2*var(--spacing-gutter,16px))] max-sm:gap-2 max-sm:overflow-x-auto max-sm:px-gutter max-sm:py-px max-sm:*:shrink-0">
        <FilterMenu
          single
          label={t('support.column.status')}
          options={ticketStatuses.map((value) => ({ value, label: t(`support.status.${value}`) }))}
          value={chosen(filters.status)}
          onChange={([status]) => change({ status })}
        />
        <FilterMenu
          single
          label={t('support.column.priority')}
          options={priorities.toReversed().map((value) => ({ value, label: t(`support.priority.${value}`) }))}
          value={chosen(filters.priority)}
          onChange={([priority]) => change({ priority })}
        />
        <FilterMenu
          single
          label={t('support.column.topic')}
          options={topicsOfTickets.map((value) => ({ value, label: t(`support.topic.${value}`) }))}
          value={chosen(filters.topic)}
          onChange={([topic]) => change({ topic })}
        />
        <FilterSearch
          single
          label={t('support.column.assignee')}
          placeholder={t('support.assignee.find')}
          options={[
            { value: 'none', label: t('support.nobody') },
            ...agents.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={chosen(filters.assigneeId)}
          onChange={([assigneeId]) => change({ assigneeId })}
        />
        {tags.length > 0 && (
          <FilterSearch
            single
            label={t('support.column.tags')}
            placeholder={t('support.tag.find')}
            options={tags.map((tag) => ({ value: tag, label: tag }))}
            value={chosen(filters.tag)}
            onChange={([tag]) => change({ tag })}
          />
        )}
        <FilterMenu
          label={t('support.more-filters')}
          options={[
            { value: 'unread', label: t('support.filter.unread') },
            { value: 'snoozed', label: t('support.filter.snoozed') },
          ]}
          value={(['unread', 'snoozed'] as const).filter((one) => filters[one])}
          onChange={(on) =>
            change({
              unread: on.includes('unread') ? 'yes' : undefined,
              snoozed: on.includes('snoozed') ? 'yes' : undefined,
            })
          }
        />
      </div>
      <QueueChips filters={filters} change={change} />
    </>
  )
}
