import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import type { StaffFilters } from './addresses.ts'
import { useKnownRoles } from './known-roles.ts'
import type { ChangeStaffFilters } from './staff-filters.ts'
import { roleName, staffStates } from './staff-words.tsx'

type StaffToolbarProps = { filters: StaffFilters; change: ChangeStaffFilters }

export function StaffToolbar({ filters, change }: StaffToolbarProps) {
  const t = useMessages()
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const roles = useKnownRoles().data?.roles ?? []
  const chosen = roles.find(({ id }) => id === filters.role)
  return (
    <>
      <SearchInput
        label={t('identity.staff.search')}
        placeholder={t('identity.staff.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        single
        label={t('identity.staff.state')}
        options={staffStates.map((state) => ({ value: state, label: t(`identity.staff.state.${state}`) }))}
        value={filters.state ? [filters.state] : []}
        onChange={([state]) => change({ state })}
      />
      {roles.length > 0 && (
        <FilterMenu
          single
          label={t('identity.staff.role')}
          options={roles.map((role) => ({ value: role.id, label: roleName(role, t) }))}
          value={filters.role ? [filters.role] : []}
          onChange={([role]) => change({ role })}
        />
      )}
      {filters.state && (
        <Chip
          label={t('identity.staff.state')}
          value={t(`identity.staff.state.${filters.state}`)}
          onRemove={() => change({ state: undefined })}
        />
      )}
      {chosen && (
        <Chip
          label={t('identity.staff.role')}
          value={roleName(chosen, t)}
          onRemove={() => change({ role: undefined })}
        />
      )}
    </>
  )
}
