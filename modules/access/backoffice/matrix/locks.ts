/** Why a column or a cell cannot be changed, as a sentence; null where it can. The server holds the same rules. */
import type { Permission, Role } from '#contract/access'
import type { Translate } from '#platform/ui/messages.tsx'
import { isLimited } from '../words.ts'
import { holds } from './wishes.ts'

export type Reader = { mayManage: boolean; level: number }

export function roleLock(role: Role, { mayManage, level }: Reader, t: Translate): string | null {
  if (role.editable) return null
  if (role.key === 'super_administrator') return t('access.locked.top')
  if (!mayManage) return t('access.locked.reading')
  return t('access.locked.level', { level: role.level, own: level })
}

export function cellLock(role: Role, declared: Permission, reader: Reader, t: Translate): string | null {
  const locked = roleLock(role, reader, t)
  // What a role has can always be taken from it, by whoever stands above.
  if (locked !== null || holds(role, declared.permission)) return locked
  if (!declared.limitable && isLimited(role.limits)) return t('access.locked.limits')
  return declared.grantable ? null : t('access.locked.not-yours')
}
