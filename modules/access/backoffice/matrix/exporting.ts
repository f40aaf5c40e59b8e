import type { Permission, Role } from '#contract/access'
import { csvFile } from '#platform/ui/csv-file.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { saveFile } from '#platform/ui/save-file.ts'
import { moduleName, permissionName, roleName } from '../words.ts'
import { holds } from './wishes.ts'

/** The matrix as it is saved, whatever is filtered or pending: what one shows an auditor. */
export function exportMatrix(
  { roles, permissions }: { roles: readonly Role[]; permissions: readonly Permission[] },
  t: Translate,
): void {
  const heads = [t('access.export.module'), t('access.permission'), t('access.export.code')]
  const lines = permissions.map(({ permission, module }) => [
    moduleName(module, t),
    permissionName(permission, t),
    permission,
    ...roles.map((role) => (holds(role, permission) ? t('access.export.yes') : '')),
  ])
  saveFile(
    csvFile([[...heads, ...roles.map((role) => roleName(role, t))], ...lines]),
    t('access.export.file'),
  )
}
