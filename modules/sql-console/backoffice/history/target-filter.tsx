import { useState } from 'react'
import { listSqlTargets, type SqlTarget, type TargetId } from '#contract/sql-console'
import { Chip } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { FilterSearch } from '#platform/ui/filter-search.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { targetInWords } from '../sql-words.tsx'

type TargetFilterProps = {
  value: TargetId | undefined
  /** Of one of those shown: it knows what the id of the filter is called. */
  shown: Pick<SqlTarget, 'id' | 'name' | 'kind'> | undefined
  onChange: (target: TargetId | undefined) => void
}

export function TargetFilter({ value, shown, onChange }: TargetFilterProps) {
  const t = useMessages()
  const [search, setSearch] = useState('')
  const { data } = useEndpoint(listSqlTargets, { query: { search } }, { keepPrevious: true })
  const found = data ? [data.central, ...data.tenants] : []
  const known = [...found, ...(shown ? [shown] : [])].find(({ id }) => id === value)
  return (
    <>
      <FilterSearch
        single
        label={t('sql.target')}
        placeholder={t('sql.target.find')}
        options={found.map((one) => ({ value: one.id, label: targetInWords(one, t) }))}
        value={value ? [value] : []}
        onQuery={setSearch}
        onChange={([one]) => onChange(one)}
      />
      {value && (
        <Chip
          label={t('sql.target')}
          value={known ? targetInWords(known, t) : `…${value.slice(-8)}`}
          onRemove={() => onChange(undefined)}
        />
      )}
    </>
  )
}
