import { useState } from 'react'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { RecoveryCodes } from '../factors/recovery-codes.tsx'

/** Shown this once: a stray Escape is answered by a warning, the second one closes. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useMessages()
  const { email } = useSession()
  const [warned, setWarned] = useState(false)
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open) return
        if (warned) onClose()
        setWarned(true)
      }}
      title={t('identity.recovery')}
    >
      {warned && (
        <div className="mb-4">
          <Problem>{t('identity.account.recovery.not-kept')}</Problem>
        </div>
      )}
      <RecoveryCodes
        codes={codes}
        email={email}
        done={t('identity.account.recovery.done')}
        onDone={onClose}
      />
    </Dialog>
  )
}
