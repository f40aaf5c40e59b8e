/** What tomorrow's run will invoice, the drafts that wait for a look, and what former runs made. */
import { CalendarSync, CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { listRenewals, previewRenewal, releaseHeld, runRenewal, type RenewalLine } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DataTable, type Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo } from '../addresses.ts'
import { subscriptionTo } from '../subscriptions/addresses.ts'

export function RenewalPage() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [typed, setTyped] = useState('')
  const [running, setRunning] = useState(false)
  const until = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : undefined
  const preview = useEndpoint(previewRenewal, { query: { until } }, { keepPrevious: true })
  const { data } = preview
  return (
    <>
      <PageHeader
        title={t('billing.renewal')}
        primary={
          may('invoices.issue') && (
            <Button variant="primary" icon={CalendarSync} onClick={() => setRunning(true)}>
              {t('billing.renewal.run')}
            </Button>
          )
        }
      />
      <div className="flex flex-col gap-4">
        <Waiting />
        <section aria-label={t('billing.renewal.preview')}>
          <div className="mb-3 flex flex-wrap items-end gap-x-6 gap-y-2">
            <div className="w-44">
              <Field label={t('billing.renewal.until')}>
                <Input type="date" value={typed === '' ? (data?.until ?? '') : typed} onChange={setTyped} />
              </Field>
            </div>
            {data && (
              <output className="block pb-1.5 text-13">
                {t('billing.renewal.sums', {
                  count: data.documents,
                  shown: formats.integer(data.documents),
                  excl: formats.money(data.exclCents),
                  incl: formats.money(data.inclCents),
                  held: data.held,
                  without: data.without,
                })}
              </output>
            )}
          </div>
          <DataTable
            id="renewal-preview"
            label={t('billing.renewal.preview')}
            columns={useColumns()}
            rows={data?.rows}
            rowId={(row: RenewalLine) => row.subscriptionId}
            rowLabel={(row) => `${row.client.firstName} ${row.client.lastName}`}
            rowTo={(row) => subscriptionTo(row.subscriptionId)}
            error={preview.error}
            retry={preview.refetch}
            empty={
              <EmptyState icon={CheckCheck} title={t('billing.renewal.nothing')}>
                <p>{t('billing.renewal.nothing.help')}</p>
              </EmptyState>
            }
          />
        </section>
        <Runs />
      </div>
      {running && <RunDialog onClose={() => setRunning(false)} />}
    </>
  )
}

function useColumns(): Column<RenewalLine>[] {
  const t = useMessages()
  const formats = useFormats()
  return [
    {
      id: 'client',
      header: t('billing.client'),
      width: 180,
      grow: true,
      cell: ({ client }) => <span className="font-medium">{`${client.firstName} ${client.lastName}`}</span>,
    },
    { id: 'plan', header: t('billing.subscriptions.plan'), width: 140, cell: (row) => row.plan },
    {
      id: 'period',
      header: t('billing.renewal.period'),
      width: 210,
      importance: 2,
      cell: (row) =>
        t('billing.subscriptions.period', { from: formats.day(row.from), until: formats.day(row.until) }),
    },
    {
      id: 'what',
      header: t('billing.renewal.becomes'),
      width: 170,
      card: 'aside',
      cell: (row) =>
        row.why ? (
          <span className="text-warning-ink">{t(`billing.renewal.why.${row.why}`)}</span>
        ) : (
          t(row.held ? 'billing.renewal.draft' : 'billing.renewal.issued')
        ),
    },
    {
      id: 'excl',
      header: t('billing.subscriptions.excl'),
      width: 110,
      align: 'end',
      importance: 2,
      cell: (row) => <Money cents={row.exclCents} />,
    },
    {
      id: 'incl',
      header: t('billing.subscriptions.incl'),
      width: 110,
      align: 'end',
      cell: (row) => <Money cents={row.inclCents} />,
    },
  ]
}

function RunDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const [hold, setHold] = useState(false)
  const [today] = useState(() => Temporal.Now.plainDateISO('Europe/Paris').toString())
  const { data } = useEndpoint(previewRenewal, { query: { until: today } })
  const run = useEndpoint(runRenewal, {
    onSuccess: () => {
      notify.told({ title: t('billing.renewal.started') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.renewal.run')}
      effects={
        data
          ? [
              t('billing.renewal.effect', {
                count: data.documents,
                shown: formats.integer(data.documents),
                incl: formats.money(data.inclCents),
                day: formats.day(today),
              }),
              t('billing.renewal.effect.once'),
            ]
          : []
      }
      action={t('billing.renewal.run.now')}
      icon={CalendarSync}
      disabled={!data}
      running={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate({ body: { until: today, hold } })}
    >
      <Field inline label={t('billing.renewal.hold')} help={t('billing.renewal.hold.help')}>
        <Checkbox checked={hold} onChange={setHold} />
      </Field>
    </ActDialog>
  )
}

function Waiting() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { data } = useEndpoint(listRenewals)
  const release = useEndpoint(releaseHeld, {
    onSuccess: ({ released }) => notify.told({ title: t('billing.renewal.released', { count: released }) }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  if (!data || data.heldTotal === 0) return null
  return (
    <Card
      flush
      title={t('billing.renewal.held', { count: data.heldTotal, shown: formats.integer(data.heldTotal) })}
      actions={
        may('invoices.issue') && (
          <Button
            icon={CheckCheck}
            loading={release.isPending}
            onClick={() =>
              release.mutate({ body: { invoiceIds: data.held.map(({ invoiceId }) => invoiceId) } })
            }
          >
            {t('billing.renewal.release', { count: data.held.length })}
          </Button>
        )
      }
    >
      <ul className="mt-1 max-h-80 overflow-y-auto pb-1 text-13">
        {data.held.map((draft) => (
          <li
            key={draft.invoiceId}
            className="flex flex-wrap items-baseline gap-x-3 border-t border-line px-4 py-2"
          >
            <TextLink
              to={invoiceTo(draft.invoiceId)}
            >{`${draft.client.firstName} ${draft.client.lastName}`}</TextLink>
            <span className="text-ink-muted">
              {t('billing.subscriptions.period', {
                from: formats.day(draft.from),
                until: formats.day(draft.until),
              })}
            </span>
            <span className="ml-auto">
              <Money cents={draft.inclCents} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Runs() {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(listRenewals)
  if (!data || data.runs.length === 0) return null
  return (
    <Card flush title={t('billing.renewal.runs')}>
      <ul className="mt-1 pb-1 text-13">
        {data.runs.map((run) => (
          <li key={run.id} className="flex flex-wrap items-baseline gap-x-3 border-t border-line px-4 py-2">
            <DateText value={run.startedAt} />
            <span className="text-ink-muted">{run.by ?? t('billing.subscriptions.by-itself')}</span>
            <span>
              {t('billing.renewal.made', {
                count: run.renewed,
                shown: formats.integer(run.renewed),
                held: run.held,
                day: formats.day(run.untilOn),
              })}
            </span>
            {run.endedAt === null && <span className="text-warning-ink">{t('billing.renewal.going')}</span>}
            <span className="ml-auto">
              <Money cents={run.exclCents} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
