/** Which permissions the filters leave, under the headings of their modules. */
import type { Permission, Role } from '#contract/access'
import type { Translate } from '#platform/ui/messages.tsx'
import { matches } from '#platform/ui/plain-text.ts'
import { moduleName, permissionHelp, permissionName } from '../words.ts'
import { wouldHold, type Wishes } from './wishes.ts'

export type Group = { module: string; name: string; permissions: Permission[] }
export type Filters = { q?: string | undefined; differences?: boolean | undefined }

export function groupsShown(
  { roles, permissions }: { roles: readonly Role[]; permissions: readonly Permission[] },
  { q = '', differences = false }: Filters,
  wishes: Wishes,
  t: Translate,
): Group[] {
  // The top holds everything: it would make a difference of every permission.
  const compared = roles.filter(({ key }) => key !== 'super_administrator')
  const kept = permissions.filter(({ permission, module }) => {
    const spoken = [
      permissionName(permission, t),
      permissionHelp(permission, t),
      moduleName(module, t),
      permission,
    ]
    if (!matches(spoken.join(' '), q.trim())) return false
    return !differences || new Set(compared.map((role) => wouldHold(wishes, role, permission))).size > 1
  })
  return [...Map.groupBy(kept, ({ module }) => module)].map(([module, of]) => ({
    module,
    name: moduleName(module, t),
    permissions: of,
  }))
}
