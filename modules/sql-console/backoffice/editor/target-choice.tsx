import { useState } from 'react'
import { listSqlTargets, type SqlTarget, type TargetId } from '#contract/sql-console'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { plain } from '#platform/ui/plain-text.ts'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { targetInWords } from '../sql-words.tsx'

type TargetChoiceProps = {
  value: TargetId
  current: SqlTarget | undefined
  onChange: (target: TargetId) => void
  /** Several at once have a page of their own. */
  onMany: () => void
}

const many = 'many'

/** The vendor's own database, or a practice's, found by its name or that of its database. */
export function TargetChoice({ value, current, onChange, onMany }: TargetChoiceProps) {
  const t = useMessages()
  const [search, setSearch] = useState('')
  const [typed, type] = useSettledText(search, setSearch)
  const { data, isFetching } = useEndpoint(listSqlTargets, { query: { search } }, { keepPrevious: true })
  const single = (data ? [data.central, ...data.tenants] : []).map(asOption)
  if (current && !single.some((option) => option.value === current.id)) single.push(asOption(current))
  // Behind the central database, before the first of hundreds of practices.
  const options = [
    ...single.slice(0, 1),
    { value: many, label: t('sql.target.many'), detail: t('sql.target.many.help') },
    ...single.slice(1),
  ]
  const chosen = options.find((option) => option.value === value)
  // Of what was found for fewer letters too, only what is meant by now: Enter takes the first.
  const wanted = plain(typed.trim())
  const meant = options.filter((option) =>
    plain(`${option.label} ${option.detail} ${option.value}`).includes(wanted),
  )
  const isSearching = isFetching || typed.trim() !== search

  function asOption({ id, name, kind, database, state }: SqlTarget) {
    return {
      value: id,
      label: targetInWords({ kind, name }, t),
      detail: state === 'ready' ? database : `${database} · ${t(`sql.target.state.${state}`)}`,
    }
  }
  return (
    <Combobox
      required
      // What a target is called comes after the target itself.
      key={chosen ? value : 'unknown'}
      label={t('sql.target')}
      placeholder={t('sql.target.find')}
      options={meant}
      value={value}
      none={isSearching ? t('ui.search.searching') : t('sql.target.none')}
      onQuery={(text) => type(text === chosen?.label ? '' : text)}
      onChange={(id) => (id === many ? onMany() : id && onChange(id))}
    />
  )
}
