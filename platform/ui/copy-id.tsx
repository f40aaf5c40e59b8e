import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from './messages.tsx'

/** An identifier one can copy: shown short, copied whole. */
export function CopyId({ id, label }: { id: string; label?: string | undefined }) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(id)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      title={id}
      onClick={() => void copy()}
      className="inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-small px-1 text-12 text-ink-muted hover:bg-hover hover:text-ink"
    >
      {label && <span>{label}</span>}
      <code className="truncate font-mono">{id.length > 13 ? `…${id.slice(-8)}` : id}</code>
      <Icon aria-hidden size={12} className="shrink-0" />
      <span className="sr-only" aria-live="polite">
        {copied ? t('ui.copied') : t('ui.copy')}
      </span>
    </button>
  )
}
