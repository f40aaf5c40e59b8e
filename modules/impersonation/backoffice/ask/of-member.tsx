import { UserRoundCog } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { AskDialog } from './ask-dialog.tsx'

/** On a member's line: standing in for them. */
export function OfMember({ id }: CardProps) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={UserRoundCog} onClick={() => setOpen(true)}>
        {t('impersonation.take')}
      </Button>
      {open && <AskDialog members={[{ id }]} onClose={() => setOpen(false)} />}
    </>
  )
}
