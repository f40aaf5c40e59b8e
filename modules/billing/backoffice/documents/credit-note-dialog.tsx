import { FileMinus2 } from 'lucide-react'
import { useState } from 'react'
import { draftCreditNote, type Invoice } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { invoiceTo } from '../addresses.ts'
import { StateChips } from '../state-filter.tsx'
import { creditedCents } from './document-can.ts'

const reaches = ['whole', 'some'] as const
type Reach = (typeof reaches)[number]

/** Of all that is left of an invoice, or of some of its lines: a draft that cites it, to be looked over and finalised. */
export function CreditNoteDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const [reach, setReach] = useState<Reach>('whole')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [reason, setReason] = useState('')
  const partCents = invoice.lines
    .filter(({ position }) => chosen.has(position))
    .reduce((sum, { netCents }) => sum + netCents, 0)
  const leftCents = invoice.inclCents - creditedCents(invoice)
  // What a final invoice took of a deposit is not left of it, and its whole is not known here.
  const isTaken = invoice.typeCode === 386 && invoice.citedBy.some(({ typeCode }) => typeCode === 380)
  const action =
    reach === 'some'
      ? chosen.size === 0
        ? t('billing.credit.choose')
        : t('billing.credit.part', { amount: formats.money(partCents) })
      : isTaken
        ? t('billing.credit.whole')
        : t(leftCents === invoice.inclCents ? 'billing.credit.whole-of' : 'billing.credit.rest-of', {
            amount: formats.money(leftCents),
          })
  const begin = useEndpoint(draftCreditNote, { onSuccess: ({ id }) => go(invoiceTo(id)) })
  const toggle = (position: number) => setChosen((before) => before.symmetricDifference(new Set([position])))
  return (
    <ActDialog
      title={t('billing.credit.title', { number: invoice.number })}
      description={t('billing.credit.help')}
      action={action}
      icon={FileMinus2}
      disabled={reach === 'some' && chosen.size === 0}
      running={begin.isPending || begin.isSuccess}
      error={begin.error}
      onSubmit={() =>
        begin.mutate({
          params: { id: invoice.id },
          body: { positions: reach === 'whole' ? null : [...chosen], reason },
        })
      }
      onClose={onClose}
    >
      {invoice.lines.length > 1 && (
        <StateChips
          always
          label={t('billing.credit.reach')}
          states={reaches}
          chosen={reach}
          onChoose={(one) => one && setReach(one)}
          word={(one) => one && t(`billing.credit.reach.${one}`)}
        />
      )}
      {reach === 'some' && (
        <>
          <ul aria-label={t('billing.lines')} className="flex max-h-80 flex-col overflow-y-auto">
            {invoice.lines.map(({ position, description, netCents }) => (
              <li key={position}>
                <label className="flex min-h-8 cursor-pointer items-center gap-2 rounded-control px-1 py-1 text-13 hover:bg-hover">
                  <Checkbox checked={chosen.has(position)} onChange={() => toggle(position)} />
                  <span className="min-w-0 flex-1">{description}</span>
                  <span className="tabular-nums">
                    {t('billing.credit.line', { amount: formats.money(netCents) })}
                  </span>
                </label>
              </li>
            ))}
          </ul>
          {invoice.discountCents !== 0 && (
            <p className="text-12 text-ink-muted">
              {t('billing.credit.discounted')} <Money cents={invoice.discountCents} />.
            </p>
          )}
        </>
      )}
      <Field label={t('billing.credit.reason')} help={t('billing.credit.reason.help')} name="reason" optional>
        <Textarea rows={2} maxLength={1_000} value={reason} onChange={setReason} />
      </Field>
    </ActDialog>
  )
}
