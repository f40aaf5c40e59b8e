import { CircleStop } from 'lucide-react'
import { type Impersonation, listImpersonations } from '#contract/impersonation'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useWho } from '../acts/who.ts'
import { useQuickActs } from '../acts/quick-acts.ts'
import { impersonationTo } from '../addresses.ts'
import { impersonationCan } from '../impersonation-can.ts'
import { Remaining } from '../remaining.tsx'

/** Who is in somebody’s place at this moment, and the way to show them the door. */
export function RunningCard() {
  const t = useMessages()
  const { data } = useEndpoint(listImpersonations, { query: { state: 'running', limit: 50 } })
  if (!data || data.rows.length === 0) return null
  return (
    <Card title={t('impersonation.running.title')} className="mb-4">
      <ul>
        {data.rows.map((one) => (
          <Running key={one.id} one={one} />
        ))}
      </ul>
    </Card>
  )
}

function Running({ one }: { one: Impersonation }) {
  const t = useMessages()
  const who = useWho()
  const acts = useQuickActs()
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2 text-13 first:border-t-0">
      <div className="min-w-0 flex-1 basis-52">
        <p>
          <TextLink to={impersonationTo(one.id)} className="font-medium">
            {t('impersonation.running.line', { actor: one.actor.name, subject: one.subject.name })}
          </TextLink>
        </p>
        <p className="text-12 wrap-anywhere text-ink-muted">
          {[one.tenant.name, t(`impersonation.mode.${one.mayWrite ? 'write' : 'read'}`), one.reason].join(
            ' · ',
          )}
        </p>
      </div>
      {one.endsAt && <Remaining until={one.endsAt} />}
      {impersonationCan.revoke(one, who) && (
        <Button
          size="small"
          variant="danger"
          icon={CircleStop}
          loading={acts.isEnding}
          onClick={() => acts.revoke(one.id)}
        >
          {t('impersonation.act.revoke')}
        </Button>
      )}
    </li>
  )
}
