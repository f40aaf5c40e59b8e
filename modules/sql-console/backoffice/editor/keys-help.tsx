import { Keyboard } from 'lucide-react'
import { useState } from 'react'
import { Sheet } from '#platform/ui/dialog.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ShortcutGroup, ShortcutLine } from '#platform/ui/shortcut-lines.tsx'

/** The keys of this page: more than those of the app's own list. */
export function KeysHelp() {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton icon={Keyboard} label={t('sql.keys')} onClick={() => setOpen(true)} />
      <Sheet open={open} onOpenChange={setOpen} title={t('sql.keys')}>
        <div className="flex flex-col gap-6">
          <ShortcutGroup title={t('sql.keys.editor')}>
            <ShortcutLine keys="mod+enter" label={t('sql.keys.run')} />
            <ShortcutLine keys="mod+shift+enter" label={t('sql.keys.simulate')} />
            <ShortcutLine keys="mod+s" label={t('sql.saved.save')} />
            <ShortcutLine keys="mod+o" label={t('sql.saved.open')} />
            <ShortcutLine keys="mod+shift+f" label={t('sql.format')} />
            <ShortcutLine keys="ctrl+space" label={t('sql.keys.complete')} />
            <ShortcutLine keys="mod+f" label={t('sql.keys.find')} />
            <ShortcutLine keys="f8" label={t('sql.keys.problem')} />
            <ShortcutLine keys="escape" label={t('sql.keys.cancel')} />
          </ShortcutGroup>
          <ShortcutGroup title={t('sql.keys.tabs')}>
            <ShortcutLine keys="alt+n" label={t('sql.tab.new')} />
            <ShortcutLine keys="alt+pagedown" label={t('sql.keys.next-tab')} />
            <ShortcutLine keys="alt+pageup" label={t('sql.keys.previous-tab')} />
            <ShortcutLine keys="alt+x" label={t('sql.keys.close-tab')} />
            <ShortcutLine keys="alt+c" label={t('sql.keys.target')} />
            <ShortcutLine keys="alt+s" label={t('sql.keys.mode')} />
            <ShortcutLine keys="alt+r" label={t('sql.keys.results')} />
          </ShortcutGroup>
          <ShortcutGroup title={t('sql.keys.grid')}>
            <ShortcutLine keys="up down" label={t('sql.keys.move')} />
            <ShortcutLine keys="enter" label={t('sql.keys.cell')} />
            <ShortcutLine keys="mod+c" label={t('sql.keys.copy-cell')} />
            <ShortcutLine keys="mod+shift+c" label={t('sql.keys.copy-row')} />
          </ShortcutGroup>
        </div>
      </Sheet>
    </>
  )
}
