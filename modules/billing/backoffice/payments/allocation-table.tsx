import { useState } from 'react'
import { Input } from '#platform/ui/input.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { usePreferences } from '#platform/ui/preferences.ts'
import { invoiceTo } from '../addresses.ts'
import { centsIn, typedCents } from '../editor/typed.ts'
import { sumOf } from './shared-out.ts'

export type Payable = { id: string; number: string; outstandingCents: number }
type AllocationTableProps = {
  invoices: readonly Payable[]
  shares: ReadonlyMap<string, number>
  onChange: (shares: ReadonlyMap<string, number>) => void
  /** What there is to be given. */
  amountCents: number
}

/** What goes to which invoice; what is left is said below. */
export function AllocationTable({ invoices, shares, onChange, amountCents }: AllocationTableProps) {
  const t = useMessages()
  const formats = useFormats()
  const leftCents = amountCents - sumOf(shares)
  return (
    <div className="flex flex-col gap-2">
      {invoices.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('billing.paying.nothing-owed')}</p>
      ) : (
        <ul aria-label={t('billing.invoices')} className="flex max-h-72 flex-col gap-2 overflow-y-auto">
          {invoices.map((invoice) => (
            <li key={invoice.id} className="flex items-center gap-3 text-13">
              <span className="min-w-0 flex-1">
                <TextLink to={invoiceTo(invoice.id)}>{invoice.number}</TextLink>
                <span className="block text-12 text-ink-muted tabular-nums">
                  {t('billing.paying.owes', { amount: formats.money(invoice.outstandingCents) })}
                </span>
              </span>
              <span className="w-28 shrink-0">
                <Share
                  key={shares.get(invoice.id) ?? 0}
                  label={t('billing.paying.share', { number: invoice.number })}
                  cents={shares.get(invoice.id) ?? 0}
                  onChange={(cents) => onChange(new Map(shares).set(invoice.id, cents))}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className={`text-13 tabular-nums ${leftCents < 0 ? 'text-danger-ink' : 'text-ink-muted'}`}>
        {t(leftCents < 0 ? 'billing.paying.too-much' : 'billing.paying.left', {
          amount: formats.money(Math.abs(leftCents)),
        })}
      </p>
    </div>
  )
}

/** Taken over when one leaves the field: half a figure is none. */
function Share({
  label,
  cents,
  onChange,
}: {
  label: string
  cents: number
  onChange: (cents: number) => void
}) {
  const { language } = usePreferences()
  const [typed, setTyped] = useState(cents === 0 ? '' : typedCents(cents, language))
  const settle = () => {
    const read = typed.trim() === '' ? 0 : centsIn(typed)
    if (read === null || read < 0) setTyped(cents === 0 ? '' : typedCents(cents, language))
    else if (read !== cents) onChange(read)
  }
  return <Input aria-label={label} inputMode="decimal" value={typed} onChange={setTyped} onBlur={settle} />
}
