import { Plus, SearchX, Trash2, Upload, UsersRound } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { importTo, listTo, newTo } from './addresses.ts'
import type { ClientFilters } from './client-filters.ts'

type EmptyListProps = { filters: ClientFilters; isFiltered: boolean }

/** Why nobody is listed, and what to do about it. */
export function EmptyList({ filters, isFiltered }: EmptyListProps) {
  const t = useMessages()
  const go = useGo()
  const may = useMay()
  if (isFiltered)
    return (
      <EmptyState
        icon={SearchX}
        title={filters.q ? t('clients.empty.search', { q: filters.q }) : t('clients.empty.filtered')}
        action={
          <Button onClick={() => go(listTo({ trash: filters.trash }))}>{t('clients.filters.clear')}</Button>
        }
      >
        <p>{t(filters.q ? 'clients.empty.search.help' : 'clients.empty.filtered.help')}</p>
      </EmptyState>
    )
  if (filters.trash === 'in')
    return (
      <EmptyState icon={Trash2} title={t('clients.empty.trash')}>
        <p>{t('clients.empty.trash.help')}</p>
      </EmptyState>
    )
  return (
    <EmptyState
      icon={UsersRound}
      title={t('clients.empty')}
      action={
        <>
          {may('clients.import') && (
            <ButtonLink to={importTo} icon={Upload}>
              {t('clients.import')}
            </ButtonLink>
          )}
          {may('clients.write') && (
            <ButtonLink to={newTo} icon={Plus} variant="primary">
              {t('clients.new')}
            </ButtonLink>
          )}
        </>
      }
    >
      <p>{t('clients.empty.help')}</p>
    </EmptyState>
  )
}
