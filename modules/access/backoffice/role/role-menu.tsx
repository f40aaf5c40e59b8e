import { Copy, MoreHorizontal, Pencil, ScrollText, Trash2 } from 'lucide-react'
import type { Role } from '#contract/access'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { stringifySearch } from '#platform/ui/url-state.ts'
import { roleName } from '../words.ts'

/** What can be done with a whole role; none of it for who only reads. */
export type RoleActs = {
  edit: (role: Role) => void
  copy: (role: Role) => void
  remove: (role: Role) => void
} | null

export function RoleMenu({ role, acts }: { role: Role; acts: RoleActs }) {
  const t = useMessages()
  const may = useMay()
  const own = !role.builtIn && role.editable
  const log = may('audit.read')
    ? [{ label: t('access.role.log'), icon: ScrollText, to: `/audit${stringifySearch({ object: role.id })}` }]
    : []
  if (!acts && log.length === 0) return null
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          size="small"
          icon={MoreHorizontal}
          label={t('access.role.acts', { role: roleName(role, t) })}
        />
      }
      items={[
        ...(acts ? [{ label: t('access.role.copy'), icon: Copy, onSelect: () => acts.copy(role) }] : []),
        ...log,
        ...(own && acts
          ? [
              { label: t('access.role.edit'), icon: Pencil, onSelect: () => acts.edit(role) },
              {
                label:
                  role.holders > 0
                    ? t('access.role.delete.held', { count: role.holders })
                    : t('access.role.delete'),
                icon: Trash2,
                danger: true,
                disabled: role.holders > 0,
                group: ' ',
                onSelect: () => acts.remove(role),
              },
            ]
          : []),
      ]}
    />
  )
}
