import { MessageSquareReply, Send } from 'lucide-react'
import { useState } from 'react'
import { depositInvoice, getInvoicePlatform, type Invoice, type StatusTold } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { AnswerDialog } from './answer-dialog.tsx'
import { NextStep } from './next-step.tsx'
import { DepositBadge, endedBadly, reasonWord, statusWord, whyWord } from './platform-words.tsx'

type Standing = OutputOf<typeof getInvoicePlatform>

/** Where an issued document stands with the approved platform: handed over or not, and what was told of it. */
export function PlatformCard({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const { id } = invoice
  const { data, error, refetch } = useEndpoint(getInvoicePlatform, { params: { id } })
  return (
    <Card
      title={t('billing.platform.card')}
      actions={data?.sandbox && <Badge tone="neutral">{t('billing.platform.sandbox')}</Badge>}
    >
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data ? (
        <PlatformStanding invoice={invoice} standing={data} />
      ) : (
        <Skeleton width="60%" />
      )}
    </Card>
  )
}

function PlatformStanding({ invoice, standing }: { invoice: Invoice; standing: Standing }) {
  const { id } = invoice
  const t = useMessages()
  const may = useMay()
  const [answering, setAnswering] = useState(false)
  const { deposit, statuses, concerns, connected, sandbox } = standing
  const last = statuses.at(-1)?.code
  const hand = useEndpoint(depositInvoice, {
    onSuccess: () => notify.done({ title: t('billing.platform.deposited-toast') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  if (concerns === 'report')
    return <p className="text-13 text-ink-muted">{t('billing.platform.report-only')}</p>
  return (
    <div className="flex flex-col gap-3 text-13">
      {deposit ? (
        <div className="flex flex-col gap-1">
          <p className="flex flex-wrap items-center justify-between gap-2">
            {endedBadly(last) ? (
              <Badge tone="danger">{statusWord(last, t)}</Badge>
            ) : (
              <DepositBadge state={deposit.state} />
            )}
            <span className="text-12 text-ink-muted">
              <DateText value={deposit.depositedAt ?? deposit.createdAt} show="dayTime" />
            </span>
          </p>
          {deposit.reason !== '' && <p className="text-12 text-ink-muted">{whyWord(deposit, t)}</p>}
          {(deposit.state === 'rejected' || endedBadly(last)) && <NextStep invoice={invoice} />}
        </div>
      ) : (
        <p className="text-ink-muted">
          {t(connected ? 'billing.platform.none-yet' : 'billing.platform.not-connected')}
        </p>
      )}
      {statuses.length > 0 && (
        <ol className="flex flex-col gap-2 border-t border-line pt-2">
          {statuses.toReversed().map((status) => (
            <StatusLine key={`${status.at} ${status.code}`} status={status} />
          ))}
        </ol>
      )}
      {!deposit && connected && may('invoices.issue') && (
        <div>
          <Button icon={Send} loading={hand.isPending} onClick={() => hand.mutate({ params: { id } })}>
            {t('billing.platform.deposit')}
          </Button>
        </div>
      )}
      {sandbox && deposit?.state === 'deposited' && may('invoices.issue') && (
        <div>
          <Button size="small" icon={MessageSquareReply} onClick={() => setAnswering(true)}>
            {t('billing.platform.answer')}
          </Button>
        </div>
      )}
      {answering && <AnswerDialog invoiceId={id} onClose={() => setAnswering(false)} />}
    </div>
  )
}

function StatusLine({ status }: { status: StatusTold }) {
  const t = useMessages()
  const formats = useFormats()
  const why = [status.reasonCode === null ? '' : reasonWord(status.reasonCode, t), status.reason].filter(
    (part) => part !== '',
  )
  return (
    <li>
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-medium">{statusWord(status.code, t)}</span>
        <span className="shrink-0 text-12 text-ink-muted">
          <DateText value={status.at} show="dayTime" />
        </span>
      </p>
      {why.length > 0 && <p className="text-12 break-words text-ink-muted">{why.join(' · ')}</p>}
      {status.rates.length > 0 && (
        <p className="text-12 text-ink-muted">
          {status.rates.map((rate, index) => (
            <span key={rate.basisPoints}>
              {index > 0 && ' · '}
              <Money cents={rate.amountCents} /> ({formats.rate(rate.basisPoints)})
            </span>
          ))}
          {status.code === 212 &&
            ` · ${t(status.passedOn ? 'billing.platform.passed-on' : 'billing.platform.to-pass-on')}`}
        </p>
      )}
    </li>
  )
}
