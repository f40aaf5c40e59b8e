import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** What follows an act that was done: it is said, and its dialog leaves. */
export function useDone(title: MessageKey, onClose: () => void, help?: MessageKey): () => void {
  const t = useMessages()
  return () => {
    notify.done({ title: t(title), ...(help && { description: t(help) }) })
    onClose()
  }
}
