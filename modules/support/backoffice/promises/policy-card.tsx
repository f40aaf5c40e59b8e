import { Pencil } from 'lucide-react'
import { priorities, type SlaPolicy } from '#contract/support'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { queueTo } from '../addresses.ts'
import { durationInWords } from './durations.ts'
import { EscalationList } from '../escalations/escalation-list.tsx'
import { Versions } from './versions.tsx'

export const targets = ['firstResponse', 'nextResponse', 'resolution'] as const

export function PolicyCard({ policy, onEdit }: { policy: SlaPolicy; onEdit: () => void }) {
  const t = useMessages()
  const may = useMay()
  const { name, active, calendar, plans, tags, warnAtPercent, tickets } = policy
  return (
    <Card
      title={name}
      actions={
        may('sla.manage') && (
          <IconButton icon={Pencil} label={t('support.sla.policy.edit', { name })} onClick={onEdit} />
        )
      }
    >
      <div className="flex flex-col gap-3 text-13">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Badge tone={active ? 'success' : 'neutral'}>
            {t(active ? 'support.sla.active' : 'support.sla.inactive')}
          </Badge>
          <span>{t('support.sla.by_calendar', { name: calendar.name })}</span>
          <span className="text-ink-muted">{t('support.sla.warns_at', { percent: warnAtPercent })}</span>
          <Link to={queueTo({ queue: 'open' })} className="underline underline-offset-2">
            {t('support.sla.tickets', { count: tickets })}
          </Link>
        </p>
        <p className="text-ink-muted">
          {plans.length === 0 && tags.length === 0
            ? t('support.sla.for_all')
            : [
                plans.length > 0 && t('support.sla.for_plans', { plans: plans.join(', ') }),
                tags.length > 0 && t('support.sla.for_tags', { tags: tags.join(', ') }),
              ]
                .filter(Boolean)
                .join(' · ')}
        </p>
        <table className="w-full text-left tabular-nums">
          <caption className="sr-only">{t('support.sla.targets_of', { name })}</caption>
          <thead>
            <tr className="border-b border-line text-12 text-ink-muted">
              <th scope="col" className="py-1.5 pr-2 font-medium">
                {t('support.sla.priority')}
              </th>
              {targets.map((target) => (
                <th key={target} scope="col" className="px-1 py-1.5 font-medium">
                  {t(`support.sla.target.${target}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {priorities.toReversed().map((priority) => (
              <tr key={priority} className="border-b border-line last:border-b-0">
                <th scope="row" className="py-1.5 pr-2 font-regular">
                  {t(`support.priority.${priority}`)}
                </th>
                {targets.map((target) => {
                  const minutes = policy.allowances[priority][target]
                  return (
                    <td key={target} className="px-1 py-1.5">
                      {minutes === null ? MISSING : durationInWords(minutes, t)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <EscalationList escalations={policy.escalations} />
        <Versions current={policy.versionId} versions={policy.versions} />
      </div>
    </Card>
  )
}
