import { listHolders } from '#contract/access'
import { Badge } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { permissionHelp, permissionName, roleName } from '../words.ts'

type HoldersSheetProps = { permission: string; onClose: () => void }

/** « Qui peut faire cela ? »: everybody who holds a permission, and by which role. */
export function HoldersSheet({ permission, onClose }: HoldersSheetProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const holders = useEndpoint(listHolders, { params: { permission } })
  const rows = holders.data?.rows
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('access.who')}
      description={
        <>
          <span className="block font-medium text-ink">{permissionName(permission, t)}</span>
          {permissionHelp(permission, t)}
        </>
      }
    >
      {holders.error ? (
        <ErrorState error={holders.error} onRetry={holders.refetch} />
      ) : rows?.length === 0 ? (
        <EmptyState title={t('access.who.nobody')} />
      ) : (
        <>
          <p className="mb-2 text-12 text-ink-muted tabular-nums">
            {rows ? t('access.people', { count: rows.length }) : <Skeleton width={80} />}
          </p>
          <ul aria-busy={!rows}>
            {(rows ?? []).map(({ id, name, roles, limited }) => (
              <li key={id} className="flex items-center gap-2 border-line py-2 text-13 not-last:border-b">
                <div className="min-w-0 flex-1">
                  <p className="font-medium">
                    {may('staff.read') ? <TextLink to={`/staff/${id}`}>{name}</TextLink> : name}
                  </p>
                  <p className="text-12 text-ink-muted">
                    {t('access.who.by', { roles: formats.list(roles.map((role) => roleName(role, t))) })}
                  </p>
                </div>
                {limited && <Badge tone="info">{t('access.who.limited')}</Badge>}
              </li>
            ))}
            {!rows &&
              [1, 2, 3, 4].map((line) => (
                <li key={line} className="border-b border-line py-3">
                  <Skeleton width="60%" height={28} />
                </li>
              ))}
          </ul>
        </>
      )}
    </Sheet>
  )
}
