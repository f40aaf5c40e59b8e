import { Check, Copy, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { OutgoingMail, WholeMail } from '#contract/mail'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

type MailActionProps = {
  action: NonNullable<NonNullable<WholeMail['words']>['action']>
  language?: OutgoingMail['language'] | undefined
}

/** The mail's button, and its address to be taken to another browser. */
export function MailAction({ action, language }: MailActionProps) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(action.url)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <div className="flex flex-wrap gap-2">
      <a
        href={action.url}
        target="_blank"
        rel="noopener"
        lang={language}
        className={cx(buttonClass({ variant: 'primary' }), 'max-w-full')}
      >
        <ExternalLink aria-hidden size={16} className="-ml-0.5 shrink-0" />
        <span className="truncate">{action.label}</span>
      </a>
      <Button icon={copied ? Check : Copy} onClick={() => void copy()}>
        {t('mail.copy-link')}
        <span className="sr-only" aria-live="polite">
          {copied && t('ui.copied')}
        </span>
      </Button>
    </div>
  )
}
