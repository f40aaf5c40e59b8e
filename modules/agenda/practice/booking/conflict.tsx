import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useAgendaDates } from '../agenda-dates.ts'
import { inTheWayOf } from '../moving.ts'

type ConflictProps = {
  error: ApiError
  onShow: ((appointment: { id: string; startsLocal: string }) => void) | undefined
}

/** What stands in the way, and a way to see it. */
export function Conflict({ error, onShow }: ConflictProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  const taken = inTheWayOf(error)
  if (!taken) return <Problem>{sentenceOf(error, t)}</Problem>
  return (
    <div className="flex flex-col gap-2">
      <Problem>
        {t('agenda.overlaps', {
          name: taken.patientName ?? (taken.title || t('agenda.patient.hidden')),
          day: dates.day(taken.startsLocal),
          times: dates.times(taken),
        })}
      </Problem>
      {onShow && (
        <Button size="small" className="self-start" onClick={() => onShow(taken)}>
          {t('agenda.show')}
        </Button>
      )}
    </div>
  )
}
