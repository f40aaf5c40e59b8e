import { EyeOff, ListFilter } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { Choices } from './choices.tsx'
import { FilterChips } from './filter-chips.tsx'
import { type ChangeFilters, hidesSeen, isSet, type LogFilters, toggledSeen } from './log-state.ts'
import { REST } from './rest.ts'
import { SavedSearches } from './saved-searches.tsx'

type ToolbarProps = { filters: LogFilters; change: ChangeFilters; nameOf: (id: string) => string }

export function Toolbar({ filters, change, nameOf }: ToolbarProps) {
  const t = useMessages()
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  const [text, setText, tellNow] = useSettledText(
    filters.q ?? '',
    (q) => change({ q: q === '' ? undefined : q }, { replace: true }),
    REST,
  )
  const { q: _, ...others } = filters
  const hidden = hidesSeen(filters)
  return (
    <>
      <form
        className="flex w-full sm:w-auto sm:max-w-64 sm:min-w-0 sm:flex-[1_1_10rem]"
        onSubmit={(event) => {
          event.preventDefault()
          tellNow()
        }}
      >
        <SearchInput
          label={t('audit.search')}
          placeholder={t('audit.search.placeholder')}
          value={text}
          onChange={setText}
        />
      </form>
      {narrow && (
        <Button icon={ListFilter} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('audit.filters.count', { count: Object.values(others).filter(isSet).length })}
        </Button>
      )}
      <Button
        icon={EyeOff}
        aria-pressed={hidden}
        className={cx(hidden && 'border-accent! bg-accent-soft! text-accent-ink!')}
        onClick={() => change({ result: toggledSeen(filters) })}
      >
        {t('audit.filters.seen')}
      </Button>
      {(open || !narrow) && <Choices filters={filters} change={change} />}
      {open && narrow && <SavedSearches filters={filters} />}
      <FilterChips filters={filters} change={change} nameOf={nameOf} />
    </>
  )
}
