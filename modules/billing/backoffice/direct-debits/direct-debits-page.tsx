/** Mandates, what they can collect, and the files the bank is handed. */
import { FilePlus2, Plus } from 'lucide-react'
import { useState } from 'react'
import { type Mandate, prepareDirectDebit, proposeDirectDebit } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Input } from '#platform/ui/input.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo, settingsTo } from '../addresses.ts'
import { clientName } from '../invoice-name.ts'
import { PaymentTabs } from '../payments/payment-tabs.tsx'
import { AddMandateDialog } from './add-mandate-dialog.tsx'
import { DirectDebitFiles } from './direct-debit-files.tsx'
import { MandateList } from './mandate-list.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

export function DirectDebitsPage() {
  const t = useMessages()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<Mandate | null>(null)
  return (
    <>
      <PageHeader
        title={t('billing.paying.debits')}
        primary={
          may('payments.write') && (
            <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
              {t('billing.debit.mandate.new')}
            </Button>
          )
        }
      >
        <PaymentTabs at="debits" />
      </PageHeader>
      <div className="flex flex-col gap-4">
        <Proposal />
        <DirectDebitFiles />
        <MandateList onRevoke={setRevoking} />
      </div>
      {adding && <AddMandateDialog onClose={() => setAdding(false)} />}
      {revoking && <RevokeDialog mandate={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

/** Which invoices the bank can collect, and on which day; those that cannot say why. */
function Proposal() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [day, setDay] = useState<string | undefined>(undefined)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { data, error, refetch } = useEndpoint(
    proposeDirectDebit,
    { query: { collectOn: day } },
    { keepPrevious: true },
  )
  const prepare = useEndpoint(prepareDirectDebit, {
    onSuccess: ({ transactions }) => {
      notify.done({ title: t('billing.debit.prepared', { count: transactions }) })
      setLeft(new Set())
    },
    onError: (problem) =>
      problem.code !== 'step_up_required' && notify.failed({ title: sentenceOf(problem, t) }),
  })
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <Skeleton width={720} height={160} />
  const chosen = data.rows.filter((row) => row.why === null && !left.has(row.invoiceId))
  const total = chosen.reduce((sum, row) => sum + row.amountCents, 0)
  return (
    <Card title={t('billing.debit.proposal')}>
      <div className="flex flex-col gap-3">
        {data.creditor === null && (
          <p className="text-13 text-warning-ink">
            {t('billing.debit.no-creditor')}{' '}
            <TextLink to={settingsTo('bank')}>{t('billing.debit.no-creditor.mend')}</TextLink>
          </p>
        )}
        <div className="flex flex-wrap items-end gap-3">
          <label className="flex flex-col gap-1 text-13 font-medium">
            {t('billing.debit.collect-on')}
            <span className="w-40">
              <Input type="date" value={data.collectOn} min={data.earliestOn} onChange={setDay} />
            </span>
          </label>
          {may('payments.write') && (
            <Button
              icon={FilePlus2}
              disabled={chosen.length === 0 || data.creditor === null}
              loading={prepare.isPending}
              onClick={() =>
                prepare.mutate({
                  body: { collectOn: data.collectOn, invoiceIds: chosen.map((row) => row.invoiceId) },
                })
              }
            >
              {t('billing.debit.prepare', { count: chosen.length, amount: formats.money(total) })}
            </Button>
          )}
        </div>
        {data.rows.length === 0 ? (
          <p className="text-13 text-ink-muted">{t('billing.debit.proposal.empty')}</p>
        ) : (
          <ul aria-label={t('billing.debit.proposal')} className="flex max-h-96 flex-col overflow-y-auto">
            {data.rows.map((row) => (
              <li
                key={row.invoiceId}
                className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-t border-line py-2 text-13 first:border-t-0"
              >
                <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
                  {row.why === null ? (
                    <Checkbox
                      label={`${row.number} · ${clientName(row)}`}
                      checked={!left.has(row.invoiceId)}
                      onChange={() =>
                        setLeft((before) =>
                          before.has(row.invoiceId)
                            ? new Set([...before].filter((one) => one !== row.invoiceId))
                            : new Set([...before, row.invoiceId]),
                        )
                      }
                    />
                  ) : (
                    <>
                      <TextLink to={invoiceTo(row.invoiceId)}>{row.number}</TextLink>
                      <span>{clientName(row)}</span>
                      <Badge tone="warning">{t(`billing.debit.why.${row.why}`)}</Badge>
                    </>
                  )}
                  {row.dueOn && (
                    <span className="text-ink-muted">
                      {t('billing.due-on')} <DateText value={row.dueOn} />
                    </span>
                  )}
                </span>
                <span className="text-right tabular-nums">
                  <Money cents={row.amountCents} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
