import { type MouseEvent, useState } from 'react'
import type { Permission, Role } from '#contract/access'
import { useMessages } from '#platform/ui/messages.tsx'
import type { RoleActs } from '../role/role-menu.tsx'
import { permissionName, roleName } from '../words.ts'
import { Cell } from './cell.tsx'
import { ColumnHead } from './column-head.tsx'
import { cellOf, moveByKey } from './grid-keys.ts'
import { cellLock, type Reader, roleLock } from './locks.ts'
import { PermissionHead } from './permission-head.tsx'
import type { Group } from './shown.ts'
import { holds, wishFor, type Wishes } from './wishes.ts'

export type MatrixViewProps = {
  roles: readonly Role[]
  groups: readonly Group[]
  wishes: Wishes
  reader: Reader
  onTurn: (role: Role, permission: Permission) => void
  /** Who can do this. */
  onAsk: (permission: string) => void
  holdersTo: (role: Role) => string | null
  acts: RoleActs
}

/**
 * Roles over permissions: the head and the first column stay in sight. One Tab stop leads into the cells, arrows move
 * between them, Space turns one.
 */
export function MatrixGrid({
  roles,
  groups,
  wishes,
  reader,
  onTurn,
  onAsk,
  holdersTo,
  acts,
}: MatrixViewProps) {
  const t = useMessages()
  const [entry, setEntry] = useState({ row: 0, column: 0 })
  const rows = groups.flatMap(({ permissions }) => permissions)
  const at = { row: Math.min(entry.row, rows.length - 1), column: Math.min(entry.column, roles.length - 1) }

  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event.target)
    const [role, permission] = [roles[cell?.column ?? -1], rows[cell?.row ?? -1]]
    if (cell && !cell.locked && role && permission) onTurn(role, permission)
  }
  return (
    // Its cells are buttons: keys and clicks bubble up from them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <section
      aria-label={t('access.matrix')}
      onClick={onClick}
      onKeyDown={moveByKey}
      onFocus={(event) => {
        const cell = cellOf(event.target)
        if (cell) setEntry(cell)
      }}
      className="relative isolate min-h-80 w-fit max-w-full overflow-auto scroll-pt-36 scroll-pl-76 rounded-card border border-line bg-surface"
    >
      <table className="border-separate border-spacing-0">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-3 w-76 min-w-76 border-b border-line bg-surface px-3 pb-2 text-left align-bottom text-12 font-medium text-ink-muted"
            >
              {t('access.permissions')}
            </th>
            {roles.map((role) => (
              <ColumnHead
                key={role.id}
                role={role}
                lock={roleLock(role, reader, t)}
                holdersTo={holdersTo(role)}
                acts={acts}
              />
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.module}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={roles.length + 1}
                className="sticky top-26 z-1 h-8 border-b border-line bg-sunken p-0 text-left text-12 font-semibold"
              >
                <span className="sticky left-0 inline-block px-3">{group.name}</span>
              </th>
            </tr>
            {group.permissions.map((declared) => {
              const { permission } = declared
              const row = rows.indexOf(declared)
              return (
                <tr key={permission}>
                  <th
                    scope="row"
                    className="sticky left-0 w-76 min-w-76 border-b border-line bg-surface px-3 py-1.5 text-left align-middle"
                  >
                    <PermissionHead declared={declared} onAsk={onAsk} />
                  </th>
                  {roles.map((role, column) => (
                    <Cell
                      key={role.id}
                      label={t('access.cell', {
                        role: roleName(role, t),
                        permission: permissionName(permission, t),
                      })}
                      held={holds(role, permission)}
                      wish={wishFor(wishes, role, permission)}
                      lock={cellLock(role, declared, reader, t)}
                      row={row}
                      column={column}
                      entry={row === at.row && column === at.column}
                    />
                  ))}
                </tr>
              )
            })}
          </tbody>
        ))}
      </table>
    </section>
  )
}
