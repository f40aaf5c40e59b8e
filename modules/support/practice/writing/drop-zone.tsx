import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

/** Files dragged onto it, or pasted within it (a picture of the screen), are taken. */
export function DropZone({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const t = useMessages()
  const [over, setOver] = useState(false)
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  function onPaste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files]
    // What was copied from a document comes with its picture too: its words are what was meant.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    onFiles(files)
  }
  return (
    // Buttons within it do the same for whoever drags nothing.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="relative"
      onPaste={onPaste}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false) // what is entered instead
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files])
      }}
    >
      {children}
      <div
        aria-hidden
        className={cx(
          'pointer-events-none absolute -inset-2 z-3 items-center justify-center rounded-card border-2 border-dashed border-accent bg-accent-soft text-14 font-medium text-accent-ink',
          over ? 'flex' : 'hidden',
        )}
      >
        {t('support.own.files.drop')}
      </div>
    </div>
  )
}
