import { listOrigins, type PatientFilter, patientStates } from '#contract/patients'
import { FilterMenu } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { FilterChips } from './filter-chips.tsx'
import { monthsBefore } from './months-before.ts'
import type { ChangeFilters } from './patient-filters.ts'

type ToolbarProps = { filters: PatientFilter; change: ChangeFilters }

const flags = ['monSoutienPsy', 'authority', 'owes'] as const
const absences = ['3', '6', '12', '24'] as const

export function Toolbar({ filters, change }: ToolbarProps) {
  const t = useMessages()
  const may = useMay()
  const { data: origins } = useEndpoint(listOrigins)
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  return (
    <>
      <SearchInput
        label={t('patients.search')}
        placeholder={t('patients.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        single
        label={t('patients.state')}
        options={patientStates.map((state) => ({ value: state, label: t(`patients.state.${state}`) }))}
        value={[filters.state === undefined || filters.state === 'any' ? 'active' : filters.state]}
        onChange={([state]) => change({ state: state === 'active' ? undefined : state })}
      />
      <FilterMenu
        label={t('patients.filters')}
        options={flags
          .filter((flag) => flag !== 'owes' || may('fees.read'))
          .map((flag) => ({ value: flag, label: t(`patients.filter.${flag}`) }))}
        value={flags.filter((flag) => filters[flag] !== undefined)}
        onChange={(chosen) =>
          change({
            monSoutienPsy: chosen.includes('monSoutienPsy') ? 'yes' : undefined,
            authority: chosen.includes('authority') ? 'missing' : undefined,
            owes: chosen.includes('owes') ? 'yes' : undefined,
          })
        }
      />
      <FilterMenu
        single
        label={t('patients.filter.not-since')}
        options={absences.map((months) => ({
          value: months,
          label: t('patients.filter.months', { months: Number(months) }),
        }))}
        value={absences.filter((months) => filters.notSince === monthsBefore(Number(months)))}
        onChange={([months]) => change({ notSince: months ? monthsBefore(Number(months)) : undefined })}
      />
      {/* There from the start: what comes later moves the list away from under a thumb. */}
      {origins?.rows.length !== 0 && (
        <FilterMenu
          single
          label={t('patients.origin')}
          options={(origins?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={filters.originId ? [filters.originId] : []}
          onChange={([originId]) => change({ originId })}
        />
      )}
      <FilterChips filters={filters} change={change} origins={origins?.rows ?? []} />
    </>
  )
}
