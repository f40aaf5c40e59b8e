/** What is promised to customers, when support works, and who its teams are. */
import { CalendarClock, Plus } from 'lucide-react'
import { useState } from 'react'
import { getPromises, type SlaCalendar, type SlaPolicy, type SupportTeam } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { CalendarCard } from './calendar-card.tsx'
import { CalendarForm } from './calendar-form.tsx'
import { PolicyCard } from './policy-card.tsx'
import { PolicyForm } from './policy-form.tsx'
import { TeamCard } from './team-card.tsx'
import { TeamForm } from './team-form.tsx'

type Open =
  | { form: 'policy'; policy: SlaPolicy | null }
  | { form: 'calendar'; calendar: SlaCalendar | null }
  | { form: 'team'; team: SupportTeam | null }

export function PromisesPage() {
  const t = useMessages()
  const may = useMay()('sla.manage')
  const { data, error, refetch } = useEndpoint(getPromises)
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  // Nothing is promised without hours to count.
  const hasCalendar = (data?.calendars.length ?? 0) > 0
  const newCalendar = (
    <Button icon={Plus} onClick={() => setOpen({ form: 'calendar', calendar: null })}>
      {t('support.sla.calendar.new')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('support.sla.page')}
        count={data && t('support.sla.count', { count: data.policies.length })}
        primary={
          may &&
          hasCalendar && (
            <Button variant="primary" icon={Plus} onClick={() => setOpen({ form: 'policy', policy: null })}>
              {t('support.sla.policy.new')}
            </Button>
          )
        }
        secondary={may && hasCalendar && newCalendar}
      />
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && (
        <Card>
          <Skeleton height={320} width="100%" />
        </Card>
      )}
      {data && (
        <div className="flex flex-col gap-6">
          {!hasCalendar && (
            <EmptyState icon={CalendarClock} title={t('support.sla.empty')} action={may && newCalendar}>
              <p>{t('support.sla.empty.help')}</p>
            </EmptyState>
          )}
          {hasCalendar && (
            <div className="flex flex-col gap-3">
              <h2 className="text-16 font-semibold">{t('support.sla.policies')}</h2>
              {data.policies.length === 0 && (
                <p className="text-13 text-ink-muted">{t('support.sla.policies.none')}</p>
              )}
              <div className="grid gap-4 xl:grid-cols-2">
                {data.policies.map((policy) => (
                  <PolicyCard
                    key={policy.id}
                    policy={policy}
                    onEdit={() => setOpen({ form: 'policy', policy })}
                  />
                ))}
              </div>
            </div>
          )}
          {hasCalendar && (
            <div className="flex flex-col gap-3">
              <h2 className="text-16 font-semibold">{t('support.sla.calendars')}</h2>
              <div className="grid gap-4 xl:grid-cols-2">
                {data.calendars.map((calendar) => (
                  <CalendarCard
                    key={calendar.id}
                    calendar={calendar}
                    onEdit={() => setOpen({ form: 'calendar', calendar })}
                  />
                ))}
              </div>
            </div>
          )}
          <TeamCard
            teams={data.teams}
            onEdit={(team) => setOpen({ form: 'team', team: team === 'new' ? null : team })}
          />
        </div>
      )}
      {open?.form === 'policy' && data && (
        <PolicyForm
          policy={open.policy}
          calendars={data.calendars}
          plans={data.plans}
          next={Math.max(-1, ...data.policies.map(({ position }) => position)) + 1}
          onClose={close}
        />
      )}
      {open?.form === 'calendar' && <CalendarForm calendar={open.calendar} onClose={close} />}
      {open?.form === 'team' && <TeamForm team={open.team} onClose={close} />}
    </>
  )
}
