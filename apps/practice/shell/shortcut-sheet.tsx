import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ShortcutGroup, ShortcutLine } from '#platform/ui/shortcut-lines.tsx'
import { commands, menu } from '../manifests.ts'

/** Every key that does something, one `?` away. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const may = useMay()
  const go = [...menu, ...commands].filter(({ shortcut, needs }) => shortcut && may(needs))
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('practice.shortcuts')}>
      {/* Longer than a low window, and nothing in it to go to by key: it takes the focus itself, so as to be scrolled. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div tabIndex={0} className="flex flex-col gap-6">
        <ShortcutGroup title={t('practice.shortcuts.everywhere')}>
          <ShortcutLine keys="mod+k" label={t('practice.shortcuts.search')} />
          <ShortcutLine keys="/" label={t('practice.shortcuts.filter')} />
          <ShortcutLine keys="?" label={t('practice.shortcuts.help')} />
        </ShortcutGroup>
        <ShortcutGroup title={t('practice.shortcuts.go')}>
          {go.map(({ to, label, shortcut }) => (
            <ShortcutLine key={to} keys={shortcut ?? ''} label={t(label)} />
          ))}
        </ShortcutGroup>
        {may('agenda.read') && (
          <ShortcutGroup title={t('practice.shortcuts.agenda')}>
            <ShortcutLine keys="n" label={t('practice.shortcuts.book')} />
            <ShortcutLine keys="t" label={t('practice.shortcuts.today')} />
            <ShortcutLine keys="d" label={t('practice.shortcuts.day')} />
            <ShortcutLine keys="w" label={t('practice.shortcuts.week')} />
            <ShortcutLine keys="m" label={t('practice.shortcuts.month')} />
          </ShortcutGroup>
        )}
        <ShortcutGroup title={t('practice.shortcuts.lists')}>
          <ShortcutLine keys="n" label={t('practice.shortcuts.new')} />
        </ShortcutGroup>
        <ShortcutGroup title={t('practice.shortcuts.forms')}>
          <ShortcutLine keys="mod+enter" label={t('practice.shortcuts.save')} />
          <ShortcutLine keys="escape" label={t('practice.shortcuts.leave')} />
        </ShortcutGroup>
      </div>
    </Sheet>
  )
}
