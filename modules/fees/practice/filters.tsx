import type { ReactNode } from 'react'
import { getPractice } from '#contract/cabinet'
import { paymentMethods, getPatientAccount } from '#contract/fees'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import type { ChangeState, FeesState } from './fees-state.ts'
import { PatientFilter } from './patient-filter.tsx'
import { daysOf, type Period, periods } from './periods.ts'

type FiltersProps = {
  state: FeesState
  change: ChangeState
  /** The practice's day; undefined until the list has come. */
  today: string | undefined
  /** The states of this list, the one that is shown unless told among them. */
  states?: { options: readonly { value: NonNullable<FeesState['state']>; label: string }[]; usual?: string }
  methods?: boolean
  children?: ReactNode
}

/** The filters of a list, then those at work, each with its way out, also where they came with a link. */
export function Filters({ state, change, today, states, methods = false, children }: FiltersProps) {
  const t = useMessages()
  const may = useMay()
  const people = usePractitioners()
  const chosen = today && periods.find((period) => isPeriod(state, period, today))
  return (
    <>
      {may('patients.read') && <PatientFilter onChoose={(patient) => change({ patient })} />}
      <FilterMenu<Period>
        label={t('fees.filter.period')}
        single
        options={periods.map((value) => ({ value, label: t(`fees.period.${value}`) }))}
        value={chosen ? [chosen] : []}
        onChange={([period]) =>
          change(period && today ? daysOf(period, today) : { from: undefined, to: undefined })
        }
      />
      {states && (
        <FilterMenu
          label={t('fees.state')}
          single
          options={states.options}
          value={state.state ? [state.state] : []}
          onChange={([next]) => change({ state: next })}
        />
      )}
      {methods && (
        <FilterMenu
          label={t('fees.column.method')}
          single
          options={paymentMethods.map((value) => ({ value, label: t(`fees.method.${value}`) }))}
          value={state.method ? [state.method] : []}
          onChange={([method]) => change({ method })}
        />
      )}
      {people.length > 1 && (
        <FilterMenu
          label={t('fees.filter.practitioner')}
          single
          options={people}
          value={state.practitioner ? [state.practitioner] : []}
          onChange={([practitioner]) => change({ practitioner })}
        />
      )}
      {children}
      <Chips state={state} change={change} today={today} states={states} methods={methods} people={people} />
    </>
  )
}

type ChipsProps = Omit<FiltersProps, 'children' | 'states'> & {
  states: FiltersProps['states'] | undefined
  people: readonly { value: string; label: string }[]
}

function Chips({ state, change, today, states, methods, people }: ChipsProps) {
  const t = useMessages()
  const formats = useFormats()
  const patient = useEndpoint(
    getPatientAccount,
    { params: { id: state.patient ?? '' } },
    { enabled: state.patient !== undefined },
  )
  const { from, to } = state
  const named = states?.options.find(({ value }) => value === state.state)
  const person = people.find(({ value }) => value === state.practitioner)
  const chips = [
    ...(from || to
      ? [
          {
            label: t('fees.filter.period'),
            value: periodWords(t, { from, to, today }, formats.day),
            without: { from: undefined, to: undefined },
          },
        ]
      : []),
    ...(named ? [{ label: t('fees.state'), value: named.label, without: { state: undefined } }] : []),
    ...(methods && state.method
      ? [
          {
            label: t('fees.column.method'),
            value: t(`fees.method.${state.method}`),
            without: { method: undefined },
          },
        ]
      : []),
    ...(state.patient
      ? [
          {
            label: t('fees.filter.patient'),
            value: patient.data?.patient.name ?? MISSING,
            without: { patient: undefined },
          },
        ]
      : []),
    ...(state.practitioner
      ? [
          {
            label: t('fees.filter.practitioner'),
            value: person?.label ?? MISSING,
            without: { practitioner: undefined },
          },
        ]
      : []),
  ]
  if (chips.length === 0) return null
  return (
    <ul aria-label={t('fees.filters')} className="order-last flex basis-full flex-wrap items-center gap-1.5">
      {chips.map(({ label, value, without }) => (
        <li key={label} className="max-w-full">
          <Chip label={label} value={value} onRemove={() => change(without)} />
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            variant="ghost"
            size="small"
            onClick={() => change(Object.assign({}, ...chips.map(({ without }) => without)))}
          >
            {t('fees.filters.clear')}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** Practitioners of the practice, to choose among. */
function usePractitioners() {
  const { data } = useEndpoint(getPractice)
  return (data?.people ?? [])
    .filter(({ profile }) => profile === 'practitioner')
    .map(({ memberId, name }) => ({ value: memberId, label: name }))
}

function isPeriod({ from, to }: FeesState, period: Period, today: string): boolean {
  const days = daysOf(period, today)
  return days.from === from && days.to === to
}

function periodWords(
  t: Translate,
  { from, to, today }: { from: string | undefined; to: string | undefined; today: string | undefined },
  day: (value: string) => string,
): string {
  const known = today && periods.find((period) => isPeriod({ from, to }, period, today))
  if (known) return t(`fees.period.${known}`)
  if (from && to) return t('fees.period.from-to', { from: day(from), to: day(to) })
  return from ? t('fees.period.from', { from: day(from) }) : t('fees.period.to', { to: day(to ?? '') })
}

/** Whether anything narrows the list. */
export const isFiltered = ({ from, to, patient, practitioner, method, state }: FeesState): boolean =>
  [from, to, patient, practitioner, method, state].some((value) => value !== undefined)
