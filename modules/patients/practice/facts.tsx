import { Check, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { MISSING } from '#platform/ui/formats.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col">{children}</dl>
}

type FactProps = {
  label: string
  /** What is copied, where somebody may need it elsewhere. */
  copy?: string | undefined
  children?: ReactNode
}

/** A label and what it says; what is missing shows as a dash. */
export function Fact({ label, copy, children }: FactProps) {
  return (
    <div className="group flex min-h-8 items-start gap-3 border-t border-line py-1.5 text-13 first:border-t-0 touch:min-h-10">
      <dt className="w-20 shrink-0 text-ink-muted">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-start gap-1 break-words">
        <span className="min-w-0 flex-1 whitespace-pre-line">
          {children || <span className="text-ink-muted">{MISSING}</span>}
        </span>
        {copy && <CopyValue value={copy} what={label} />}
      </dd>
    </div>
  )
}

function CopyValue({ value, what }: { value: string; what: string }) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <>
      <IconButton
        icon={copied ? Check : Copy}
        label={t('patients.copy-value', { what })}
        size="small"
        className="-my-1 opacity-0 max-sm:hidden group-hover:opacity-100 focus-visible:opacity-100 touch:opacity-100"
        onClick={() => void copy()}
      />
      <span className="sr-only" aria-live="polite">
        {copied ? t('ui.copied') : ''}
      </span>
    </>
  )
}
