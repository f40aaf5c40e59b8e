import { previewMatrix, type RightsDifference, type Role, type RoleChange } from '#contract/access'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { RefusalNote } from '../refusal-note.tsx'
import { roleName } from '../words.ts'
import { PeopleConcerned } from './people-concerned.tsx'
import { RightLines } from './right-lines.tsx'

type PreviewDialogProps = {
  roles: readonly Role[]
  /** On the matrix of this revision. */
  revision: number
  changes: readonly RoleChange[]
  saving: boolean
  error: unknown
  onSave: () => void
  onClose: () => void
}

/** Before anything is saved: what changes in which role, and who gains and loses what by it. */
export function PreviewDialog({
  roles,
  revision,
  changes,
  saving,
  error,
  onSave,
  onClose,
}: PreviewDialogProps) {
  const t = useMessages()
  const preview = useEndpoint(previewMatrix, { query: { changes: JSON.stringify(changes) } })
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t('access.preview')}
      description={preview.data ? <Sum people={preview.data.people} /> : t('access.preview.reading')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={!preview.data} loading={saving} onClick={onSave}>
            {t('access.save')}
          </Button>
        </>
      }
    >
      <RefusalNote error={error} />
      <div className="grid items-start gap-5 sm:grid-cols-[16rem_minmax(0,1fr)]">
        <section aria-label={t('access.preview.roles')} className="sm:sticky sm:top-0">
          <h3 className="mb-2 text-13 font-semibold">{t('access.preview.roles')}</h3>
          <ul className="flex flex-col gap-3" key={revision}>
            {changes.map(({ role, add, remove }) => {
              const changed = roles.find(({ id }) => id === role)
              return (
                <li key={role}>
                  <p className="mb-0.5 text-13 font-medium">{changed && roleName(changed, t)}</p>
                  <RightLines gains={add} losses={remove} />
                </li>
              )
            })}
          </ul>
        </section>
        <section aria-label={t('access.preview.people')} aria-busy={preview.isPending}>
          <h3 className="mb-2 text-13 font-semibold">{t('access.preview.people')}</h3>
          {preview.error ? (
            <ErrorState error={preview.error} onRetry={preview.refetch} />
          ) : preview.data ? (
            <PeopleConcerned people={preview.data.people} />
          ) : (
            <div className="flex flex-col gap-2">
              {[1, 2, 3].map((line) => (
                <div key={line} className="rounded-control border border-line p-3">
                  <Skeleton width="70%" height={32} />
                </div>
              ))}
            </div>
          )}
        </section>
      </div>
    </Dialog>
  )
}

function Sum({ people }: { people: readonly RightsDifference[] }) {
  const t = useMessages()
  const gaining = people.filter(({ gains }) => gains.length > 0).length
  const losing = people.filter(({ losses }) => losses.length > 0).length
  const limited = people.filter((person) => person.limited.length > 0).length
  return t('access.preview.sum', { gaining, losing, limited })
}
