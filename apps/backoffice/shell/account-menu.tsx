import { Keyboard, LogOut, ShieldCheck } from 'lucide-react'
import { builtInRoles } from '#contract/access'
import { Menu } from '#platform/ui/menu.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import type { Demanded } from '#platform/ui/on-demand.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { AccountTrigger, useOneFactorOnly } from './header-buttons.tsx'
import { useSignOut } from './sign-out.ts'

type AccountMenuProps = Demanded & { onShortcuts: () => void }

export function AccountMenu({ onShortcuts, defaultOpen }: AccountMenuProps) {
  const t = useMessages()
  const leave = useSignOut()
  const { name, email, roles, roleNames } = useSession()
  const advised = useOneFactorOnly()
  return (
    <Menu
      align="end"
      defaultOpen={defaultOpen}
      header={
        <>
          <p className="truncate text-13 font-semibold">{name}</p>
          <p className="truncate text-12 text-ink-muted">{email}</p>
          <p className="mt-1 text-12 text-ink-muted">
            {roles.map((role) => roleName(role, roleNames, t)).join(', ')}
          </p>
        </>
      }
      items={[
        {
          label: t(advised ? 'shell.own-account.advised' : 'shell.own-account'),
          icon: ShieldCheck,
          to: '/account',
        },
        { label: t('shell.shortcuts'), icon: Keyboard, shortcut: '?', onSelect: onShortcuts },
        { label: t('shell.sign-out'), icon: LogOut, group: ' ', onSelect: leave },
      ]}
      trigger={<AccountTrigger />}
    />
  )
}

/** A custom role bears the name it was given. */
function roleName(role: string, names: Readonly<Record<string, string>>, t: Translate): string {
  const known = builtInRoles.find((one) => one === role)
  return known ? t(`access.role.${known}`) : (names[role] ?? role)
}
