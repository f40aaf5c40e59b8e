import { Keyboard, LogOut } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { signOut } from '#contract/identity'
import { builtInRoles } from '#contract/access'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useGo } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import type { Demanded } from '#platform/ui/on-demand.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { AccountTrigger } from './header-buttons.tsx'

type AccountMenuProps = Demanded & { onShortcuts: () => void }

export function AccountMenu({ onShortcuts, defaultOpen }: AccountMenuProps) {
  const t = useMessages()
  const go = useGo()
  const queries = useQueryClient()
  const { name, email, roles } = useSession()
  const leave = useEndpoint(signOut, {
    onSuccess: () => {
      go('/sign-in')
      queries.clear()
    },
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <Menu
      align="end"
      defaultOpen={defaultOpen}
      header={
        <>
          <p className="truncate text-13 font-semibold">{name}</p>
          <p className="truncate text-12 text-ink-muted">{email}</p>
          <p className="mt-1 text-12 text-ink-muted">{roles.map((role) => roleName(role, t)).join(', ')}</p>
        </>
      }
      items={[
        { label: t('shell.shortcuts'), icon: Keyboard, shortcut: '?', onSelect: onShortcuts },
        { label: t('shell.sign-out'), icon: LogOut, group: ' ', onSelect: () => leave.mutate({}) },
      ]}
      trigger={<AccountTrigger />}
    />
  )
}

/** A custom role bears the name it was given. */
function roleName(role: string, t: Translate): string {
  const known = builtInRoles.find((one) => one === role)
  return known ? t(`access.role.${known}`) : role
}
