/** To whom: all practices, those that are searched for, or those picked one by one. */
import { useState } from 'react'
import { listSqlTargets } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

export type Chosen = { search: string; ids?: string[] }

type PracticeChoiceProps = { value: Chosen; onChange: (chosen: Chosen) => void }

export function PracticeChoice({ value, onChange }: PracticeChoiceProps) {
  const t = useMessages()
  const formats = useFormats()
  const [search, setSearch] = useState('')
  const [typed, type] = useSettledText(search, (text) => {
    setSearch(text)
    // Who are picked stay so, whatever is searched for beside.
    onChange(value.ids ? { ...value, search: text } : { search: text })
  })
  const { data } = useEndpoint(listSqlTargets, { query: { search } }, { keepPrevious: true })
  const picked = new Set(value.ids)
  const found = data?.total ?? 0
  const pick = (id: string, isPicked: boolean) => {
    const ids = isPicked ? [...picked, id] : [...picked].filter((one) => one !== id)
    onChange(ids.length ? { search, ids } : { search })
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-13 font-medium">{t('sql.fleet.to')}</legend>
      <SearchInput value={typed} onChange={type} label={t('sql.fleet.find')} />
      <div className="mt-2 flex min-h-7 flex-wrap items-center gap-x-3">
        <output className="text-13 text-ink-muted">
          {value.ids
            ? t('sql.fleet.picked', { count: picked.size, shown: formats.integer(picked.size) })
            : search
              ? t('sql.fleet.found', { count: found, shown: formats.integer(found) })
              : t('sql.fleet.all', { count: found, shown: formats.integer(found) })}
        </output>
        {value.ids && (
          <Button size="small" variant="ghost" onClick={() => onChange({ search })}>
            {t('sql.fleet.unpick')}
          </Button>
        )}
      </div>
      <ul className="mt-2 max-h-56 overflow-auto rounded-control border border-line">
        {data?.tenants.map(({ id, name, database, state }) => (
          <li
            key={id}
            className="flex items-center gap-2 border-b border-line px-3 py-1.5 text-13 last:border-b-0"
          >
            <Checkbox checked={picked.has(id)} onChange={(isPicked) => pick(id, isPicked)} label={name} />
            <span aria-hidden className="min-w-0 truncate">
              {name}
            </span>
            <span className="ml-auto truncate font-mono text-12 text-ink-muted">
              {state === 'ready' ? database : t(`sql.target.state.${state}`)}
            </span>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
