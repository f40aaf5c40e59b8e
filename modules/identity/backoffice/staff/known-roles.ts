/** The roles of the house, and which of them the person at the screen may give. */
import { useMemo } from 'react'
import { getMatrix, type Role } from '#contract/access'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMay, useSession } from '#platform/ui/session.tsx'

/** Nobody gives more than they hold: a role that stands too high, or holds rights of which they lack some. */
export type WhyNot = { reason: 'level' } | { reason: 'permissions'; lacking: string[] }

export function useKnownRoles() {
  const may = useMay()
  return useEndpoint(getMatrix, {}, { enabled: may('roles.read') })
}

/** @returns for each role why it cannot be given, or null */
export function useWhyNot(roles: readonly Role[] | undefined): (role: Role) => WhyNot | null {
  const { roles: own, permissions } = useSession()
  return useMemo(() => {
    const level = Math.max(
      0,
      ...(roles ?? []).filter(({ key }) => own.includes(key)).map((role) => role.level),
    )
    return (role) => whyNot(role, { level, permissions, isTop: own.includes('super_administrator') })
  }, [roles, own, permissions])
}

type Giver = { level: number; permissions: ReadonlySet<string>; isTop: boolean }

export function whyNot(role: Pick<Role, 'level' | 'permissions'>, giver: Giver): WhyNot | null {
  if (giver.isTop) return null
  if (role.level >= giver.level) return { reason: 'level' }
  const lacking = role.permissions.filter((permission) => !giver.permissions.has(permission))
  return lacking.length > 0 ? { reason: 'permissions', lacking } : null
}
