import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Invoice } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { invoiceTo } from './addresses.ts'
import { RecordDialog } from './payments/record-dialog.tsx'
import { numberCell, numberHead, textCell, textHead } from './document-table.ts'

/** What pays an invoice: money, and credit notes. */
export function InvoicePayments({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const may = useMay()
  const [recording, setRecording] = useState(false)
  const { payments, credits, outstandingCents } = invoice
  return (
    <Card
      title={t('billing.payments')}
      flush
      actions={
        outstandingCents > 0 &&
        may('payments.write') && (
          <Button size="small" icon={Plus} onClick={() => setRecording(true)}>
            {t('billing.paying.record')}
          </Button>
        )
      }
    >
      {recording && <RecordDialog of={invoice} onClose={() => setRecording(false)} />}
      {payments.length + credits.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-muted">{t('billing.payments.none')}</p>
      ) : (
        <table className="w-full border-separate border-spacing-0 text-13">
          <thead>
            <tr>
              <th scope="col" className={textHead}>
                {t('billing.payment.received-on')}
              </th>
              <th scope="col" className={textHead}>
                {t('billing.payment.method')}
              </th>
              <th scope="col" className={numberHead}>
                {t('billing.payment.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {payments.map((payment) => (
              <tr key={payment.id}>
                <td className={textCell}>
                  <DateText value={payment.receivedOn} />
                </td>
                <td className={textCell}>{t(`billing.method.${payment.method}`)}</td>
                <td className={numberCell}>
                  <Money cents={payment.amountCents} />
                </td>
              </tr>
            ))}
            {credits.map(({ id, number, amountCents }) => (
              <tr key={id}>
                <td className={textCell} colSpan={2}>
                  <span className="mr-2 text-ink-muted">{t('billing.type.381')}</span>
                  <TextLink to={invoiceTo(id)}>{number}</TextLink>
                </td>
                <td className={numberCell}>
                  <Money cents={amountCents} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
