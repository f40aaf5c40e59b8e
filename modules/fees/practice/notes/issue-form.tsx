import { FileText } from 'lucide-react'
import { useState } from 'react'
import { issueFeeNote, type listBillable, previewFeeNote } from '#contract/fees'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Select } from '#platform/ui/select.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { noteTo } from '../addresses.ts'
import { DueChoice } from '../paying/due-choice.tsx'
import { MissingMentions } from './missing-mentions.tsx'
import { Paper } from './paper.tsx'

type Billable = OutputOf<typeof listBillable>

const themselves = 'patient'

export function IssueForm({ billable }: { billable: Billable }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const { patient, rows, payers, missing } = billable
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => ofLatestMonth(rows))
  const [payer, setPayer] = useState(payers.find(({ pays }) => pays)?.id ?? themselves)
  const lines = rows.filter(({ id }) => chosen.has(id))
  const practitioners = [...new Set(lines.map(({ practitioner }) => practitioner.id))]
  const lacking = missing.find(({ practitionerId }) => practitionerId === practitioners[0])
  const totalCents = lines.reduce((sum, { dueCents }) => sum + dueCents, 0)
  const payerId = payer === themselves ? undefined : payer
  const issue = useEndpoint(issueFeeNote, {
    onSuccess: ({ id, number }) => {
      notify.done({ title: t('fees.note.issued', { number }) })
      go(noteTo(id), { replace: true })
    },
  })
  if (rows.length === 0) return <EmptyState icon={FileText} title={t('fees.note.lines.none')} />
  const ready = lines.length > 0 && practitioners.length === 1 && !lacking
  const preview = (as: 'pdf' | 'svg') =>
    hrefOf(previewFeeNote, {
      query: {
        patient: patient.id,
        item: lines.map(({ kind, id }) => `${kind}.${id}`),
        payer: payerId,
        as,
      },
    })
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <Card>
        <div className="flex flex-col gap-4">
          {issue.error && <FormErrors error={issue.error} />}
          <DueChoice
            rows={rows}
            chosen={chosen}
            onChange={setChosen}
            shows="due"
            label={t('fees.note.lines')}
          />
          {practitioners.length > 1 && <Problem>{t('fees.note.several')}</Problem>}
          {payers.length > 0 && (
            <Field name="payerId" label={t('fees.note.payer')}>
              <Select
                options={[
                  { value: themselves, label: t('fees.note.payer.patient') },
                  ...payers.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={payer}
                onChange={setPayer}
              />
            </Field>
          )}
          {lacking && <MissingMentions fields={lacking.fields} />}
          <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-4">
            <p className="text-13 text-ink-muted">
              {t('fees.note.total')}{' '}
              <span className="text-16 font-semibold text-ink tabular-nums">{formats.money(totalCents)}</span>
            </p>
            <Button
              variant="primary"
              disabled={!ready}
              loading={issue.isPending}
              onClick={() =>
                issue.mutate({
                  body: {
                    patientId: patient.id,
                    items: lines.map(({ kind, id }) => ({ kind, id })),
                    payerId,
                    totalCents,
                  },
                })
              }
            >
              {t('fees.note.issue')}
            </Button>
          </div>
          <p className="text-12 text-ink-muted">{t('fees.note.issue.help')}</p>
        </div>
      </Card>
      <Card
        title={t('fees.note.preview')}
        actions={
          ready && (
            <a
              href={preview('pdf')}
              target="_blank"
              rel="noreferrer"
              className={buttonClass({ variant: 'ghost', size: 'small' })}
            >
              {t('fees.note.open-pdf')}
            </a>
          )
        }
      >
        {ready ? (
          <Paper src={preview('svg')} alt={t('fees.note.preview.picture')} pdf={preview('pdf')} />
        ) : (
          <p className="text-13 text-ink-muted">{t('fees.note.preview.none')}</p>
        )}
      </Card>
    </div>
  )
}

/** A note is one practitioner's, and usually a month's: those of the latest line, older ones being chosen besides. */
function ofLatestMonth(rows: Billable['rows']): ReadonlySet<string> {
  const [latest] = rows
  if (!latest) return new Set()
  const month = latest.on.slice(0, 7)
  const alike = rows.filter(
    (row) => row.practitioner.id === latest.practitioner.id && row.on.startsWith(month),
  )
  return new Set(alike.map(({ id }) => id))
}
