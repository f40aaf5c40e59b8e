import { ShieldAlert } from 'lucide-react'
import type { Finding } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { Guard } from './use-guard.ts'

type GuardBoxProps = {
  guard: Guard
  busy?: boolean | undefined
  /** Sends it all the same. */
  onInsist?: (() => void) | undefined
}

/** Says what looks like a patient's data; a machine that reads is often wrong, so whoever writes decides. */
export function GuardBox({ guard: { box, byMail, findings }, busy, onInsist }: GuardBoxProps) {
  const t = useMessages()
  const formats = useFormats()
  const said = (finding: Finding) =>
    finding.kind === 'name'
      ? t('support.own.guard.name', { words: finding.words })
      : t(`support.own.guard.${finding.kind}`)
  return (
    <output ref={box} tabIndex={-1} aria-label={t('support.guard')} className="block outline-none">
      {findings.length > 0 && (
        <span className="mt-2 flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          <ShieldAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          <span className="min-w-0 flex-1 wrap-anywhere">
            <span className="block font-medium">
              {t('support.own.guard', { what: formats.list(findings.map(said)) })}
            </span>
            {t(byMail ? 'support.guard.by-mail' : 'support.guard.hint')}
            {byMail && onInsist && (
              <span className="mt-2 block">
                <Button size="small" disabled={busy} onClick={onInsist}>
                  {t('support.guard.insist')}
                </Button>
              </span>
            )}
          </span>
        </span>
      )}
    </output>
  )
}
