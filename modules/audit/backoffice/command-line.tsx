import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Something to be copied whole and pasted elsewhere: a command, a key, a hash. */
export function CommandLine({ command, label }: { command: string; label?: string | undefined }) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(command)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <div className="flex w-full min-w-0 items-center gap-1 rounded-control border border-line bg-sunken py-0.5 pr-0.5 pl-2.5">
      <code className="min-w-0 font-mono flex-1 text-12 break-all">{command}</code>
      <IconButton
        size="small"
        icon={copied ? Check : Copy}
        label={copied ? t('ui.copied') : (label ?? t('ui.copy'))}
        onClick={() => void copy()}
      />
    </div>
  )
}
