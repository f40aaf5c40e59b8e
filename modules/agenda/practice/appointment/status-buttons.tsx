import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { AppointmentDetail, AppointmentStatus } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { isCancelled, statusLooks } from '../status.ts'
import { LateQuestion } from './late-question.tsx'

type StatusButtonsProps = {
  appointment: AppointmentDetail
  /** It has begun: only then somebody came, or did not. */
  begun: boolean
  busy: boolean
  onMark: (status: AppointmentStatus) => void
}

type Outcome = 'kept' | 'cancelled' | 'no_show'

/** How it came out. What cancelling it now costs is said before, with the other way beside. */
export function StatusButtons({ appointment, begun, busy, onMark }: StatusButtonsProps) {
  const t = useMessages()
  const formats = useFormats()
  const [asking, setAsking] = useState(false)
  const { status, rule, patient } = appointment
  const cancelled = isCancelled(status)
  const late = rule.cancelAs === 'late_cancelled'
  const offered: readonly Outcome[] = begun && patient ? ['kept', 'cancelled', 'no_show'] : ['cancelled']
  const press = (wanted: Outcome) => {
    if (wanted === 'cancelled' && late) return setAsking(true)
    onMark(wanted)
  }
  return (
    <div className="flex flex-col gap-2">
      <fieldset aria-label={t('agenda.outcome')} className="flex flex-wrap gap-2">
        {(begun || status === 'planned') &&
          offered.map((one) => {
            const pressed = one === status || (one === 'cancelled' && cancelled)
            return (
              <Button
                key={one}
                icon={statusLooks[one].icon}
                aria-pressed={begun ? pressed : undefined}
                disabled={busy}
                className={pressed ? 'border-accent! bg-accent-soft! text-accent-ink!' : undefined}
                onClick={() => !pressed && press(one)}
              >
                {t(begun ? `agenda.mark.${one}` : 'agenda.mark.cancel')}
              </Button>
            )
          })}
        {status !== 'planned' && (
          <Button icon={Undo2} variant="ghost" disabled={busy} onClick={() => onMark('planned')}>
            {t('agenda.mark.planned')}
          </Button>
        )}
      </fieldset>
      {asking && (
        <LateQuestion
          words={
            rule.lateDueCents === null
              ? t('agenda.late', { hours: rule.lateWindowHours })
              : t('agenda.late.due', { hours: rule.lateWindowHours, due: formats.money(rule.lateDueCents) })
          }
          labels={{ rule: t('agenda.late.late_cancelled'), free: t('agenda.late.cancelled') }}
          busy={busy}
          onChoose={(choice) => {
            setAsking(false)
            onMark(choice === 'rule' ? 'late_cancelled' : 'cancelled')
          }}
          onStay={() => setAsking(false)}
        />
      )}
    </div>
  )
}
