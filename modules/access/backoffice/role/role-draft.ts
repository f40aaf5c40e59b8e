import type { Permission, Role, RoleLimits } from '#contract/access'

export type RoleDraft = {
  name: string
  description: string
  level: string
  /** The role whose permissions it begins with; empty for none. */
  from: string
  limited: boolean
  limits: RoleLimits
}

export const everywhere: RoleLimits = { departments: [], clients: [], own: false }

export const newDraft = (from: Role | null, own: number): RoleDraft => ({
  name: '',
  description: '',
  level: String(Math.max(1, Math.min(from?.level ?? 10, own - 1))),
  from: from?.id ?? '',
  limited: false,
  limits: everywhere,
})

export const draftOf = (role: Role): RoleDraft => ({
  name: role.name ?? '',
  description: role.description ?? '',
  level: String(role.level),
  from: '',
  limited: role.limits.departments.length + role.limits.clients.length > 0 || role.limits.own,
  limits: role.limits,
})

/** Limits that name nothing would be none at all: the role would reach everywhere. */
export const limitsNameNothing = ({ limited, limits }: RoleDraft): boolean =>
  limited && limits.departments.length + limits.clients.length === 0 && !limits.own

/** What goes over the wire besides the permissions. */
export const bodyOf = (draft: RoleDraft) => ({
  name: draft.name,
  description: draft.description.trim() || null,
  level: Number(draft.level),
  limits: draft.limited ? draft.limits : everywhere,
})

/** What a new role takes over from another one, and why it cannot take the rest. */
export function takenOver(
  from: Pick<Role, 'permissions'> | undefined,
  permissions: readonly Permission[],
  limited: boolean,
) {
  const held = permissions.filter(({ permission }) => from?.permissions.includes(permission))
  const notYours = held.filter(({ grantable }) => !grantable)
  const notLimitable = held.filter(({ grantable, limitable }) => grantable && limited && !limitable)
  const taken = held.filter((one) => !notYours.includes(one) && !notLimitable.includes(one))
  const names = (of: readonly Permission[]) => of.map(({ permission }) => permission)
  return { taken: names(taken), notYours: names(notYours), notLimitable: names(notLimitable) }
}
