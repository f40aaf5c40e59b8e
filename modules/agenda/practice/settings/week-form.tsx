import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getWorkingHours, type Stretch, setWorkingHours } from '#contract/agenda'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button } from '#platform/ui/button.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { DayHours } from './day-hours.tsx'
import { onEveryWorkingDay, stretchesOf, usualWeek, type Week, weekdays, weekOf, wrongDays } from './week.ts'

type WeekFormProps = {
  practitionerId: string
  stretches: readonly Stretch[]
  mayChange: boolean
}

const bare = ({ weekday, fromMinute, toMinute }: Stretch) => ({ weekday, fromMinute, toMinute })
const isSame = (one: readonly Stretch[], other: readonly Stretch[]) =>
  JSON.stringify(one.map(bare)) === JSON.stringify(other.map(bare))

/** The whole week at once: what somebody else saved meanwhile is shown before it is overwritten. */
export function WeekForm({ practitionerId, stretches, mayChange }: WeekFormProps) {
  const t = useMessages()
  const queries = useQueryClient()
  const [seen, setSeen] = useState(stretches)
  const [draft, setDraft] = useState<Week>(() => weekOf(stretches))
  const [asked, setAsked] = useState(false)
  const [wasLate, setWasLate] = useState(false)
  const dirty = !isSame(seen, stretchesOf(draft))
  // Somebody else saved, and nothing was typed here: theirs is what one sees.
  if (!dirty && !isSame(seen, stretches)) take(stretches)

  function take(week: readonly Stretch[]) {
    setSeen(week)
    setDraft(weekOf(week))
  }
  const remember = (week: readonly Stretch[]) =>
    queries.setQueryData<OutputOf<typeof getWorkingHours>>(
      keyOf(getWorkingHours),
      (known) =>
        known && {
          people: known.people.map((one) =>
            one.practitionerId === practitionerId
              ? { ...one, week: week.map((stretch) => ({ practitionerId, ...bare(stretch) })) }
              : one,
          ),
        },
    )
  const save = useEndpoint(setWorkingHours, {
    onSuccess: ({ week }) => {
      remember(week)
      take(week)
      setWasLate(false)
      notify.done({ title: t('agenda.settings.hours.saved') })
    },
    onError: (error) => {
      if (error.code !== 'working_hours_changed') return
      const { current } = error.details as { current: Stretch[] } // as the server refuses
      remember(current)
      setSeen(current)
      setWasLate(true)
    },
  })
  const wrong = asked ? wrongDays(draft) : []
  const days = weekdays.map((weekday) => (
    <DayHours
      key={weekday}
      weekday={weekday}
      hours={draft[weekday]}
      wrong={wrong.includes(weekday)}
      onChange={mayChange ? (hours) => setDraft({ ...draft, [weekday]: hours }) : undefined}
      onRepeat={() => setDraft(onEveryWorkingDay(draft, draft[weekday]))}
    />
  ))
  if (!mayChange) return <div className="divide-y divide-line">{days}</div>
  return (
    <Form
      submit={t('agenda.settings.save')}
      saving={save.isPending}
      error={wasLate ? null : save.error}
      dirty={dirty}
      onSubmit={() => {
        setAsked(true)
        if (wrongDays(draft).length === 0)
          save.mutate({
            params: { id: practitionerId },
            body: { was: seen.map(bare), week: stretchesOf(draft) },
          })
      }}
    >
      {wasLate && <Problem>{t('agenda.settings.hours.changed')}</Problem>}
      {stretchesOf(draft).length === 0 && (
        <div className="flex flex-col items-start gap-2 rounded-control bg-sunken p-3 text-13">
          <p>{t('agenda.settings.hours.none')}</p>
          <Button size="small" onClick={() => setDraft(usualWeek)}>
            {t('agenda.settings.hours.usual')}
          </Button>
        </div>
      )}
      <div className="divide-y divide-line">{days}</div>
    </Form>
  )
}
