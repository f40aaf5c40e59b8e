import { HandCoins, ReceiptText } from 'lucide-react'
import { useState } from 'react'
import { getDue } from '#contract/fees'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { newNoteTo, noteTo } from '../addresses.ts'
import { PayDialog } from '../paying/pay-dialog.tsx'

/** On an appointment: what is left to pay of it, and a way to write down that it was paid. */
export function AppointmentFee({ id }: CardProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [paying, setPaying] = useState(false)
  const { data } = useEndpoint(getDue, { params: { id } })
  if (!data) return <Skeleton width="60%" />
  const { due } = data
  if (!due) return <p className="text-13 text-ink-muted">{t('fees.card.free')}</p>
  const manages = may('fees.manage')
  return (
    <div className="flex flex-wrap items-center gap-2 text-13">
      {due.leftCents > 0 ? (
        <span className="tabular-nums">
          {t('fees.card.left', { amount: formats.money(due.leftCents), due: formats.money(due.dueCents) })}
        </span>
      ) : (
        <Badge tone="success">{t('fees.card.paid')}</Badge>
      )}
      {manages && due.leftCents > 0 && (
        <Button size="small" icon={HandCoins} onClick={() => setPaying(true)}>
          {t('fees.pay')}
        </Button>
      )}
      {due.feeNote ? (
        <TextLink to={noteTo(due.feeNote.id)}>
          {t('fees.note.title', { number: due.feeNote.number })}
        </TextLink>
      ) : (
        manages &&
        due.daysLate !== null && (
          <TextLink to={newNoteTo(due.patient.id)}>
            <ReceiptText aria-hidden size={14} className="mr-1 inline" />
            {t('fees.note.new')}
          </TextLink>
        )
      )}
      <PayDialog
        paying={paying ? { patient: due.patient, dues: [due] } : null}
        onClose={() => setPaying(false)}
      />
    </div>
  )
}
