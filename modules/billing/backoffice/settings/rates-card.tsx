/** The rates that penalties are reckoned by, with their sources. */
import { Plus, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { getRates, recordRate, type InterestRate } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { centsIn } from '../editor/typed.ts'

const kinds: readonly InterestRate['kind'][] = ['ecb_refi', 'legal']

export function RatesCard() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()('billing.settings')
  const [open, setOpen] = useState(false)
  const { data, error, refetch } = useEndpoint(getRates)
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <Skeleton height={240} width="100%" />
  const { ecbRefi, legal, stale, from } = data.halfYear
  return (
    <div className="flex flex-col gap-4">
      <Card title={t('billing.settings.rates.now', { day: formats.day(from) })}>
        <dl className="grid gap-3 sm:grid-cols-2">
          <div>
            <dt className="text-12 text-ink-muted">{t('billing.settings.terms.penalty.ecb_plus_10')}</dt>
            <dd className="text-20 font-semibold tabular-nums">
              {ecbRefi ? formats.rate(ecbRefi.basisPoints + 1_000) : '—'}
            </dd>
          </div>
          <div>
            <dt className="text-12 text-ink-muted">{t('billing.settings.terms.penalty.legal_times_3')}</dt>
            <dd className="text-20 font-semibold tabular-nums">
              {legal ? formats.rate(legal.basisPoints * 3) : '—'}
            </dd>
          </div>
        </dl>
        {stale && (
          <p className="mt-3 flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
            <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
            {t('billing.settings.rates.stale', { day: formats.day(from) })}
          </p>
        )}
      </Card>
      <Card
        flush
        title={t('billing.settings.rates.published')}
        actions={
          may && (
            <Button size="small" icon={Plus} onClick={() => setOpen(true)}>
              {t('billing.settings.rates.add')}
            </Button>
          )
        }
      >
        <div className="grid gap-x-6 pb-2 lg:grid-cols-2">
          {kinds.map((kind) => (
            <section key={kind} aria-label={t(`billing.settings.rates.${kind}`)}>
              <h3 className="px-4 pt-2 pb-1 text-13 font-semibold">{t(`billing.settings.rates.${kind}`)}</h3>
              <ul>
                {data.rows
                  .filter((row) => row.kind === kind)
                  .map((row) => (
                    <li
                      key={row.fromOn}
                      className="grid grid-cols-[5.5rem_4rem_minmax(0,1fr)] gap-2 border-t border-line px-4 py-1.5 text-12"
                    >
                      <DateText value={row.fromOn} />
                      <span className="text-right font-medium tabular-nums">
                        {formats.alignedRate(row.basisPoints)}
                      </span>
                      <span className="min-w-0 text-ink-muted" lang="fr">
                        {row.source}
                        {row.recordedBy && ` · ${row.recordedBy}`}
                      </span>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </div>
      </Card>
      {open && <RateForm today={data.today} onClose={() => setOpen(false)} />}
    </div>
  )
}

function RateForm({ today, onClose }: { today: string; onClose: () => void }) {
  const t = useMessages()
  const [kind, setKind] = useState<InterestRate['kind']>('legal')
  const [fromOn, setFromOn] = useState(`${today.slice(0, 4)}-${today.slice(5, 7) < '07' ? '01' : '07'}-01`)
  const [rate, setRate] = useState('')
  const [source, setSource] = useState('')
  const [sent, setSent] = useState(false)
  const basisPoints = centsIn(rate)
  const record = useEndpoint(recordRate, {
    onSuccess: () => {
      setSent(true)
      notify.done({ title: t('billing.settings.rates.added') })
      onClose()
    },
  })
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('billing.settings.rates.add')}
      description={t('billing.settings.rates.add.help')}
    >
      <Form
        submit={t('billing.settings.rates.record')}
        onCancel={onClose}
        saving={record.isPending}
        error={record.error}
        dirty={!sent && (rate !== '' || source !== '')}
        onSubmit={() =>
          record.mutate({ body: { kind, fromOn, basisPoints: basisPoints ?? Number.NaN, source } })
        }
      >
        <Field name="kind" label={t('billing.settings.rates.kind')}>
          <Select
            options={kinds.map((value) => ({ value, label: t(`billing.settings.rates.${value}`) }))}
            value={kind}
            onChange={setKind}
          />
        </Field>
        <Field name="fromOn" label={t('billing.settings.rates.from')}>
          <Input type="date" value={fromOn} onChange={setFromOn} />
        </Field>
        <Field name="basisPoints" label={t('billing.settings.rates.rate')}>
          <Input value={rate} inputMode="decimal" placeholder="2,62" onChange={setRate} />
        </Field>
        <Field
          name="source"
          label={t('billing.settings.rates.source')}
          help={t('billing.settings.rates.source.help')}
        >
          <Input value={source} maxLength={200} onChange={setSource} />
        </Field>
      </Form>
    </Sheet>
  )
}
