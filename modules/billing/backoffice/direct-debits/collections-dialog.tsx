import { useState } from 'react'
import {
  type Collection,
  getDirectDebit,
  type ReturnCode,
  returnCollection,
  returnCodes,
} from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo } from '../addresses.ts'
import { clientName } from '../invoice-name.ts'

/** What one file collects, and what came back of it. */
export function CollectionsDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useMessages()
  const { data } = useEndpoint(getDirectDebit, { params: { id } })
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={data?.messageId ?? t('billing.debit.files')}
    >
      <ul aria-label={t('billing.debit.collections')} className="flex flex-col">
        {data?.collections.map((one) => (
          <One key={one.id} one={one} />
        ))}
      </ul>
    </Sheet>
  )
}

const tones = { pending: 'info', collected: 'success', returned: 'danger' } as const

function One({ one }: { one: Collection }) {
  const t = useMessages()
  const may = useMay()
  const [code, setCode] = useState<ReturnCode>('AM04')
  const back = useEndpoint(returnCollection, {
    onSuccess: () => notify.done({ title: t('billing.debit.returned', { number: one.number }) }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <li className="flex flex-col gap-1 border-t border-line py-3 text-13 first:border-t-0">
      <p className="flex flex-wrap items-center gap-2">
        <TextLink to={invoiceTo(one.invoiceId)}>{one.number}</TextLink>
        <span>{clientName(one)}</span>
        <Badge tone={tones[one.state]}>
          {t(`billing.debit.collection.${one.state}`)}
          {one.returnCode && ` ${one.returnCode}`}
        </Badge>
        <span className="ml-auto">
          <Money cents={one.amountCents} />
        </span>
      </p>
      <p className="text-12 text-ink-muted">
        {one.mandateReference} · •••• {one.ibanEnding} · {one.sequence} · {one.endToEndId}
      </p>
      {one.state !== 'returned' && may('payments.write') && (
        <div className="flex items-center gap-2">
          <Select
            label={t('billing.debit.return.why')}
            options={returnCodes.map((value) => ({ value, label: value }))}
            value={code}
            onChange={setCode}
          />
          <Button
            size="small"
            loading={back.isPending}
            onClick={() =>
              back.mutate({
                params: { id: one.id },
                body: { code, returnedOn: Temporal.Now.plainDateISO('Europe/Paris').toString() },
              })
            }
          >
            {t('billing.debit.return')}
          </Button>
        </div>
      )}
    </li>
  )
}
