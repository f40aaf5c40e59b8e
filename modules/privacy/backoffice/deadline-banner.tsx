import { CalendarClock, CircleCheck, TimerOff, TriangleAlert } from 'lucide-react'
import type { PrivacyRequest } from '#contract/privacy'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { needsProof } from './request-words.tsx'

const looks = {
  late: { icon: TimerOff, ground: 'bg-danger-soft text-danger-ink' },
  due_soon: { icon: CalendarClock, ground: 'bg-warning-soft text-warning-ink' },
  answered: { icon: CircleCheck, ground: 'bg-success-soft text-success-ink' },
  open: { icon: CalendarClock, ground: 'bg-info-soft text-info-ink' },
  extended: { icon: CalendarClock, ground: 'bg-info-soft text-info-ink' },
  unproven: { icon: TriangleAlert, ground: 'bg-warning-soft text-warning-ink' },
}

/** How much time is left, or how it ended; an answer that nothing shows is not done with. */
export function DeadlineBanner({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const unproven = needsProof(request.outcome) && request.proofs.length === 0
  const { icon: Icon, ground } = looks[unproven ? 'unproven' : request.state]
  return (
    <div className={`mb-4 flex items-start gap-2 rounded-control px-3 py-2 text-13 ${ground}`}>
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">
          <Sentence request={request} />
        </p>
        {request.isExtended && request.answeredOn === null && (
          <p>{t('privacy.banner.extended', { day: formats.day(request.firstDueOn) })}</p>
        )}
        {unproven && (
          <p>{t(may('privacy.manage') ? 'privacy.banner.no-proof.add' : 'privacy.banner.no-proof')}</p>
        )}
      </div>
    </div>
  )
}

function Sentence({ request: { dueOn, daysLeft, answeredOn, outcome } }: { request: PrivacyRequest }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const days = Math.abs(daysLeft)
  if (answeredOn !== null && outcome !== null)
    return t(daysLeft < 0 ? 'privacy.banner.answered-late' : 'privacy.banner.answered', {
      day: formats.day(answeredOn),
      outcome,
      days,
    })
  // Who only reads the register is not told to answer.
  if (daysLeft < 0)
    return t(may('privacy.manage') ? 'privacy.banner.late.answer' : 'privacy.banner.late', { days })
  return daysLeft === 0
    ? t('privacy.banner.today')
    : t('privacy.banner.due', { days, day: formats.day(dueOn) })
}
