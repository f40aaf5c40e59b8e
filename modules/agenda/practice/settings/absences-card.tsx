import type { UseQueryResult } from '@tanstack/react-query'
import { CalendarMinus, Pencil, Trash2 } from 'lucide-react'
import {
  type Absence,
  type AbsenceWithTouched,
  addAbsence,
  type listAbsences,
  removeAbsence,
} from '#contract/agenda'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Touched } from './touched.tsx'
import { useStretchWords } from './stretch-words.ts'

type AbsencesCardProps = {
  away: UseQueryResult<OutputOf<typeof listAbsences>>
  people: readonly { practitionerId: string; name: string }[]
  mayChange: boolean
  onChange: (absence: Absence) => void
}

/** Absences that are not over yet, and what was booked in them before. */
export function AbsencesCard({ away, people, mayChange, onChange }: AbsencesCardProps) {
  const t = useMessages()
  return (
    <Card title={t('agenda.settings.absences')} flush>
      {away.error && !away.data ? (
        <ErrorState error={away.error} onRetry={away.refetch} />
      ) : !away.data ? (
        <div className="px-4 pb-4">
          <Skeleton width="100%" height={96} />
        </div>
      ) : away.data.absences.length === 0 ? (
        <EmptyState icon={CalendarMinus} title={t('agenda.settings.absences.none')}>
          {t('agenda.settings.absences.none.help')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {away.data.absences.map((one) => (
            <AbsenceLine
              key={one.absence.id}
              {...one}
              whose={people.length > 1 ? nameOf(people, one.absence.practitionerId) : undefined}
              mayChange={mayChange}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

export const nameOf = (people: AbsencesCardProps['people'], id: string) =>
  people.find(({ practitionerId }) => practitionerId === id)?.name

type AbsenceLineProps = AbsenceWithTouched & {
  /** Said where there are several. */
  whose: string | undefined
  mayChange: boolean
  onChange: (absence: Absence) => void
}

function AbsenceLine({ absence, touched, whose, mayChange, onChange }: AbsenceLineProps) {
  const t = useMessages()
  const words = useStretchWords()
  const again = useEndpoint(addAbsence, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const { practitionerId, startsLocal, endsLocal, kind, label } = absence
  const remove = useEndpoint(removeAbsence, {
    onSuccess: () =>
      notify.done({
        title: t('agenda.settings.absence.removed'),
        undo: () => again.mutate({ body: { practitionerId, startsLocal, endsLocal, kind, label } }),
      }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const when = words(absence)
  return (
    <li className="px-4 py-2">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-13 font-medium first-letter:uppercase">{when}</p>
          <p className="truncate text-12 text-ink-muted">
            {[t(`agenda.absence.${kind}`), whose, label].filter(Boolean).join(' · ')}
          </p>
        </div>
        {mayChange && (
          <>
            <IconButton
              icon={Pencil}
              label={t('agenda.settings.absence.change.this', { when })}
              onClick={() => onChange(absence)}
            />
            <IconButton
              icon={Trash2}
              label={t('agenda.settings.absence.remove', { when })}
              onClick={() => remove.mutate({ params: { id: absence.id } })}
            />
          </>
        )}
      </div>
      {touched.length > 0 && <Touched appointments={touched} mayChange={mayChange} />}
    </li>
  )
}
