import { Copy, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DangerDialog, Dialog, Sheet } from '#platform/ui/dialog.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { samples } from './samples.ts'

const { words } = samples

export function Floating() {
  const [open, setOpen] = useState<'dialog' | 'danger' | 'sheet' | null>(null)
  const close = () => setOpen(null)
  return (
    <Card>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('danger')}>{words.purge}</Button>
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Menu
          trigger={<Button>Menu</Button>}
          items={[
            { label: words.open, shortcut: 'enter', to: '/_gallery' },
            { label: words.rename, icon: Pencil },
            { label: words.duplicate, icon: Copy, disabled: true },
            { label: words.live, checked: true, group: words.more },
            { label: words.remove, icon: Trash2, danger: true, group: ' ' },
          ]}
        />
        <Popover title={words.history} trigger={<Button>Popover</Button>}>
          <p>{words.help}</p>
        </Popover>
        <Button onClick={() => notify.done({ title: words.done, undo: () => undefined })}>Toast</Button>
        <Button onClick={() => notify.failed({ title: words.failed, description: words.help })}>
          Toast failed
        </Button>
      </div>
      <Dialog
        open={open === 'dialog'}
        onOpenChange={close}
        title={words.rename}
        description={words.help}
        footer={
          <Button variant="primary" onClick={close}>
            {words.save}
          </Button>
        }
      >
        <p className="text-13">{words.emptyHelp}</p>
      </Dialog>
      <DangerDialog
        open={open === 'danger'}
        onOpenChange={close}
        title={words.purge}
        description={words.purgeHelp}
        action={words.purge}
        typedName={words.name}
        onConfirm={close}
      />
      <Sheet open={open === 'sheet'} onOpenChange={close} title={words.history}>
        <p className="text-13">{words.help}</p>
      </Sheet>
    </Card>
  )
}
