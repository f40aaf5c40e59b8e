/** One assistance: where it stands, under both names, what happened, and all that was seen and done. */
import { CircleStop, Ellipsis, FileCheck2, ScrollText, ShieldAlert, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { getImpersonation } from '#contract/impersonation'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button } from '#platform/ui/button.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { usePathParam } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { ApproveDialog } from '../acts/approve-dialog.tsx'
import { useQuickActs } from '../acts/quick-acts.ts'
import { ReviewDialog } from '../acts/review-dialog.tsx'
import { WayIn } from '../acts/way-in.tsx'
import { useWho } from '../acts/who.ts'
import { logTo } from '../addresses.ts'
import { impersonationCan } from '../impersonation-can.ts'
import { StateBadge } from '../impersonation-words.tsx'
import { FactsCard } from './facts-card.tsx'
import { ImpersonationUnreadable } from './impersonation-unreadable.tsx'
import { LinesCard } from './lines-card.tsx'
import { StateBanner } from './state-banner.tsx'
import { StoryCard } from './story-card.tsx'

export type Shown = OutputOf<typeof getImpersonation>

/** What is seen within is no news: it is asked for again while somebody is in. */
const lookedAtEveryMs = 10_000

export function ImpersonationPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getImpersonation, { params: { id: usePathParam('id') } })
  if (data) return <One key={data.id} one={data} />
  if (error) return <ImpersonationUnreadable error={error} retry={refetch} />
  return (
    <>
      <PageHeader title={t('impersonation.one')} />
      <CardSkeletons />
    </>
  )
}

type Asked = 'approve' | 'review'

function One({ one }: { one: Shown }) {
  const t = useMessages()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  useEndpoint(
    getImpersonation,
    { params: { id: one.id } },
    { every: one.state === 'running' && lookedAtEveryMs },
  )
  return (
    <>
      <PageHeader
        title={t('impersonation.for', { actor: one.actor.name, subject: one.subject.name })}
        count={<StateBadge state={one.state} />}
        secondary={<Others one={one} />}
        primary={<Main one={one} ask={setAsked} />}
      />
      <StateBanner one={one} />
      {/* Side by side, or one under the other with what is needed first on top. */}
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 lg:order-last">
          <FactsCard one={one} />
          <Cards quiet of="impersonation" id={one.id} />
          <StoryCard one={one} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t('impersonation.card.reason')}>
            <p className="text-14 break-words whitespace-pre-wrap">{one.reason}</p>
          </Card>
          <LinesCard one={one} />
        </div>
      </div>
      {asked === 'approve' && <ApproveDialog one={one} onClose={close} />}
      {asked === 'review' && <ReviewDialog one={one} onClose={close} />}
    </>
  )
}

/** The one thing to do next, for whoever may do it. */
function Main({ one, ask }: { one: Shown; ask: (act: Asked) => void }): ReactNode {
  const t = useMessages()
  const who = useWho()
  const acts = useQuickActs()
  if (impersonationCan.enter(one, who)) return <WayIn id={one.id} />
  if (impersonationCan.approve(one, who))
    return (
      <Button variant="danger" icon={ShieldAlert} onClick={() => ask('approve')}>
        {t('impersonation.act.approve')}
      </Button>
    )
  if (impersonationCan.review(one, who))
    return (
      <Button variant="primary" icon={FileCheck2} onClick={() => ask('review')}>
        {t('impersonation.act.review')}
      </Button>
    )
  if (one.state === 'running' && impersonationCan.revoke(one, who))
    return (
      <Button variant="danger" icon={CircleStop} loading={acts.isEnding} onClick={() => acts.revoke(one.id)}>
        {t('impersonation.act.revoke')}
      </Button>
    )
  return null
}

function Others({ one }: { one: Shown }) {
  const t = useMessages()
  const who = useWho()
  const acts = useQuickActs()
  const items = [
    ...(impersonationCan.withdraw(one, who)
      ? [{ label: t('impersonation.act.withdraw'), icon: Undo2, onSelect: () => acts.withdraw(one.id) }]
      : []),
    ...(one.state !== 'running' && impersonationCan.revoke(one, who)
      ? [
          {
            label: t('impersonation.act.revoke.before'),
            icon: CircleStop,
            danger: true,
            onSelect: () => acts.revoke(one.id),
          },
        ]
      : []),
    ...(who.may('audit.read')
      ? [{ label: t('impersonation.act.log'), icon: ScrollText, to: logTo(one.id), group: ' ' }]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu
      align="end"
      items={items}
      trigger={<IconButton icon={Ellipsis} label={t('impersonation.act.more')} variant="secondary" />}
    />
  )
}
