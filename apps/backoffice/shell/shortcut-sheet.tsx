import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ShortcutGroup as Group, ShortcutLine as Line } from '#platform/ui/shortcut-lines.tsx'
import { commands, menu } from '../manifests.ts'

/** Every key that does something, one `?` away. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const may = useMay()
  const go = [...menu.flatMap(([, entries]) => entries), ...commands].filter(
    (entry) => entry.shortcut && may(entry.needs),
  )
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('shell.shortcuts')}>
      {/* Longer than a low window, and nothing in it to go to by key: it takes the focus itself, so as to be scrolled. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div tabIndex={0} className="flex flex-col gap-6">
        <Group title={t('shell.shortcuts.everywhere')}>
          <Line keys="mod+k" label={t('shell.shortcuts.search')} />
          <Line keys="/" label={t('shell.shortcuts.filter')} />
          <Line keys="?" label={t('shell.shortcuts.help')} />
        </Group>
        {go.length > 0 && (
          <Group title={t('shell.shortcuts.go')}>
            {go.map((entry) => (
              <Line key={entry.to} keys={entry.shortcut ?? ''} label={t(entry.label)} />
            ))}
          </Group>
        )}
        <Group title={t('shell.shortcuts.lists')}>
          <Line keys="up down" label={t('shell.shortcuts.up-down')} />
          <Line keys="enter" label={t('shell.shortcuts.open')} />
          <Line keys="x" label={t('shell.shortcuts.select')} />
          <Line keys="escape" label={t('shell.shortcuts.deselect')} />
        </Group>
        {may('tickets.read') && (
          <Group title={t('shell.shortcuts.queue')}>
            <Line keys="k j" label={t('shell.shortcuts.up-down')} />
            <Line keys="r" label={t('shell.shortcuts.ticket.reply')} />
            <Line keys="n" label={t('shell.shortcuts.ticket.note')} />
            <Line keys="e" label={t('shell.shortcuts.ticket.resolve')} />
          </Group>
        )}
        {may('tickets.read') && (
          <Group title={t('shell.shortcuts.ticket')}>
            <Line keys="r" label={t('shell.shortcuts.ticket.reply')} />
            <Line keys="n" label={t('shell.shortcuts.ticket.note')} />
            <Line keys="e" label={t('shell.shortcuts.ticket.resolve')} />
            <Line keys="m" label={t('shell.shortcuts.ticket.merge')} />
            <Line keys="x" label={t('shell.shortcuts.ticket.choose')} />
            <Line keys="k j" label={t('shell.shortcuts.ticket.around')} />
            <Line keys="escape" label={t('shell.shortcuts.ticket.back')} />
          </Group>
        )}
        {may('tickets.read') && (
          <Group title={t('shell.shortcuts.mail')}>
            <Line keys="k j" label={t('shell.shortcuts.mail.around')} />
            <Line keys="enter" label={t('shell.shortcuts.mail.choose')} />
            <Line keys="n" label={t('shell.shortcuts.mail.new')} />
            <Line keys="e" label={t('shell.shortcuts.mail.discard')} />
          </Group>
        )}
        <Group title={t('shell.shortcuts.forms')}>
          <Line keys="mod+enter" label={t('shell.shortcuts.save')} />
          <Line keys="escape" label={t('shell.shortcuts.leave')} />
        </Group>
      </div>
    </Sheet>
  )
}
