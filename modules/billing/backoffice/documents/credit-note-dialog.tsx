import { FileMinus2 } from 'lucide-react'
import { useState } from 'react'
import { draftCreditNote, type Invoice } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { invoiceTo } from '../addresses.ts'

/** Of all that is left of an invoice, or of some of its lines: a draft that cites it, to be looked over and finalised. */
export function CreditNoteDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useMessages()
  const go = useGo()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const begin = useEndpoint(draftCreditNote, { onSuccess: ({ id }) => go(invoiceTo(id)) })
  const toggle = (position: number) =>
    setChosen((before) =>
      before.has(position)
        ? new Set([...before].filter((one) => one !== position))
        : new Set([...before, position]),
    )
  return (
    <ActDialog
      title={t('billing.credit.title', { number: invoice.number })}
      description={t('billing.credit.help')}
      action={t(chosen.size === 0 ? 'billing.credit.whole' : 'billing.credit.part', { count: chosen.size })}
      icon={FileMinus2}
      running={begin.isPending || begin.isSuccess}
      error={begin.error}
      onSubmit={() =>
        begin.mutate({
          params: { id: invoice.id },
          body: { positions: chosen.size === 0 ? null : [...chosen] },
        })
      }
      onClose={onClose}
    >
      {invoice.lines.length > 1 && (
        <ul aria-label={t('billing.lines')} className="flex max-h-80 flex-col gap-1 overflow-y-auto">
          {invoice.lines.map(({ position, description, exclCents }) => (
            <li key={position} className="flex items-baseline gap-2 py-1 text-13">
              <Checkbox
                label={description}
                checked={chosen.has(position)}
                onChange={() => toggle(position)}
              />
              {/* The box says the same to whoever does not see it. */}
              <span aria-hidden className="min-w-0 flex-1">
                {description}
              </span>
              <Money cents={exclCents} />
            </li>
          ))}
        </ul>
      )}
    </ActDialog>
  )
}
