/** Who looks after a client, in words and as choices. */
import { useMemo } from 'react'
import { type AccountManager, listAccountManagers } from '#contract/clients'
import { useEndpoint } from '#platform/ui/data.ts'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import type { Option } from '#platform/ui/select.tsx'
import { useSession } from '#platform/ui/session.tsx'

export type AccountManagers = {
  /** Undefined for nobody, and while no name has come yet. */
  nameOf(staffId: string | null): string | undefined
  /** Who may be chosen, and who is. */
  choices(chosen: string): Option[]
  /** For a filter: oneself and nobody first. */
  filters: readonly Option[]
}

export function useAccountManagers(): AccountManagers {
  const t = useMessages()
  const { id: me } = useSession()
  const { data } = useEndpoint(listAccountManagers)
  return useMemo(() => managersFrom(data?.rows ?? [], me, t), [data, me, t])
}

function managersFrom(rows: readonly AccountManager[], me: string, t: Translate): AccountManagers {
  const option = ({ id, name, active }: AccountManager): Option => ({
    value: id,
    label: active ? name : t('clients.account-manager.left', { name }),
  })
  return {
    nameOf: (staffId) => rows.find(({ id }) => id === staffId)?.name,
    choices: (chosen) => rows.filter(({ id, active }) => active || id === chosen).map(option),
    filters: [
      { value: 'me', label: t('clients.account-manager.me') },
      { value: 'none', label: t('clients.account-manager.none') },
      ...rows.filter(({ id }) => id !== me).map(option),
    ],
  }
}
