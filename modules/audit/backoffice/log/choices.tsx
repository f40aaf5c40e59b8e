import { type Result, results } from '#contract/audit'
import { FilterMenu } from '#platform/ui/chip.tsx'
import { FilterSearch } from '#platform/ui/filter-search.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { groupInWords, knownVerbs, verbInWords } from '../words.ts'
import { FoundFilter } from './found-filter.tsx'
import type { ChangeFilters, LogFilters } from './log-state.ts'
import { ObjectFilter } from './object-filter.tsx'
import { OtherFilters } from './other-filters.tsx'
import { PeriodFilter } from './period-filter.tsx'

type ChoicesProps = { filters: LogFilters; change: ChangeFilters }

/** What one chooses rather than types: who, what, which, with what result, when. */
export function Choices({ filters, change }: ChoicesProps) {
  const t = useMessages()
  return (
    <>
      <FoundFilter
        objectType="staff_member"
        label={t('audit.person')}
        placeholder={t('audit.find.person')}
        value={filters.person}
        onChange={(person) => change({ person })}
      />
      <FilterSearch
        label={t('audit.verb')}
        placeholder={t('audit.find.verb')}
        options={knownVerbs.map((verb) => ({
          value: verb as string,
          label: verbInWords(verb, t),
          group: groupInWords(verb, t),
        }))}
        value={filters.verb ?? []}
        onChange={(verb) => change({ verb })}
      />
      <ObjectFilter filters={filters} change={change} />
      <FilterMenu<Result>
        label={t('audit.result')}
        options={results.map((result) => ({ value: result, label: t(`audit.result.${result}`) }))}
        value={filters.result ?? []}
        onChange={(result) => change({ result })}
      />
      <PeriodFilter filters={filters} change={change} />
      <OtherFilters filters={filters} change={change} />
    </>
  )
}
