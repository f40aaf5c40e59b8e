import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Navigation } from './navigation.tsx'

export function NavigationSheet({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('shell.menu')}>
      <Navigation show="labels" onGo={onClose} />
    </Sheet>
  )
}
