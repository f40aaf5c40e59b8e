import { FolderInput, Split } from 'lucide-react'
import { useState } from 'react'
import { BulkBar } from '#platform/ui/bulk-bar.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { ShownTicket } from '../ticket/use-adopt.ts'
import type { Choosing } from './choosing.tsx'
import { MoveDialog, SplitDialog } from './split-dialog.tsx'
import type { Moves } from './use-moves.ts'

type BarProps = { ticket: ShownTicket; choosing: Choosing; moves: Moves }

/** What one can do with the messages that are chosen. */
export function ChoosingBar({ ticket, choosing, moves }: BarProps) {
  const t = useMessages()
  const [open, setOpen] = useState<'split' | 'move' | null>(null)
  if (!choosing.isOn) return null
  const { chosen, end } = choosing
  const none = chosen.length === 0
  const close = () => setOpen(null)
  const done = () => {
    close()
    end()
  }
  const dialog = { ticket, moves, chosen, onDone: done, onClose: close }
  return (
    <>
      <BulkBar count={chosen.length} onClear={end}>
        <Button icon={Split} disabled={none} onClick={() => setOpen('split')}>
          {t('support.split.action')}
        </Button>
        <Button icon={FolderInput} disabled={none} onClick={() => setOpen('move')}>
          {t('support.move.action')}
        </Button>
      </BulkBar>
      {open === 'split' && <SplitDialog {...dialog} />}
      {open === 'move' && <MoveDialog {...dialog} />}
    </>
  )
}
