import { useState } from 'react'
import { previewStaffRoles, setStaffRoles, type StaffDetail } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Refused } from '../refused.tsx'
import { RightsDifference } from './rights-difference.tsx'
import { RoleChoice } from './role-choice.tsx'
import { spokenName } from './staff-words.tsx'

type RolesDialogProps = { member: StaffDetail; onClose: () => void }

/** Chooses roles, and shows what is gained and lost by them before anything is saved. */
export function RolesDialog({ member, onClose }: RolesDialogProps) {
  const t = useMessages()
  const name = spokenName(member)
  const before = new Set(member.roles.map(({ id }) => id))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(before)
  const isChanged = chosen.symmetricDifference(before).size > 0
  const preview = useEndpoint(
    previewStaffRoles,
    { params: { id: member.id }, query: { roles: [...chosen].toSorted().join(',') } },
    { enabled: isChanged && chosen.size > 0, keepPrevious: true },
  )
  const save = useEndpoint(setStaffRoles, {
    onSuccess: () => {
      notify.done({ title: t('identity.staff.roles.saved', { name }) })
      onClose()
    },
  })
  const submit = () => {
    if (!save.isPending) save.mutate({ params: { id: member.id }, body: { roles: [...chosen] } })
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.staff.roles.edit.title', { name })}
      description={t('identity.staff.roles.edit.help')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            disabled={!isChanged || chosen.size === 0}
            loading={save.isPending}
            onClick={submit}
          >
            {t('identity.staff.save')}
          </Button>
        </>
      }
    >
      <Refused error={save.error} />
      <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_17rem]">
        <RoleChoice
          chosen={chosen}
          held={before}
          onChange={setChosen}
          error={chosen.size === 0 ? t('identity.staff.roles.missing') : undefined}
        />
        {/* In sight wherever one is in the list: nobody saves without having seen it. */}
        <section
          aria-label={t('identity.staff.difference')}
          className="sticky z-2 max-sm:-bottom-4 max-sm:-mx-4 max-sm:border-t max-sm:border-line max-sm:bg-raised max-sm:px-4 max-sm:py-3 sm:top-0"
        >
          <h3 className="mb-1 text-13 font-medium">{t('identity.staff.difference')}</h3>
          <div
            aria-live="polite"
            className="rounded-control bg-sunken px-3 py-2.5 max-sm:max-h-40 max-sm:overflow-y-auto"
          >
            {!isChanged || chosen.size === 0 ? (
              <p className="text-13 text-ink-muted">{t('identity.staff.difference.none-yet')}</p>
            ) : (
              <RightsDifference preview={preview} />
            )}
          </div>
        </section>
      </div>
    </Dialog>
  )
}
