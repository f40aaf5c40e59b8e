import { Keyboard, LogOut } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { signOut } from '#contract/identity'
import { builtInRoles } from '#contract/access'
import { Avatar } from '#platform/ui/avatar.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useGo } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
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
      trigger={
        <button
          type="button"
          aria-label={t('shell.account', { name })}
          className="ml-1 flex rounded-full touch:p-1.5"
        >
          <Avatar name={name} />
        </button>
      }
    />
  )
}

/** A custom role bears the name it was given. */
function roleName(role: string, t: Translate): string {
  const known = builtInRoles.find((one) => one === role)
  return known ? t(`access.role.${known}`) : role
}
