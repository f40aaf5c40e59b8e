import { type InvoiceLine, lineUnits } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { vatWords } from './editor/vat-choices.ts'
import { numberCell, numberHead, textCell, textHead } from './document-table.ts'

/** What a credit note of one would take back is said where one is begun. */
type Line = Omit<InvoiceLine, 'netCents' | 'depositId'>

/** What was sold. On a narrow screen quantity and price stand below the description. */
export function InvoiceLines({ invoice }: { invoice: { lines: readonly Line[] } }) {
  const t = useMessages()
  const formats = useFormats()
  /** « 2,5 heures » by its unit; pieces are counted and not named. */
  const quantityOf = ({ quantity, unit }: Line) => {
    const known = lineUnits.find((one) => one === unit)
    const shown = formats.quantity(quantity)
    return known === undefined || known === 'C62'
      ? shown
      : t(`billing.line.units.${known}`, { count: Math.abs(quantity), shown })
  }
  return (
    <Card title={t('billing.lines')} flush>
      <table className="w-full border-separate border-spacing-0 text-13">
        <thead>
          <tr>
            <th scope="col" className={textHead}>
              {t('billing.line.description')}
            </th>
            <th scope="col" className={`${numberHead} max-sm:hidden`}>
              {t('billing.line.quantity')}
            </th>
            <th scope="col" className={`${numberHead} max-sm:hidden`}>
              {t('billing.line.unit-price')}
            </th>
            <th scope="col" className={`${numberHead} max-sm:hidden`}>
              {t('billing.line.vat')}
            </th>
            <th scope="col" className={numberHead}>
              {t('billing.line.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line) => (
            <tr key={line.position}>
              <td className={textCell}>
                <span className="whitespace-pre-line">{line.description}</span>
                {line.period && (
                  <span className="block text-12 text-ink-muted">
                    {t('billing.line.period', {
                      from: formats.day(line.period.from),
                      until: formats.day(line.period.until),
                    })}
                  </span>
                )}
                {line.discountCents !== 0 && (
                  <span className="block text-12 text-ink-muted">
                    {t('billing.line.off', { amount: formats.money(line.discountCents) })}
                  </span>
                )}
                <span className="block text-12 text-ink-muted tabular-nums sm:hidden">
                  {t('billing.line.narrow', {
                    quantity: quantityOf(line),
                    price: formats.money(line.unitPriceCents),
                    rate: vatWords(line, t, formats),
                  })}
                </span>
              </td>
              <td className={`${numberCell} max-sm:hidden`}>{quantityOf(line)}</td>
              <td className={`${numberCell} max-sm:hidden`}>
                <Money cents={line.unitPriceCents} />
              </td>
              <td className={`${numberCell} max-sm:hidden`}>{vatWords(line, t, formats)}</td>
              <td className={numberCell}>
                <Money cents={line.exclCents} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {invoice.lines.length === 0 && (
        <p className="px-4 py-3 text-13 text-ink-muted">{t('billing.lines.none')}</p>
      )}
    </Card>
  )
}
