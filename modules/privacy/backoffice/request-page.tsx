/** One request: until when, who asks, what was done, and what shows it. */
import { Check, Ellipsis, PenLine, RotateCcw, ScrollText, TimerReset, UserSearch } from 'lucide-react'
import { useState } from 'react'
import { getPrivacyRequest, type PrivacyRequest } from '#contract/privacy'
import { Button } from '#platform/ui/button.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { usePathParam } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { editTo, logTo } from './addresses.ts'
import { AnswerDialog } from './answer-dialog.tsx'
import { CopyCard } from './copy-card.tsx'
import { DeadlineBanner } from './deadline-banner.tsx'
import { DeadlineCard, PersonCard } from './fact-cards.tsx'
import { HoldingsCard } from './holdings-card.tsx'
import { DemandDialog, ExtensionDialog, IdentityDialog, ReopenDialog } from './act-dialogs.tsx'
import { ProofsCard } from './proofs-card.tsx'
import { requestCan } from './request-can.ts'
import { RequestUnreadable } from './request-unreadable.tsx'
import { requestName, StateBadge } from './request-words.tsx'
import { StepsCard } from './steps-card.tsx'

export function RequestPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getPrivacyRequest, { params: { id: usePathParam('id') } })
  if (data) return <Shown key={data.id} request={data} />
  if (error) return <RequestUnreadable error={error} retry={refetch} />
  return (
    <>
      <PageHeader title={t('privacy.one')} />
      <CardSkeletons />
    </>
  )
}

type Act = 'answer' | 'identity' | 'demand' | 'extension' | 'reopening'

const dialogs = {
  answer: AnswerDialog,
  identity: IdentityDialog,
  demand: DemandDialog,
  extension: ExtensionDialog,
  reopening: ReopenDialog,
}

function Shown({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const may = useMay()
  const [act, setAct] = useState<Act | null>(null)
  const Dialog = act && dialogs[act]
  return (
    <>
      <PageHeader
        title={requestName(request, t)}
        count={<StateBadge state={request.state} />}
        secondary={<Acts request={request} begin={setAct} />}
        primary={
          requestCan.answer(request, may) && (
            <Button icon={Check} variant="primary" onClick={() => setAct('answer')}>
              {t('privacy.answer.save')}
            </Button>
          )
        }
      />
      <DeadlineBanner request={request} />
      {/* Side by side, or one under the other with what is needed first on top. */}
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 lg:order-last">
          <PersonCard request={request} check={() => setAct('identity')} />
          <DeadlineCard request={request} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {requestCan.copy(request, may) && <CopyCard request={request} />}
          <Card title={t(`privacy.kind.long.${request.kind}`)}>
            <p className="text-14 break-words whitespace-pre-wrap">{request.wording}</p>
          </Card>
          {request.kind === 'erasure' && <HoldingsCard request={request} />}
          <ProofsCard request={request} />
          <StepsCard request={request} />
        </div>
      </div>
      {Dialog && <Dialog request={request} onClose={() => setAct(null)} />}
    </>
  )
}

/** What is done less often stands behind one button. */
function Acts({ request, begin }: { request: PrivacyRequest; begin: (act: Act) => void }) {
  const t = useMessages()
  const may = useMay()
  const items = [
    ...(requestCan.correct(request, may)
      ? [
          { label: t('privacy.edit'), icon: PenLine, to: editTo(request.id) },
          { label: t('privacy.demand'), icon: UserSearch, onSelect: () => begin('demand') },
        ]
      : []),
    ...(requestCan.extend(request, may)
      ? [{ label: t('privacy.extend'), icon: TimerReset, onSelect: () => begin('extension') }]
      : []),
    ...(requestCan.reopen(request, may)
      ? [{ label: t('privacy.reopen'), icon: RotateCcw, onSelect: () => begin('reopening') }]
      : []),
    ...(may('audit.read')
      ? [{ label: t('privacy.log'), icon: ScrollText, to: logTo(request.id), group: ' ' }]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu
      align="end"
      items={items}
      trigger={<IconButton icon={Ellipsis} label={t('privacy.more-actions')} variant="secondary" />}
    />
  )
}
