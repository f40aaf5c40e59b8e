import { FileMinus2 } from 'lucide-react'
import { useState } from 'react'
import { draftCreditNote, type Invoice } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { invoiceTo } from '../addresses.ts'
import { StateChips } from '../state-filter.tsx'

const reaches = ['whole', 'some'] as const
type Reach = (typeof reaches)[number]

/** Of all that is left of an invoice, or of some of its lines: a draft that cites it, to be looked over and finalised. */
export function CreditNoteDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const [reach, setReach] = useState<Reach>('whole')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const begin = useEndpoint(draftCreditNote, { onSuccess: ({ id }) => go(invoiceTo(id)) })
  const toggle = (position: number) => setChosen((before) => before.symmetricDifference(new Set([position])))
  return (
    <ActDialog
      title={t('billing.credit.title', { number: invoice.number })}
      description={t('billing.credit.help')}
      action={t(reach === 'whole' ? 'billing.credit.whole' : 'billing.credit.part', { count: chosen.size })}
      icon={FileMinus2}
      disabled={reach === 'some' && chosen.size === 0}
      running={begin.isPending || begin.isSuccess}
      error={begin.error}
      onSubmit={() =>
        begin.mutate({
          params: { id: invoice.id },
          body: { positions: reach === 'whole' ? null : [...chosen] },
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
            {invoice.lines.map(({ position, description, exclCents }) => (
              <li key={position}>
                <label className="flex min-h-8 cursor-pointer items-center gap-2 rounded-control px-1 py-1 text-13 hover:bg-hover">
                  <Checkbox checked={chosen.has(position)} onChange={() => toggle(position)} />
                  <span className="min-w-0 flex-1">{description}</span>
                  <span className="tabular-nums">
                    {t('billing.credit.line', { amount: formats.money(exclCents) })}
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
    </ActDialog>
  )
}
