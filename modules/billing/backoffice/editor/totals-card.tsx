/** What it comes to, while one types: VAT once a rate, on the sum of its lines (EN 16931 BR-CO-17). */
import type { Sums } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { numberCell, numberHead, textCell, textHead } from '../document-table.ts'
import type { EditedDocument } from './edited-document.ts'
import { vatWords } from './vat-choices.ts'

type TotalsCardProps = {
  sums: Sums
  document: Pick<EditedDocument, 'discount' | 'discountLabel'>
  /** In words, where the discount cannot be read or cannot stand. */
  problem: string | undefined
  set: (part: Partial<Pick<EditedDocument, 'discount' | 'discountLabel'>>) => void
}

export function TotalsCard({ sums, document, problem, set }: TotalsCardProps) {
  const t = useMessages()
  return (
    <Card title={t('billing.totals')} flush>
      <div className="grid grid-cols-[minmax(0,1fr)_7.5rem] gap-3 px-4 pb-3">
        <Field label={t('billing.editor.discount.label')} optional>
          <Input
            value={document.discountLabel}
            maxLength={100}
            placeholder={t('billing.editor.discount.label.placeholder')}
            onChange={(discountLabel) => set({ discountLabel })}
          />
        </Field>
        <Field label={t('billing.editor.discount.whole')} name="discount" error={problem}>
          <Input
            value={document.discount}
            maxLength={18}
            placeholder={t('billing.editor.discount.placeholder')}
            onChange={(discount) => set({ discount })}
          />
        </Field>
      </div>
      <VatTable sums={sums} />
      <dl className="border-t border-line px-4 py-3 text-13" aria-live="polite">
        {sums.discountCents !== 0 && (
          <>
            <Sum label={t('billing.editor.total.lines')} cents={sums.linesCents} />
            <Sum label={t('billing.editor.discount.whole')} cents={-sums.discountCents} />
          </>
        )}
        <Sum label={t('billing.total.excl')} cents={sums.exclCents} />
        <Sum label={t('billing.total.vat')} cents={sums.vatCents} />
        <Sum strong label={t('billing.total-incl')} cents={sums.inclCents} />
      </dl>
    </Card>
  )
}

function VatTable({ sums: { vat } }: { sums: Sums }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <table className="w-full border-separate border-spacing-0 text-13">
      <thead>
        <tr>
          <th scope="col" className={cx(textHead, 'border-t border-line')}>
            {t('billing.vat.rate')}
          </th>
          <th scope="col" className={cx(numberHead, 'border-t border-line')}>
            {t('billing.vat.base')}
          </th>
          <th scope="col" className={cx(numberHead, 'border-t border-line')}>
            {t('billing.vat.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {vat.map(({ category, basisPoints, baseCents, vatCents }) => (
          <tr key={`${category} ${basisPoints}`}>
            <td className={textCell}>
              {vatWords(
                { vatCategory: category, vatBasisPoints: basisPoints, vatExemption: null },
                t,
                formats,
              )}
            </td>
            <td className={numberCell}>
              <Money cents={baseCents} />
            </td>
            <td className={numberCell}>
              <Money cents={vatCents} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sum({ label, cents, strong = false }: { label: string; cents: number; strong?: boolean }) {
  return (
    <div className={cx('flex items-baseline justify-between gap-4 py-1', strong && 'font-semibold')}>
      <dt className={strong ? '' : 'text-ink-muted'}>{label}</dt>
      <dd className={strong ? 'text-16' : ''}>
        <Money cents={cents} />
      </dd>
    </div>
  )
}
