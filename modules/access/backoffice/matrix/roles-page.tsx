import { Download, Plus, SearchX } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { getMatrix, type Role } from '#contract/access'
import { Button } from '#platform/ui/button.tsx'
import { Switch } from '#platform/ui/checkbox.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useLeaving } from '#platform/ui/leaving.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { useRoleActs } from '../role/role-acts.tsx'
import { exportMatrix } from './exporting.ts'
import { HoldersSheet } from './holders-sheet.tsx'
import { MatrixGrid, type MatrixViewProps } from './matrix-grid.tsx'
import { MatrixSkeleton } from './matrix-skeleton.tsx'
import { PendingBar } from './pending-bar.tsx'
import { PreviewDialog } from './preview-dialog.tsx'
import { RoleList } from './role-list.tsx'
import { groupsShown } from './shown.ts'
import { useMeanwhile } from './meanwhile.ts'
import { useSaving } from './use-saving.ts'
import { changesOf, countOf, turned, type Wishes } from './wishes.ts'

const Filters = z.object({
  q: z.string().max(100).optional(),
  differences: z.literal('1').optional(),
  /** On a phone, the one role that is shown. */
  role: z.uuid().optional(),
})

const nothing: Wishes = new Map()

/** Who may do what: roles, permissions, and the way from one matrix to the next through a preview. */
export function RolesPage() {
  const t = useMessages()
  const may = useMay()
  const narrow = useNarrow()
  const { roles: ownRoles } = useSession()
  const [filters, setFilters] = useUrlState(Filters)
  const [wishes, setWishes] = useState(nothing)
  const [previewing, setPreviewing] = useState(false)
  const [asked, setAsked] = useState<string | null>(null)
  const { data: matrix, error, refetch } = useEndpoint(getMatrix)
  const roles = matrix?.roles ?? []
  const changes = changesOf(wishes, roles)
  const count = countOf(changes)
  const close = () => setPreviewing(false)
  const save = useSaving(() => {
    setWishes(nothing)
    close()
  })
  const level = Math.max(0, ...roles.filter(({ key }) => ownRoles.includes(key)).map((role) => role.level))
  const acts = useRoleActs({ roles, permissions: matrix?.permissions ?? [], level })
  const leaving = useLeaving(count > 0, t('access.leave.help'))
  useMeanwhile(matrix?.revision, count > 0 && !save.isPending && !save.error)

  const header = (
    <PageHeader
      title={t('access.title')}
      {...(matrix && {
        count: t('access.count', { roles: roles.length, permissions: matrix.permissions.length }),
      })}
      primary={
        may('roles.manage') && (
          <Button variant="primary" icon={Plus} disabled={!matrix} onClick={acts.create}>
            {t('access.role.new')}
          </Button>
        )
      }
      secondary={
        <Button icon={Download} disabled={!matrix} onClick={() => matrix && exportMatrix(matrix, t)}>
          {t('access.export')}
        </Button>
      }
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchInput
          label={t('access.search')}
          value={filters.q ?? ''}
          onChange={(q) => setFilters({ q: q || undefined }, { replace: true })}
        />
        <Field inline label={t('access.differences')}>
          <Switch
            checked={filters.differences === '1'}
            onChange={(on) => setFilters({ differences: on ? '1' : undefined })}
          />
        </Field>
      </div>
    </PageHeader>
  )
  if (!matrix)
    return (
      <>
        {header}
        {error ? <ErrorState error={error} onRetry={refetch} /> : <MatrixSkeleton />}
      </>
    )

  const groups = groupsShown(matrix, { q: filters.q, differences: filters.differences === '1' }, wishes, t)
  const view: MatrixViewProps = {
    roles,
    groups,
    wishes,
    reader: { mayManage: may('roles.manage'), level },
    onTurn: (role: Role, { permission }) => setWishes((before) => turned(before, role, permission)),
    onAsk: setAsked,
    holdersTo: (role: Role) => (may('staff.read') ? `/staff?role=${role.id}` : null),
    acts: may('roles.manage') ? acts : null,
  }
  const chosen =
    roles.find(({ id }) => id === filters.role) ?? roles.find(({ editable }) => editable) ?? roles[0]
  return (
    <>
      {header}
      {/* As high as the window, so that the matrix scrolls under its own head and the bar stays in sight. */}
      <div className={cx(!narrow && 'flex max-h-[calc(100dvh-var(--shell-top)-148px)] min-h-96 flex-col')}>
        {groups.length === 0 ? (
          <EmptyState
            icon={SearchX}
            title={t('access.none')}
            action={
              <Button onClick={() => setFilters({ q: undefined, differences: undefined })}>
                {t('access.none.show-all')}
              </Button>
            }
          >
            <p>{t('access.none.help')}</p>
          </EmptyState>
        ) : narrow && chosen ? (
          <RoleList {...view} chosen={chosen} onChoose={(role) => setFilters({ role }, { replace: true })} />
        ) : (
          <MatrixGrid {...view} />
        )}
        {count > 0 && (
          <PendingBar
            count={count}
            onPreview={() => {
              save.reset()
              setPreviewing(true)
            }}
            onDiscard={() => setWishes(nothing)}
          />
        )}
      </div>
      {previewing && count > 0 && (
        <PreviewDialog
          roles={roles}
          revision={matrix.revision}
          changes={changes}
          saving={save.isPending}
          error={save.error}
          onSave={() => save.mutate({ body: { revision: matrix.revision, changes } })}
          onClose={close}
        />
      )}
      {asked && <HoldersSheet permission={asked} onClose={() => setAsked(null)} />}
      {acts.dialog}
      {leaving}
    </>
  )
}
