import { useState } from 'react'
import type { FleetPractice } from '#contract/sql-console'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { lookOf, OutcomeBadge } from '../fleet/fleet-words.tsx'
import { isOutOfReach, standsOut } from './fleet-can.ts'

type LeftOutProps = {
  practices: readonly FleetPractice[]
  leftOut: ReadonlySet<string>
  onChange: (leftOut: ReadonlySet<string>) => void
}

/** Of hundreds, those that stand out come first; any other is found by its name. */
const mostShown = 60

/** In which practices it is done: where nothing would happen it cannot be, and whoever differs is left out unless somebody wants otherwise. */
export function LeftOut({ practices, leftOut, onChange }: LeftOutProps) {
  const t = useMessages()
  const formats = useFormats()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const found = practices
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => Number(standsOut(b)) - Number(standsOut(a)))
  const rest = found.length - mostShown
  const put = (id: string, isIn: boolean) => {
    const next = new Set(leftOut)
    if (isIn) next.delete(id)
    else next.add(id)
    onChange(next)
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-13 font-medium">{t('sql.fleet.within')}</legend>
      <SearchInput label={t('sql.fleet.find')} value={search} onChange={setSearch} />
      <output className="mt-1 block text-12 text-ink-muted">
        {t('sql.fleet.within.figures', {
          count: practices.length - leftOut.size,
          shown: formats.integer(practices.length - leftOut.size),
          out: leftOut.size,
          outShown: formats.integer(leftOut.size),
        })}
      </output>
      <ul className="mt-2 max-h-44 overflow-auto rounded-control border border-line">
        {found.slice(0, mostShown).map((practice) => (
          <li
            key={practice.tenantId}
            className="flex items-center gap-2 border-b border-line px-3 py-1.5 text-13 last:border-b-0"
          >
            <Checkbox
              checked={!leftOut.has(practice.tenantId)}
              disabled={isOutOfReach(practice)}
              onChange={(isIn) => put(practice.tenantId, isIn)}
              label={t('sql.fleet.within.one', { name: practice.name })}
            />
            <span className="min-w-0 flex-1 truncate">{practice.name}</span>
            {standsOut(practice) &&
              (practice.outcome === 'done' && practice.differs.length === 0 ? (
                <span className="text-12 text-ink-muted">{t('sql.fleet.unchanged')}</span>
              ) : (
                <OutcomeBadge look={lookOf(practice, 'simulate')} />
              ))}
          </li>
        ))}
        {found.length === 0 && <li className="px-3 py-2 text-13 text-ink-muted">{t('ui.combobox.none')}</li>}
        {rest > 0 && (
          <li className="px-3 py-2 text-12 text-ink-muted">
            {t('sql.fleet.within.more', { count: rest, shown: formats.integer(rest) })}
          </li>
        )}
      </ul>
    </fieldset>
  )
}
