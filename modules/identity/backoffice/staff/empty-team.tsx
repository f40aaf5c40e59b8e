import { SearchX, UserPlus, UsersRound } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { inviteTo, type StaffFilters, teamTo } from './addresses.ts'

type EmptyTeamProps = { filters: StaffFilters; isFiltered: boolean }

/** Why nobody is listed, and what to do about it. */
export function EmptyTeam({ filters: { q, state, role }, isFiltered }: EmptyTeamProps) {
  const t = useMessages()
  const go = useGo()
  const may = useMay()
  if (!isFiltered)
    return (
      <EmptyState
        icon={UsersRound}
        title={t('identity.staff.empty')}
        action={
          may('staff.manage') && (
            <ButtonLink to={inviteTo} icon={UserPlus} variant="primary">
              {t('identity.staff.invite')}
            </ButtonLink>
          )
        }
      />
    )
  const onlyState = state !== undefined && !q && !role
  return (
    <EmptyState
      icon={SearchX}
      title={
        onlyState
          ? t(`identity.staff.empty.${state}`)
          : q
            ? t('identity.staff.empty.search', { q })
            : t('identity.staff.empty.filtered')
      }
      action={<Button onClick={() => go(teamTo())}>{t('identity.staff.show-all')}</Button>}
    >
      <p>{t(onlyState ? `identity.staff.empty.${state}.help` : 'identity.staff.empty.filtered.help')}</p>
    </EmptyState>
  )
}
