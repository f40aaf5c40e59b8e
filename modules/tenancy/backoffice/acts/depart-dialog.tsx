import { UserMinus } from 'lucide-react'
import { departMember, type Member } from '#contract/identity'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { memberName } from '../member-can.ts'
import { useDone } from './done.ts'

/** Takes somebody out of a practice at once. */
export function DepartDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useMessages()
  const depart = useEndpoint(departMember, { onSuccess: useDone('tenancy.member.departed', onClose) })
  return (
    <ActDialog
      title={t('tenancy.member.depart.title', { name: memberName(member) })}
      effects={[
        t('tenancy.member.depart.out'),
        t('tenancy.member.depart.kept'),
        t('tenancy.member.depart.back'),
      ]}
      action={t('tenancy.member.depart')}
      icon={UserMinus}
      danger
      running={depart.isPending}
      error={depart.error}
      onSubmit={() => depart.mutate({ params: { id: member.id } })}
      onClose={onClose}
    />
  )
}
