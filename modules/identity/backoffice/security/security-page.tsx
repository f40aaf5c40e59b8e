/** How the doors are held: what stands out, what was tried, who is kept out, and what waits for a decision. */
import { Ellipsis, LogOut } from 'lucide-react'
import { useState } from 'react'
import { getDefence } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Tabs } from '#platform/ui/tabs.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { listsId, type SecurityTab } from './addresses.ts'
import { SecurityState } from './security-state.ts'
import { BlockList } from './block-list.tsx'
import { DefenceFigures } from './defence-figures.tsx'
import { EndEveryoneDialog } from './end-everyone-dialog.tsx'
import { ResetList } from './reset-list.tsx'
import { SignInList } from './sign-in-list.tsx'
import { TriesCard } from './tries-card.tsx'
import { WhatStandsOut } from './what-stands-out.tsx'

export function SecurityPage() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [state, change] = useUrlState(SecurityState)
  const { data, error, refetch } = useEndpoint(getDefence)
  const tab: SecurityTab = state.tab ?? 'sign-ins'
  const count = (value: number | undefined) => (value ? formats.integer(value) : undefined)
  return (
    <>
      <PageHeader
        title={t('identity.security.title')}
        secondary={may('security.manage') && <EndEveryone sessions={data?.openSessions} />}
      >
        <p className="text-13 text-ink-muted">{t('identity.security.intro')}</p>
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div className="mb-6 flex flex-col gap-3">
          <WhatStandsOut defence={data} />
          <DefenceFigures defence={data} />
          <TriesCard hours={data?.hours ?? []} />
        </div>
      )}
      <div id={listsId} className="scroll-mt-14">
        <Tabs
          label={t('identity.security.tabs')}
          value={tab}
          onChange={(next) => change({ tab: next, what: undefined, staff: undefined, blocks: undefined })}
          tabs={[
            {
              value: 'sign-ins',
              label: t('identity.security.sign-ins'),
              panel: <SignInList state={state} change={change} />,
            },
            {
              value: 'blocks',
              label: t('identity.security.blocks'),
              count: count(data?.activeBlocks),
              panel: <BlockList state={state} change={change} />,
            },
            ...(may('staff.reset_factors')
              ? [
                  {
                    value: 'factor-resets' as const,
                    label: t('identity.security.resets'),
                    count: count(data?.waitingFactorResets),
                    panel: <ResetList />,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </>
  )
}

/** The last resort stands apart from what is done every day. */
function EndEveryone({ sessions }: { sessions: number | undefined }) {
  const t = useMessages()
  const narrow = useNarrow()
  const [asking, setAsking] = useState(false)
  const label = t('identity.security.everyone')
  return (
    <>
      {narrow ? (
        <Menu
          align="end"
          items={[{ label, icon: LogOut, danger: true, onSelect: () => setAsking(true) }]}
          trigger={
            <IconButton icon={Ellipsis} label={t('identity.security.more-actions')} variant="secondary" />
          }
        />
      ) : (
        <Button icon={LogOut} onClick={() => setAsking(true)}>
          {label}
        </Button>
      )}
      {asking && <EndEveryoneDialog sessions={sessions} onClose={() => setAsking(false)} />}
    </>
  )
}
