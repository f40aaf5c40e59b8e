import { Pencil, Plus, Settings2 } from 'lucide-react'
import { useState } from 'react'
import type { getBillingSettings, SettingKind } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { BankProposal } from './bank-proposal.tsx'
import { ContentShown } from './content-shown.tsx'
import { SettingForm } from './setting-form.tsx'
import { Versions } from './versions.tsx'

export type Settings = OutputOf<typeof getBillingSettings>

/** One kind: what holds today, what waits, and everything that held or will. */
export function SettingSection({ kind, settings }: { kind: SettingKind; settings: Settings }) {
  const t = useMessages()
  const may = useMay()('billing.settings')
  const [open, setOpen] = useState(false)
  const versions = settings.versions.filter((one) => one.kind === kind)
  const now = versions.find(({ standing }) => standing === 'now')
  const waiting = versions.find(({ standing }) => standing === 'waiting')
  const latest = versions.find(({ standing }) => standing === 'later') ?? now
  const mayChange = may && !(kind === 'bank' && waiting)
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-4">
        {waiting?.kind === 'bank' && (
          <BankProposal proposal={waiting} current={now?.kind === 'bank' ? now.content : null} />
        )}
        <Card
          title={t(`billing.settings.kind.${kind}`)}
          actions={
            mayChange &&
            now && (
              <Button size="small" icon={Pencil} onClick={() => setOpen(true)}>
                {t(kind === 'bank' ? 'billing.settings.propose' : 'billing.settings.change')}
              </Button>
            )
          }
        >
          {now ? (
            <>
              <p className="mb-3 flex flex-wrap items-center gap-2 text-12 text-ink-muted">
                <Badge tone="success">{t('billing.settings.standing.now')}</Badge>
                <span>
                  {t('billing.settings.since')} <DateText value={now.inForceFrom} />
                </span>
              </p>
              <ContentShown version={now} day={settings.today} settings={settings} />
            </>
          ) : (
            <EmptyState
              icon={Settings2}
              title={t('billing.settings.none')}
              action={
                mayChange && (
                  <Button variant="primary" icon={Plus} onClick={() => setOpen(true)}>
                    {t(kind === 'bank' ? 'billing.settings.propose' : 'billing.settings.fill')}
                  </Button>
                )
              }
            >
              <p>{t('billing.settings.none.help')}</p>
            </EmptyState>
          )}
        </Card>
      </div>
      <Versions versions={versions} settings={settings} may={may} />
      {open && (
        <SettingForm
          kind={kind}
          settings={settings}
          latest={latest ?? null}
          isFirst={!versions.some(({ state }) => state === 'approved')}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  )
}
