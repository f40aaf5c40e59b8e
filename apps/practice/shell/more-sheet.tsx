import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { NavigationGroups } from './navigation.tsx'

/** Every page there is, those under the thumb included: nobody remembers which ones those are. */
export function MoreSheet({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('practice.more')}>
      <NavigationGroups onGo={onClose} />
    </Sheet>
  )
}
