import type { ReactNode } from 'react'
import type { AuditStatus } from '#contract/audit'
import { Card } from '#platform/ui/card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { CommandLine } from '../command-line.tsx'
import { proofCommand } from '../proof-command.ts'

/** Nobody has to believe this page: what it takes to find out by other means. */
export function ByYourself({ status: { vkey, origin } }: { status: AuditStatus }) {
  const t = useMessages()
  return (
    <Card title={t('audit.yourself')}>
      <p className="text-13 text-ink-muted">{t('audit.yourself.intro')}</p>
      <ol className="mt-3 flex flex-col gap-3 text-13">
        <Step text={t('audit.yourself.key')}>
          {vkey && <CommandLine command={vkey} label={t('audit.yourself.key.copy')} />}
        </Step>
        <Step text={t('audit.yourself.proof')}>
          <CommandLine command={proofCommand(1234, vkey)} />
        </Step>
        <Step text={t('audit.yourself.whole')}>
          <CommandLine command="bin/mgp audit verify" />
        </Step>
        <Step text={t('audit.yourself.past')}>
          <CommandLine command="bin/mgp audit verify --checkpoint checkpoint-2026-11-01" />
        </Step>
      </ol>
      {origin && <p className="mt-3 text-12 text-ink-muted">{t('audit.yourself.origin', { origin })}</p>}
    </Card>
  )
}

function Step({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li className="grid gap-1.5 lg:grid-cols-2 lg:items-center lg:gap-4">
      <span>{text}</span>
      {children}
    </li>
  )
}
