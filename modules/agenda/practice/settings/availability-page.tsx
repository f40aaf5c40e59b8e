import { useState } from 'react'
import { CalendarMinus, CalendarPlus2 } from 'lucide-react'
import { getWorkingHours, listAbsences } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { AbsencesCard } from './absences-card.tsx'
import { AwayDialog, type Away } from './away-dialog.tsx'
import { HoursCard } from './hours-card.tsx'
import { OpenSlotsCard } from './open-slots-card.tsx'

/** When somebody can be booked: the usual hours, and what departs from them. */
export function AvailabilityPage() {
  const t = useMessages()
  const mayChange = useMay()('agenda.manage')
  const hours = useEndpoint(getWorkingHours)
  const away = useEndpoint(listAbsences)
  const [dialog, setDialog] = useState<Away | null>(null)
  const people = hours.data?.people ?? []
  return (
    <>
      <PageHeader
        title={t('agenda.settings.availability')}
        secondary={
          mayChange && (
            <Button icon={CalendarPlus2} onClick={() => setDialog({ kind: 'slot' })}>
              {t('agenda.settings.slot.add')}
            </Button>
          )
        }
        primary={
          mayChange && (
            <Button variant="primary" icon={CalendarMinus} onClick={() => setDialog({ kind: 'absence' })}>
              {t('agenda.settings.absence.add')}
            </Button>
          )
        }
      />
      <div className="grid max-w-6xl items-start gap-4 lg:grid-cols-2">
        <HoursCard hours={hours} mayChange={mayChange} />
        <div className="flex min-w-0 flex-col gap-4">
          <AbsencesCard
            away={away}
            people={people}
            mayChange={mayChange}
            onChange={(absence) => setDialog({ kind: 'absence', absence })}
          />
          <OpenSlotsCard away={away} people={people} mayChange={mayChange} />
        </div>
      </div>
      {dialog && <AwayDialog away={dialog} people={people} onClose={() => setDialog(null)} />}
    </>
  )
}
