import type { ReactNode } from 'react'
import type { Board, BoardCard, Compared, FigureName, WhichLines } from '#contract/figures'
import { KpiCard } from '#platform/ui/kpi-card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from '../addresses.ts'
import { useComparisons } from './against.ts'

type Cards = Partial<Record<BoardCard, ReactNode>>

/** The cards that are one figure; those the member may not see are missing. */
export function useFigureCards(board: Board): Cards {
  return { ...useAgendaCards(board), ...useMoneyCards(board), ...usePeopleCards(board) }
}

/** A figure beside what it was in the stretch of time before, which has its lines as well. */
function useCompared(scope: Board['scope']) {
  const t = useMessages()
  const against = useComparisons()
  return (name: FigureName, by: 'day' | 'week' | 'month', of: Compared, shown: (value: number) => string) => {
    const { name: base, change } = against(of, by)
    return (
      <KpiCard
        label={t(`figures.${name}`)}
        value={shown(of.value)}
        to={linesTo(name, { scope })}
        change={change}
        details={[{ label: base, value: shown(of.before), to: linesTo(name, { scope, before: 'yes' }) }]}
      />
    )
  }
}

function useAgendaCards({ agenda, scope }: Board): Cards {
  const t = useMessages()
  const formats = useFormats()
  const compared = useCompared(scope)
  if (!agenda) return {}
  const { count, cancelled, lateCancelled, noShow, outOf } = agenda.absences
  const absent = (status: NonNullable<WhichLines['status']>) => linesTo('absences', { scope, status })
  return {
    appointments: compared('appointments', 'month', agenda.appointments, formats.integer),
    absences: (
      <KpiCard
        label={t('figures.absences')}
        value={formats.integer(count)}
        unit={outOf > 0 ? formats.share(count / outOf) : undefined}
        to={linesTo('absences', { scope })}
        details={[
          {
            label: t('figures.absences.no-show', { count: noShow }),
            value: formats.integer(noShow),
            to: absent('no_show'),
          },
          {
            label: t('figures.absences.late', { count: lateCancelled }),
            value: formats.integer(lateCancelled),
            to: absent('late_cancelled'),
          },
          {
            label: t('figures.absences.cancelled', { count: cancelled }),
            value: formats.integer(cancelled),
            to: absent('cancelled'),
          },
        ]}
        note={t('figures.absences.help', { count: outOf })}
      />
    ),
  }
}

function useMoneyCards({ money, scope }: Board): Cards {
  const t = useMessages()
  const formats = useFormats()
  const compared = useCompared(scope)
  if (!money) return {}
  const { toCollect, forecast } = money
  return {
    collected_day: compared('collected_day', 'day', money.day, formats.money),
    collected_week: compared('collected_week', 'week', money.week, formats.money),
    collected_month: compared('collected_month', 'month', money.month, formats.money),
    to_collect: (
      <KpiCard
        label={t('figures.to_collect')}
        value={formats.money(toCollect.cents)}
        to={linesTo('to_collect', { scope })}
        details={[
          {
            label: t('figures.lines-in-all', { count: toCollect.count }),
            value: formats.integer(toCollect.count),
            to: linesTo('to_collect', { scope }),
          },
        ]}
        note={t('figures.to_collect.help')}
      />
    ),
    forecast: (
      <KpiCard
        label={t('figures.forecast')}
        value={formats.money(forecast.cents)}
        to={linesTo('forecast', { scope })}
        details={[
          {
            label: t('figures.appointments-in-all', { count: forecast.count }),
            value: formats.integer(forecast.count),
            to: linesTo('forecast', { scope }),
          },
        ]}
        note={t('figures.forecast.help')}
      />
    ),
  }
}

function usePeopleCards({ patients, people, scope }: Board): Cards {
  const t = useMessages()
  const formats = useFormats()
  const compared = useCompared(scope)
  const none = t('figures.none-yet')
  return {
    ...(patients && { new_patients: compared('new_patients', 'month', patients.fresh, formats.integer) }),
    ...(people && {
      followed: (
        <KpiCard
          label={t('figures.followed')}
          value={formats.integer(people.followed)}
          to={linesTo('followed')}
          details={
            patients
              ? [
                  {
                    label: t('figures.patients-in-all', { count: patients.all }),
                    value: formats.integer(patients.all),
                    to: linesTo('patients'),
                  },
                ]
              : []
          }
          note={t('figures.followed.help')}
        />
      ),
      most_consulted: (
        <KpiCard
          label={t('figures.most_consulted')}
          value={people.mostConsulted ? (people.mostConsulted.name ?? t('figures.a-patient')) : none}
          to={linesTo('most_consulted')}
          note={t('figures.most_consulted.help', { count: people.mostConsulted?.sessions ?? 0 })}
        />
      ),
      origin: (
        <KpiCard
          label={t('figures.origin')}
          value={people.origin?.name ?? none}
          unit={people.origin ? t('figures.patients-of', { count: people.origin.patients }) : undefined}
          to={linesTo('origin')}
          note={t('figures.origin.help')}
        />
      ),
    }),
  }
}
