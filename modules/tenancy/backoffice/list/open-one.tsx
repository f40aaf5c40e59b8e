import { DatabaseZap } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { OpenDialog } from '../acts/open-dialog.tsx'

/** For who opens several practices in a row; one is opened from its client's page as well. */
export function OpenOne() {
  const t = useMessages()
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may('tenants.open') || !may('clients.read')) return null
  return (
    <>
      <Button variant="primary" icon={DatabaseZap} onClick={() => setOpen(true)}>
        {t('tenancy.open.one')}
      </Button>
      {open && <OpenDialog onClose={() => setOpen(false)} />}
    </>
  )
}
