import {
  ArrowRight,
  Banknote,
  CalendarClock,
  FilePlus2,
  type LucideIcon,
  PencilLine,
  ReceiptText,
  ScrollText,
  Trash2,
  Undo2,
} from 'lucide-react'
import { createElement, useState } from 'react'
import { clientTimeline, type TimelineEntry } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink, TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { logTo } from './addresses.ts'
import { actionInWords, fieldInWords, toldChanges, valueInWords } from './timeline-words.ts'

const STEP = 12

/** Everything that happened, newest first: who, what, and what it was before. */
export function Timeline({ clientId }: { clientId: string }) {
  const t = useMessages()
  const may = useMay()
  const [limit, setLimit] = useState(STEP)
  const { data, error, refetch, isFetching } = useEndpoint(
    clientTimeline,
    { params: { id: clientId }, query: { limit } },
    { keepPrevious: true },
  )
  return (
    <Card
      title={t('clients.card.timeline')}
      actions={
        may('audit.read') && (
          <ButtonLink size="small" variant="ghost" icon={ScrollText} to={logTo(clientId)}>
            {t('clients.timeline.log')}
          </ButtonLink>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <div aria-hidden className="flex flex-col gap-5 py-2">
          {[60, 75, 50, 68].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      ) : data.rows.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('clients.timeline.none')}</p>
      ) : (
        <>
          <ol className="mt-1 flex flex-col">
            {data.rows.map((entry) => (
              <Entry key={`${entry.kind} ${entry.id}`} entry={entry} />
            ))}
          </ol>
          {data.more && (
            <Button
              variant="ghost"
              className="mt-2 -ml-3"
              loading={isFetching}
              onClick={() => setLimit((before) => Math.min(500, before * 3))}
            >
              {t('clients.timeline.more')}
            </Button>
          )}
        </>
      )}
    </Card>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  return (
    <li className="group relative flex gap-3 pb-4 text-13 last:pb-0">
      {/* The thread from one event to the one before it. */}
      <span
        aria-hidden
        className="absolute top-6 bottom-0 left-3 w-px -translate-x-1/2 bg-line group-last:hidden"
      />
      <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-neutral-soft text-neutral-ink">
        {createElement(iconOf(entry), { 'aria-hidden': true, size: 13 })}
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <p className="min-w-0">
            <Sentence entry={entry} />
          </p>
          <p className="ml-auto text-12 text-ink-muted max-sm:ml-0 max-sm:basis-full">
            <DateText value={entry.at} show={entry.precision === 'day' ? 'day' : 'both'} />
          </p>
        </div>
        {entry.kind === 'action' && entry.ticket && (
          <p className="wrap-anywhere">
            <TextLink to={`/tickets/${entry.ticket.id}`}>
              #{entry.ticket.number} <span lang="fr">{entry.ticket.subject}</span>
            </TextLink>
          </p>
        )}
        {entry.kind === 'action' && <Changes entry={entry} />}
      </div>
    </li>
  )
}

function Sentence({ entry }: { entry: TimelineEntry }) {
  const t = useMessages()
  const formats = useFormats()
  switch (entry.kind) {
    case 'action':
      return actionInWords(entry, t)
    case 'subscription':
      return t(`clients.timeline.subscription.${entry.event}`, {
        plan: entry.plan,
        price: formats.money(entry.monthlyCents),
      })
    case 'invoice':
      return t(
        entry.unpaidCents > 0
          ? 'clients.timeline.invoice.unpaid'
          : `clients.timeline.document.${entry.document}`,
        {
          number: entry.number,
          // A credit note says what it gives back.
          amount: formats.money(Math.abs(entry.totalInclCents)),
          unpaid: formats.money(entry.unpaidCents),
        },
      )
    case 'payment':
      return t('clients.timeline.payment', {
        amount: formats.money(entry.amountCents),
        method: t(`clients.payment.${entry.method}`),
      })
  }
}

function Changes({ entry }: { entry: Extract<TimelineEntry, { kind: 'action' }> }) {
  const t = useMessages()
  const formats = useFormats()
  const changes = toldChanges(entry.changes)
  // What was just made had nothing before: the cards beside tell what it is.
  if (changes.length === 0 || entry.verb === 'client.created' || entry.verb === 'client.imported') return null
  return (
    <dl className="mt-1 flex flex-col gap-0.5 text-12">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="flex flex-wrap gap-x-1.5">
          <dt className="text-ink-muted">{t('clients.timeline.field', { field: fieldInWords(field, t) })}</dt>
          <dd className="min-w-0 break-words">
            <del className="text-ink-muted no-underline">
              <span className="sr-only">{t('clients.timeline.before')} </span>
              {valueInWords(field, before, t, formats)}
            </del>{' '}
            <ArrowRight aria-hidden size={12} className="inline align-[-1px] text-ink-muted" />{' '}
            <ins className="font-medium no-underline">
              <span className="sr-only">{t('clients.timeline.after')} </span>
              {valueInWords(field, after, t, formats)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function iconOf(entry: TimelineEntry): LucideIcon {
  if (entry.kind === 'invoice') return ReceiptText
  if (entry.kind === 'payment') return Banknote
  if (entry.kind === 'subscription') return CalendarClock
  if (entry.verb === 'client.created' || entry.verb === 'client.imported') return FilePlus2
  if (entry.verb === 'client.trashed') return Trash2
  if (entry.verb === 'client.restored' || entry.verb === 'client.status_restored') return Undo2
  return PencilLine
}
