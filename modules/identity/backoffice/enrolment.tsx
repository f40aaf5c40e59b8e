import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type EnrolmentProps = { secret: string; qrCode: string }

/** What to do the very first time: hand the secret to an authenticator, by picture or by hand. */
export function Enrolment({ secret, qrCode }: EnrolmentProps) {
  const t = useMessages()
  return (
    <ol className="flex flex-col gap-4 text-13">
      <li className="flex gap-3">
        <Step number={1} />
        <p className="min-w-0 flex-1">{t('identity.enrolment.install')}</p>
      </li>
      <li className="flex gap-3">
        <Step number={2} />
        <div className="min-w-0 flex-1">
          <p>{t('identity.enrolment.scan')}</p>
          <img
            src={qrCode}
            alt={t('identity.enrolment.qr-code')}
            width={176}
            height={176}
            className="mt-3 rounded-control border border-line"
          />
          <Secret secret={secret} />
        </div>
      </li>
      <li className="flex gap-3">
        <Step number={3} />
        <p className="min-w-0 flex-1">{t('identity.enrolment.type')}</p>
      </li>
    </ol>
  )
}

function Step({ number }: { number: number }) {
  return (
    <span
      aria-hidden
      className="flex size-5 shrink-0 items-center justify-center rounded-full bg-neutral-soft text-12 font-medium text-neutral-ink tabular-nums"
    >
      {number}
    </span>
  )
}

/** For authenticators on the same device, which cannot scan their own screen. */
function Secret({ secret }: { secret: string }) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <div className="mt-3">
      <p className="text-12 text-ink-muted">{t('identity.enrolment.secret')}</p>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <code className="min-w-0 rounded-small bg-sunken px-1.5 py-1 font-mono text-12 break-all">
          {secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
        </code>
        <Button size="small" icon={copied ? Check : Copy} onClick={() => void copy()}>
          {copied ? t('ui.copied') : t('ui.copy')}
        </Button>
        <span className="sr-only" aria-live="polite">
          {copied ? t('ui.copied') : ''}
        </span>
      </div>
    </div>
  )
}
