import { HandCoins } from 'lucide-react'
import { useState } from 'react'
import { depositOfQuote, type Quote } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { invoiceTo } from '../addresses.ts'
import { centsIn } from '../editor/typed.ts'

/** A part of what was accepted, asked for before. */
export function DepositDialog({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const t = useMessages()
  const go = useGo()
  const [part, setPart] = useState('30')
  const begin = useEndpoint(depositOfQuote, { onSuccess: ({ invoiceId }) => go(invoiceTo(invoiceId)) })
  // A percentage with two decimals is a number of basis points, as an amount with two is one of cents.
  const basisPoints = centsIn(part.replace('%', ''))
  return (
    <ActDialog
      title={t('billing.quote.deposit')}
      action={t('billing.quote.deposit.act')}
      icon={HandCoins}
      disabled={basisPoints === null || basisPoints < 1 || basisPoints > 9_999}
      running={begin.isPending || begin.isSuccess}
      error={begin.error}
      onSubmit={() => begin.mutate({ params: { id: quote.id }, body: { basisPoints: basisPoints ?? 0 } })}
      onClose={onClose}
    >
      <Field
        name="basisPoints"
        label={t('billing.quote.deposit.part')}
        help={t('billing.quote.deposit.help')}
      >
        <Input inputMode="decimal" maxLength={6} value={part} onChange={setPart} />
      </Field>
    </ActDialog>
  )
}
