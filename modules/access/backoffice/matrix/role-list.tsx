import { Lock, Minus, Plus } from 'lucide-react'
import type { Role } from '#contract/access'
import { Switch } from '#platform/ui/checkbox.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { RoleMenu } from '../role/role-menu.tsx'
import { isLimited, limitsInWords, permissionName, roleName } from '../words.ts'
import { Holders } from './column-head.tsx'
import { cellLock, roleLock } from './locks.ts'
import type { MatrixViewProps } from './matrix-grid.tsx'
import { PermissionHead } from './permission-head.tsx'
import { wishFor, wouldHold } from './wishes.ts'

type RoleListProps = MatrixViewProps & { chosen: Role; onChoose: (id: string) => void }

/** The matrix on a phone: one role at a time, its permissions one under the other. */
export function RoleList({ chosen: role, onChoose, ...view }: RoleListProps) {
  const { roles, groups, wishes, reader, onTurn, onAsk, holdersTo, acts } = view
  const t = useMessages()
  const formats = useFormats()
  const lock = roleLock(role, reader, t)
  return (
    <div className="flex flex-col gap-3">
      <Select
        label={t('access.role')}
        value={role.id}
        onChange={onChoose}
        options={roles.map((one) => ({ value: one.id, label: roleName(one, t) }))}
      />
      <div className="flex items-center gap-2 text-13 text-ink-muted">
        <span className="tabular-nums">{t('access.level', { level: role.level })}</span>
        <Holders count={role.holders} role={roleName(role, t)} to={holdersTo(role)} />
        <span className="ml-auto">
          <RoleMenu role={role} acts={acts} />
        </span>
      </div>
      {role.description && <p className="text-13 text-ink-muted">{role.description}</p>}
      {isLimited(role.limits) && (
        <p className="text-13">
          {t('access.limited-to', { limits: limitsInWords(role.limits, t, formats) })}
        </p>
      )}
      {lock !== null && (
        <p className="flex items-start gap-2 rounded-control bg-sunken px-3 py-2 text-13 text-ink-muted">
          <Lock aria-hidden size={14} className="mt-0.5 shrink-0" />
          {lock}
        </p>
      )}
      {groups.map((group) => (
        <section key={group.module} aria-label={group.name}>
          <h2 className="mb-1 text-12 font-semibold text-ink-muted">{group.name}</h2>
          <ul className="rounded-card border border-line bg-surface">
            {group.permissions.map((declared) => {
              const { permission } = declared
              const wish = wishFor(wishes, role, permission)
              const reason = cellLock(role, declared, reader, t)
              const Sign = wish ? Plus : Minus
              return (
                <li
                  key={permission}
                  className={cx(
                    'flex items-center gap-3 border-line px-3 py-2.5 not-last:border-b',
                    wish === true && 'bg-success-soft',
                    wish === false && 'bg-danger-soft',
                  )}
                >
                  <div className="min-w-0 flex-1">
                    <PermissionHead declared={declared} onAsk={onAsk} />
                    {lock === null && reason !== null && <p className="text-12 text-ink-faint">{reason}</p>}
                  </div>
                  {wish !== undefined && (
                    <Sign aria-hidden size={14} className={wish ? 'text-success-ink' : 'text-danger-ink'} />
                  )}
                  <Switch
                    label={permissionName(permission, t)}
                    checked={wouldHold(wishes, role, permission)}
                    disabled={reason !== null}
                    onChange={() => onTurn(role, declared)}
                  />
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </div>
  )
}
