import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { Clock } from 'lucide-react'
import type { getWorkingHours } from '#contract/agenda'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Card } from '#platform/ui/card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { WeekForm } from './week-form.tsx'

type HoursCardProps = {
  hours: UseQueryResult<OutputOf<typeof getWorkingHours>>
  mayChange: boolean
}

/** One practitioner's week at a time: one's own, unless another is chosen. */
export function HoursCard({ hours, mayChange }: HoursCardProps) {
  const t = useMessages()
  const { id: me } = useSession()
  const [chosen, setChosen] = useState<string | null>(null)
  const people = hours.data?.people ?? []
  const shown =
    people.find(({ practitionerId }) => practitionerId === chosen) ??
    people.find(({ practitionerId }) => practitionerId === me) ??
    people[0]
  return (
    <Card
      title={t('agenda.settings.hours')}
      actions={
        people.length > 1 && (
          <div className="w-48">
            <Select
              label={t('agenda.practitioner')}
              options={people.map(({ practitionerId, name }) => ({ value: practitionerId, label: name }))}
              value={shown?.practitionerId ?? null}
              onChange={setChosen}
            />
          </div>
        )
      }
    >
      {hours.error && !hours.data ? (
        <ErrorState error={hours.error} onRetry={hours.refetch} />
      ) : !hours.data ? (
        <Skeleton width="100%" height={308} />
      ) : !shown ? (
        <EmptyState icon={Clock} title={t('agenda.settings.hours.nobody')}>
          {t('agenda.settings.hours.nobody.help')}
        </EmptyState>
      ) : (
        <WeekForm
          key={shown.practitionerId}
          practitionerId={shown.practitionerId}
          stretches={shown.week}
          mayChange={mayChange}
        />
      )}
    </Card>
  )
}
