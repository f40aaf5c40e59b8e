import { FilePlus2, HandCoins } from 'lucide-react'
import { useState } from 'react'
import { getPatientAccount } from '#contract/fees'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { dialogOnDemand } from '#platform/ui/dialog-on-demand.tsx'
import { ButtonLink, Link, TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { feesTo, newNoteTo, noteTo } from '../addresses.ts'
import type { PayDialogProps } from '../paying/pay-dialog.tsx'
import { noteTones, paymentLook } from '../fee-words.ts'

const PayDialog = dialogOnDemand(
  ({ paying }: PayDialogProps) => paying !== null,
  () => import('../paying/pay-dialog.tsx').then((module) => module.PayDialog),
)

/** On a patient's page: what they owe, what they paid last, and their notes. */
export function PatientFees({ id }: CardProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [paying, setPaying] = useState(false)
  const { data, error, refetch } = useEndpoint(getPatientAccount, { params: { id } })
  const manages = may('fees.manage')
  return (
    <Card
      title={t('fees.card.title')}
      actions={
        manages && (
          <ButtonLink to={newNoteTo(id)} size="small" icon={FilePlus2}>
            {t('fees.note.new.short')}
          </ButtonLink>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton width="70%" />
      ) : (
        <div className="flex flex-col gap-3 text-13">
          <div className="flex flex-wrap items-center justify-between gap-2">
            {data.owedCents > 0 ? (
              <Link to={feesTo({ tab: 'dues', patient: id })} className="rounded-small hover:underline">
                <span className="block text-12 text-ink-muted">{t('fees.card.owed')}</span>
                <span className="text-16 font-semibold">
                  <Money cents={data.owedCents} />
                </span>
              </Link>
            ) : (
              <span className="text-ink-muted">{t('fees.card.nothing')}</span>
            )}
            {manages && (
              <Button
                size="small"
                icon={HandCoins}
                variant={data.owedCents > 0 ? 'primary' : 'secondary'}
                onClick={() => setPaying(true)}
              >
                {t('fees.pay')}
              </Button>
            )}
          </div>
          {data.overpaidCents > 0 && (
            <TextLink to={feesTo({ tab: 'payments', patient: id })}>
              {t('fees.card.overpaid', { amount: formats.money(data.overpaidCents) })}
            </TextLink>
          )}
          <Part title={t('fees.card.payments')}>
            {data.payments.length === 0 && <li className="text-ink-muted">{t('fees.card.never')}</li>}
            {data.payments.map((payment) => {
              const { word, tone } = paymentLook(payment)
              return (
                <li
                  key={payment.id}
                  className="flex min-h-9 items-center gap-2 border-t border-line first:border-t-0"
                >
                  <span className="min-w-0 flex-1">
                    <DateText value={payment.receivedOn} />
                    <span className="text-ink-muted"> · {t(`fees.method.${payment.method}`)}</span>
                  </span>
                  {payment.state !== 'received' && <Badge tone={tone}>{t(word)}</Badge>}
                  <Money cents={payment.cents} />
                </li>
              )
            })}
          </Part>
          {data.feeNotes.length > 0 && (
            <Part title={t('fees.card.notes')}>
              {data.feeNotes.map((note) => (
                <li key={note.id} className="border-t border-line first:border-t-0">
                  <Link
                    to={noteTo(note.id)}
                    className="flex min-h-9 items-center gap-2 rounded-small py-1 hover:bg-hover touch:min-h-10"
                  >
                    <span className="min-w-0 flex-1 tabular-nums">{note.number}</span>
                    <Badge tone={noteTones[note.state]}>{t(`fees.note.state.${note.state}`)}</Badge>
                    <Money cents={note.totalCents} />
                  </Link>
                </li>
              ))}
            </Part>
          )}
          <TextLink to={feesTo({ tab: 'payments', patient: id })}>{t('fees.card.all')}</TextLink>
          <PayDialog paying={paying ? { patient: data.patient } : null} onClose={() => setPaying(false)} />
        </div>
      )}
    </Card>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 className="mb-1 text-12 font-medium text-ink-muted">{title}</h3>
      <ul className="flex flex-col">{children}</ul>
    </div>
  )
}
