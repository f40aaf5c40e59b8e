import { ShieldOff } from 'lucide-react'
import { type Member, removeMemberFactors } from '#contract/identity'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { memberName } from '../member-can.ts'
import { useDone } from './done.ts'

/** For somebody who lost their telephone and their codes, once it is sure that it is they who ask. */
export function ResetFactorDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useMessages()
  const done = useDone('tenancy.member.factor-reset', onClose)
  const reset = useEndpoint(removeMemberFactors, { onSuccess: done })
  return (
    <ActDialog
      title={t('tenancy.member.reset-factor.title', { name: memberName(member) })}
      effects={[
        t('tenancy.member.reset-factor.sure'),
        t('tenancy.member.reset-factor.password'),
        t('tenancy.member.reset-factor.told'),
      ]}
      action={t('tenancy.member.reset-factor')}
      icon={ShieldOff}
      danger
      running={reset.isPending}
      error={reset.error}
      onSubmit={() => reset.mutate({ params: { id: member.id } })}
      onClose={onClose}
    />
  )
}
