/** To whom: all practices, those that are searched for, or those picked one by one; which of these it is stands ticked. */
import { listSqlTargets, type SqlTarget } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'

/** Without `ids`: all that are found; with none in it: nobody yet. */
export type Chosen = { search: string; ids?: string[] }

type PracticeChoiceProps = { value: Chosen; onChange: (chosen: Chosen) => void }

export const useFound = (search: string) =>
  useEndpoint(listSqlTargets, { query: { search } }, { keepPrevious: true }).data

/** @returns to how many it goes; undefined while nobody knows */
export const countOf = ({ ids }: Chosen, found: ReturnType<typeof useFound>): number | undefined =>
  ids?.length ?? found?.total

export function PracticeChoice({ value, onChange }: PracticeChoiceProps) {
  const t = useMessages()
  const formats = useFormats()
  const { search, ids } = value
  // Who are picked stay so, whatever is searched for beside.
  const [typed, type] = useSettledText(search, (text) => onChange({ ...value, search: text }))
  const found = useFound(search)
  const total = found?.total ?? 0
  const shown = found?.tenants ?? []
  const suspended = shown.filter(({ state }) => state === 'suspended').length
  const isWhole = shown.length === total
  const pick = (id: string, isPicked: boolean) => {
    const before = ids ?? shown.map((one) => one.id)
    onChange({ search, ids: isPicked ? [...before, id] : before.filter((one) => one !== id) })
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-13 font-medium">{t('sql.fleet.to')}</legend>
      <SearchInput value={typed} onChange={type} label={t('sql.fleet.find')} />
      <div className="mt-2 overflow-hidden rounded-control border border-line">
        <label className="flex min-h-9 items-center gap-2 border-b border-line bg-sunken px-3 py-1.5 text-13 font-medium">
          <Checkbox
            checked={ids === undefined}
            disabled={total === 0}
            onChange={(isAll) => onChange(isAll ? { search } : { search, ids: [] })}
          />
          {t(search ? 'sql.fleet.found' : 'sql.fleet.all', { count: total, shown: formats.integer(total) })}
        </label>
        <ul className="max-h-56 overflow-auto">
          {shown.map((one) => (
            <Practice
              key={one.id}
              one={one}
              isPicked={ids ? ids.includes(one.id) : true}
              // Of hundreds only the first are here: all but one of them nobody could name.
              disabled={!ids && !isWhole}
              onPick={(isPicked) => pick(one.id, isPicked)}
            />
          ))}
        </ul>
      </div>
      <div className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 text-12 text-ink-muted">
        <output>
          {ids
            ? t('sql.fleet.picked', { count: ids.length, shown: formats.integer(ids.length) })
            : suspended > 0 &&
              t('sql.fleet.with-suspended', { count: suspended, shown: formats.integer(suspended) })}
        </output>
        {ids && ids.length > 0 && (
          <Button size="small" variant="ghost" onClick={() => onChange({ search, ids: [] })}>
            {t('sql.fleet.unpick')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

type PracticeProps = {
  one: SqlTarget
  isPicked: boolean
  disabled: boolean
  onPick: (isPicked: boolean) => void
}

function Practice({ one: { name, database, state }, isPicked, disabled, onPick }: PracticeProps) {
  const t = useMessages()
  return (
    <li className="flex items-center gap-2 border-b border-line px-3 py-1.5 text-13 last:border-b-0">
      <Checkbox checked={isPicked} disabled={disabled} onChange={onPick} label={name} />
      <span aria-hidden className="min-w-0 truncate">
        {name}
      </span>
      {state === 'ready' ? (
        <span className="ml-auto truncate font-mono text-12 text-ink-muted">{database}</span>
      ) : (
        <span className="ml-auto truncate text-12 text-warning-ink">{t(`sql.target.state.${state}`)}</span>
      )}
    </li>
  )
}
