/** Roles and permissions in words. What nobody has put into words yet shows itself. */
import type { RoleLimits } from '#contract/access'
import type { Formats } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

type NamedRole = { key: string; name: string | null }

/** Built-in roles have their names in the messages; people named the others. */
export const roleName = ({ key, name }: NamedRole, t: Translate): string =>
  name ?? worded(`access.role.${key}`, t) ?? key

/** « Voir les clients ». */
export const permissionName = (permission: string, t: Translate): string =>
  worded(`access.permission.${permission}`, t) ?? permission

export const permissionHelp = (permission: string, t: Translate): string =>
  worded(`access.permission.${permission}.help`, t) ?? ''

export const moduleName = (module: string, t: Translate): string =>
  worded(`access.module.${module}`, t) ?? module

export const isLimited = ({ departments, clients, own }: RoleLimits): boolean =>
  departments.length + clients.length > 0 || own

/** « départements 57 et 67, 2 clients, clients suivis ». */
export function limitsInWords(
  { departments, clients, own }: RoleLimits,
  t: Translate,
  formats: Formats,
): string {
  return formats.list([
    ...(departments.length > 0
      ? [t('access.limits.departments', { count: departments.length, codes: departments.join(', ') })]
      : []),
    ...(clients.length > 0 ? [t('access.limits.clients', { count: clients.length })] : []),
    ...(own ? [t('access.limits.own')] : []),
  ])
}

function worded(wanted: string, t: Translate): string | undefined {
  const key = wanted as MessageKey // asked for on the next line
  const known = t(key)
  return known === key ? undefined : known
}
