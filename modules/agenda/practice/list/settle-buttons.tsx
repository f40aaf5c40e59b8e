import { useState } from 'react'
import { type Appointment, getAgendaRules, shareOf } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { LateQuestion } from '../appointment/late-question.tsx'
import { useMarking } from '../appointment/marking.ts'
import { useAppointmentWords } from '../appointment-words.ts'
import { statusLooks } from '../status.ts'

const outcomes = ['kept', 'no_show', 'cancelled'] as const

/** How it came out, one tap. What is over is cancelled too late: what that costs is asked, as in the panel. */
export function SettleButtons({ appointment }: { appointment: Appointment }) {
  const t = useMessages()
  const { nameOf } = useAppointmentWords()
  const [asking, setAsking] = useState(false)
  const { mark, marking } = useMarking((error) => notify.failed({ title: sentenceOf(error, t) }))
  const press = (status: (typeof outcomes)[number]) => {
    if (status === 'cancelled' && appointment.patient) return setAsking(true)
    void mark(appointment, status)
  }
  return (
    <span className="relative z-1 flex flex-wrap justify-end gap-1 sm:flex-nowrap">
      {asking ? (
        <PastQuestion
          appointment={appointment}
          busy={marking}
          onChoose={(choice) => {
            setAsking(false)
            void mark(appointment, choice === 'rule' ? 'late_cancelled' : 'cancelled')
          }}
          onStay={() => setAsking(false)}
        />
      ) : (
        outcomes.map((status) => {
          const { icon } = statusLooks[status]
          return (
            <Button
              key={status}
              size="small"
              icon={icon}
              disabled={marking}
              aria-label={t('agenda.settle', {
                name: nameOf(appointment),
                status: t(`agenda.status.${status}`),
              })}
              onClick={(event) => {
                event.stopPropagation()
                press(status)
              }}
            >
              {t(`agenda.mark.${status}`)}
            </Button>
          )
        })
      )}
    </span>
  )
}

type PastQuestionProps = {
  appointment: Appointment
  busy: boolean
  onChoose: (choice: 'rule' | 'free') => void
  onStay: () => void
}

function PastQuestion({ appointment: { feeCents }, ...answers }: PastQuestionProps) {
  const t = useMessages()
  const formats = useFormats()
  const { data: rules } = useEndpoint(getAgendaRules)
  const due = feeCents !== null && rules ? shareOf(feeCents, rules.lateSharePercent) : null
  return (
    <LateQuestion
      {...answers}
      words={due === null ? t('agenda.late.past') : t('agenda.late.past.due', { due: formats.money(due) })}
      labels={{ rule: t('agenda.late.late_cancelled'), free: t('agenda.late.cancelled') }}
    />
  )
}
