import { Eye } from 'lucide-react'
import { useState } from 'react'
import type { SqlTarget } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { UnmaskDialog } from './unmask-dialog.tsx'

/** For whoever has the right to, while nothing is unmasked. */
export function UnmaskButton({ target, isOpen }: { target: SqlTarget | undefined; isOpen: boolean }) {
  const t = useMessages()
  const may = useMay()
  const [asking, setAsking] = useState<SqlTarget>()
  if (!may('sql.unmask')) return null
  return (
    <>
      {!isOpen && (
        <Button
          variant="ghost"
          icon={Eye}
          disabled={!target || target.state === 'not_ready' || target.state === 'not_set_up'}
          onClick={() => setAsking(target)}
        >
          {t('sql.unmask')}
        </Button>
      )}
      {asking && <UnmaskDialog target={asking} onClose={() => setAsking(undefined)} />}
    </>
  )
}
