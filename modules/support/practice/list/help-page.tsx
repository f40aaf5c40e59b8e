import { LifeBuoy, MessageCircleQuestionMark } from 'lucide-react'
import { listOwnTickets } from '#contract/support'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { askTo } from '../addresses.ts'
import { HelpState, shownStates } from './help-state.ts'
import { TicketItem } from './ticket-item.tsx'

/** All that the practice asked the vendor's team, what is open first. */
export function HelpPage() {
  const t = useMessages()
  const go = useGo()
  const [{ state }, setState] = useUrlState(HelpState)
  const { data, error, refetch } = useEndpoint(
    listOwnTickets,
    { query: { ...(state && { state }) } },
    { keepPrevious: true },
  )
  useShortcuts([{ keys: 'n', run: () => go(askTo) }])
  const isEmpty = data?.rows.length === 0
  return (
    <>
      <PageHeader
        title={t('support.own.title')}
        count={data && t('support.own.count', { open: data.open })}
        primary={
          <ButtonLink variant="primary" icon={MessageCircleQuestionMark} to={askTo}>
            {t('support.own.ask')}
          </ButtonLink>
        }
      />
      {(state !== undefined || !isEmpty) && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <FilterMenu
            single
            label={t('support.own.filter')}
            options={shownStates.map((value) => ({ value, label: t(`support.own.filter.${value}`) }))}
            value={state ? [state] : []}
            onChange={([one]) => setState({ state: one })}
          />
          {state && (
            <Chip
              label={t('support.own.filter')}
              value={t(`support.own.filter.${state}`)}
              onRemove={() => setState({ state: undefined })}
            />
          )}
        </div>
      )}
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <Waiting />
      ) : isEmpty ? (
        <Nothing filtered={state !== undefined} />
      ) : (
        <ul aria-label={t('support.own.title')} className="flex flex-col gap-2">
          {data.rows.map((ticket) => (
            <li key={ticket.id}>
              <TicketItem ticket={ticket} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What one can ask, and how fast one is answered. */
function Nothing({ filtered }: { filtered: boolean }) {
  const t = useMessages()
  if (filtered)
    return (
      <EmptyState icon={LifeBuoy} title={t('support.own.none.filtered')}>
        <p>{t('support.own.none.filtered.help')}</p>
      </EmptyState>
    )
  return (
    <EmptyState icon={LifeBuoy} title={t('support.own.none')}>
      <p>{t('support.own.none.help')}</p>
      <p className="mt-2">{t('support.own.none.when')}</p>
    </EmptyState>
  )
}

function Waiting() {
  return (
    <div className="flex flex-col gap-2">
      {Array.from({ length: 4 }, (_, index) => (
        <div key={index} className="rounded-card border border-line bg-surface p-3 sm:px-4">
          <Skeleton width="50%" height={20} />
          <Skeleton width="30%" height={16} />
        </div>
      ))}
    </div>
  )
}
