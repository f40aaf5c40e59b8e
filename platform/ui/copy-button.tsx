import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { useMessages } from './messages.tsx'

/** Copies a text that is to be kept elsewhere, and says that it did. */
/** @param label where « Copy » alone would not say what */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  // Over plain http browsers have no clipboard to write to.
  if (!isSecureContext) return null
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <>
      <Button size="small" icon={copied ? Check : Copy} onClick={() => void copy()}>
        {copied ? t('ui.copied') : (label ?? t('ui.copy'))}
      </Button>
      <span className="sr-only" aria-live="polite">
        {copied ? t('ui.copied') : ''}
      </span>
    </>
  )
}
