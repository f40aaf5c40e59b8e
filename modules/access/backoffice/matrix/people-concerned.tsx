import { useState } from 'react'
import type { RightsDifference } from '#contract/access'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { matches } from '#platform/ui/plain-text.ts'
import { peopleGroups } from './people-groups.ts'
import { RightLines } from './right-lines.tsx'

/** From here on one looks for a name rather than reading them all. */
const many = 12
/** Names a group shows before the rest is counted. */
const most = 60

/** Person by person, who gains, loses or keeps what within limits; those with the same difference stand together. */
export function PeopleConcerned({ people }: { people: readonly RightsDifference[] }) {
  const t = useMessages()
  const formats = useFormats()
  const [q, setQ] = useState('')
  const found = people.filter(({ name }) => matches(name, q.trim()))
  if (people.length === 0) return <p className="text-13 text-ink-muted">{t('access.preview.nobody')}</p>
  return (
    <div className="flex flex-col gap-3">
      {people.length > many && <SearchInput label={t('access.preview.search')} value={q} onChange={setQ} />}
      {found.length === 0 && (
        <p className="text-13 text-ink-muted">{t('access.preview.not-found', { name: q })}</p>
      )}
      <ul className="flex flex-col gap-2">
        {peopleGroups(found).map(({ gains, losses, limited, names }) => (
          <li
            key={[...gains, '', ...losses, '', ...limited].join(' ')}
            className="grid gap-x-4 gap-y-2 rounded-control border border-line p-3 sm:grid-cols-[minmax(0,1fr)_15rem]"
          >
            <div className="min-w-0">
              {names.length > 1 && (
                <p className="text-12 text-ink-muted tabular-nums">
                  {t('access.people', { count: names.length })}
                </p>
              )}
              <p className="text-13 wrap-anywhere">
                {formats.list([
                  ...names.slice(0, most),
                  ...(names.length > most ? [t('access.others', { count: names.length - most })] : []),
                ])}
              </p>
            </div>
            <RightLines gains={gains} losses={losses} limited={limited} />
          </li>
        ))}
      </ul>
    </div>
  )
}
