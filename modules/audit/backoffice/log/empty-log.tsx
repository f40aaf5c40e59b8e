/** Why no entry stands here, and the way on. */
import { CircleSlash, ScrollText, SearchX, TriangleAlert } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { logTo } from '../addresses.ts'
import { filterInWords } from './filter-chips.tsx'
import { type ChangeFilters, isSet, type LogFilters } from './log-state.ts'
import type { WrongFilters } from './wrong-filters.ts'

type EmptyLogProps = { filters: LogFilters; wrong: WrongFilters; change: ChangeFilters }

export function EmptyLog({ filters, wrong, change }: EmptyLogProps) {
  const t = useMessages()
  const go = useGo()
  const names = Object.keys(wrong)
  if (names.length > 0)
    return (
      <div role="alert">
        <EmptyState
          icon={TriangleAlert}
          title={t('audit.filters.wrong', { count: names.length })}
          action={
            <Button onClick={() => change(Object.fromEntries(names.map((name) => [name, undefined])))}>
              {t('audit.filters.wrong.remove', { count: names.length })}
            </Button>
          }
        >
          {names.map((name) => (
            <p key={name}>
              {t('audit.filters.wrong.one', { filter: filterInWords(name, t), problem: wrong[name] ?? '' })}
            </p>
          ))}
        </EmptyState>
      </div>
    )
  const set = Object.entries(filters).flatMap(([name, value]) => (isSet(value) ? [name] : []))
  const clear = <Button onClick={() => go(logTo())}>{t('audit.filters.clear')}</Button>
  if (set.includes('object') && set.every((name) => name === 'object' || name === 'objectType'))
    return (
      <EmptyState icon={CircleSlash} title={t('audit.empty.object')} action={clear}>
        <p>{t('audit.empty.object.help')}</p>
      </EmptyState>
    )
  if (set.length > 0)
    return (
      <EmptyState icon={SearchX} title={t('audit.empty.filtered')} action={clear}>
        <p>{t('audit.empty.filtered.help')}</p>
      </EmptyState>
    )
  return (
    <EmptyState icon={ScrollText} title={t('audit.empty')}>
      <p>{t('audit.empty.help')}</p>
    </EmptyState>
  )
}
