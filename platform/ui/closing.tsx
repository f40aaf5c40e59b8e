import { useState } from 'react'
import { DangerDialog } from './dialog.tsx'
import { useMessages } from './messages.tsx'

/** A form over the page closes by Esc, a click beside it or a button: what was changed in it is not lost without a word. */
export function useClosing(dirty: boolean, onClose: () => void) {
  const t = useMessages()
  const [asks, setAsks] = useState(false)
  return {
    close: () => (dirty ? setAsks(true) : onClose()),
    question: (
      <DangerDialog
        open={asks}
        onOpenChange={(open) => !open && setAsks(false)}
        title={t('ui.form.leave')}
        description={t('ui.form.leave.help')}
        action={t('ui.form.leave.confirm')}
        stay={t('ui.form.leave.stay')}
        onConfirm={onClose}
      />
    ),
  }
}
