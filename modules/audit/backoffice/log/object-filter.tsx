import { FilterSearch } from '#platform/ui/filter-search.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { knownObjects, objectInWords } from '../words.ts'
import { FoundFilter } from './found-filter.tsx'
import type { ChangeFilters, LogFilters } from './log-state.ts'

type ObjectFilterProps = { filters: LogFilters; change: ChangeFilters }

/** A kind of object, then which one of them. */
export function ObjectFilter({ filters, change }: ObjectFilterProps) {
  const t = useMessages()
  const { objectType, object } = filters
  return (
    <>
      <FilterSearch
        single
        label={t('audit.object')}
        placeholder={t('audit.find.object')}
        options={knownObjects.map((type) => ({ value: type as string, label: objectInWords(type, t) }))}
        value={objectType === undefined ? [] : [objectType]}
        onChange={([chosen]) => change({ objectType: chosen, object: undefined })}
      />
      {objectType && (
        <FoundFilter
          key={objectType}
          objectType={objectType}
          label={t('audit.which')}
          placeholder={t('audit.find.which', { type: objectInWords(objectType, t) })}
          value={object}
          onChange={(id) => change({ object: id })}
        />
      )}
    </>
  )
}
