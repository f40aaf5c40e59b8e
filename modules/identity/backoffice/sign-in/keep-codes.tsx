import { useMessages } from '#platform/ui/messages.tsx'
import { RecoveryCodes } from '../factors/recovery-codes.tsx'
import { Step } from '#platform/ui/step.tsx'

type KeepCodesProps = { codes: readonly string[]; email: string; onDone: () => void }

/** One is in already: the codes come with the first factor, and stand between here and the app this once. */
export function KeepCodes({ codes, email, onDone }: KeepCodesProps) {
  const t = useMessages()
  return (
    <Step title={t('identity.recovery')}>
      <RecoveryCodes codes={codes} email={email} done={t('identity.recovery.continue')} onDone={onDone} />
    </Step>
  )
}
