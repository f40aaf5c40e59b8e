import type { Invoice } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import type { Formats } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { vatWords } from './editor/vat-choices.ts'
import { numberCell, numberHead, textCell, textHead } from './document-table.ts'

/** VAT on the sum of each rate's lines (EN 16931 BR-CO-17), then what there is to pay; of a quote nothing is, and of a credit note its own card tells. */
type Totalled = Pick<Invoice, 'vat' | 'discountCents' | 'exclCents' | 'vatCents' | 'inclCents'> &
  Partial<
    Pick<
      Invoice,
      'kind' | 'paidCents' | 'outstandingCents' | 'credits' | 'discountBasisPoints' | 'discountLabel'
    >
  >

export function InvoiceTotals({ invoice }: { invoice: Totalled }) {
  const t = useMessages()
  const formats = useFormats()
  const creditedCents = (invoice.credits ?? []).reduce((sum, { amountCents }) => sum + amountCents, 0)
  const sums = [
    ...(invoice.discountCents === 0
      ? []
      : ([
          { key: 'billing.total.lines', cents: invoice.exclCents + invoice.discountCents },
          {
            key: 'billing.editor.discount.whole',
            words: discountWords(invoice, t, formats),
            cents: 0 - invoice.discountCents,
          },
        ] as const)),
    { key: 'billing.total.excl', cents: invoice.exclCents },
    { key: 'billing.total.vat', cents: invoice.vatCents },
    { key: 'billing.total-incl', cents: invoice.inclCents, strong: true },
    ...(invoice.paidCents === undefined || invoice.kind === 'credit_note'
      ? []
      : ([
          { key: 'billing.total.paid', cents: invoice.paidCents - creditedCents },
          ...(creditedCents === 0
            ? []
            : ([{ key: 'billing.total.credited', cents: creditedCents }] as const)),
          { key: 'billing.outstanding', cents: invoice.outstandingCents ?? 0, strong: true },
        ] as const)),
  ] as const
  return (
    <Card title={t('billing.totals')} flush>
      <table className="w-full border-separate border-spacing-0 text-13">
        <thead>
          <tr>
            <th scope="col" className={textHead}>
              {t('billing.vat.rate')}
            </th>
            <th scope="col" className={numberHead}>
              {t('billing.vat.base')}
            </th>
            <th scope="col" className={numberHead}>
              {t('billing.vat.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {invoice.vat.map((rate) => (
            <tr key={`${rate.vatCategory} ${rate.vatBasisPoints}`}>
              <td className={textCell}>{vatWords({ ...rate, vatExemption: null }, t, formats)}</td>
              <td className={numberCell}>
                <Money cents={rate.baseCents} />
              </td>
              <td className={numberCell}>
                <Money cents={rate.vatCents} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="border-t border-line px-4 py-3 text-13">
        {sums.map((sum) => {
          const strong = 'strong' in sum
          return (
            <div
              key={sum.key}
              className={cx('flex items-baseline justify-between gap-4 py-1', strong && 'font-semibold')}
            >
              <dt className={strong ? '' : 'text-ink-muted'}>{'words' in sum ? sum.words : t(sum.key)}</dt>
              <dd className={strong ? 'text-14' : ''}>
                <Money cents={sum.cents} />
              </dd>
            </div>
          )
        })}
      </dl>
    </Card>
  )
}

/** « Remise de 10 % (Fidélité) ». */
function discountWords(
  {
    discountBasisPoints = 0,
    discountLabel = '',
  }: Partial<Pick<Invoice, 'discountBasisPoints' | 'discountLabel'>>,
  t: Translate,
  formats: Formats,
): string {
  const discount =
    discountBasisPoints === 0
      ? t('billing.editor.discount.whole')
      : t('billing.total.discount', { rate: formats.rate(discountBasisPoints) })
  return discountLabel === '' ? discount : t('billing.total.discount.why', { discount, why: discountLabel })
}
