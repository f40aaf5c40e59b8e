import type { AuditStatus, AuditWitness } from '#contract/audit'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** Those outside the house who keep our checkpoints: what they hold, nobody of ours can take back. */
export function WitnessesCard({ status: { witnesses, checkpoint } }: { status: AuditStatus }) {
  const t = useMessages()
  return (
    <Card title={t('audit.witnesses')}>
      {witnesses.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('audit.witnesses.none')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {witnesses.map((witness) => (
            <Line key={`${witness.kind} ${witness.name}`} witness={witness} size={checkpoint?.size ?? 0} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Line({ witness, size }: { witness: AuditWitness; size: number }) {
  const t = useMessages()
  const formats = useFormats()
  const { name, kind, last, trouble } = witness
  return (
    <li className="py-2.5 text-13 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="font-medium">{t(`audit.witness.kind.${kind}`)}</span>
        <code className="min-w-0 text-12 break-all text-ink-muted">{name}</code>
        <span className="ml-auto">
          <WitnessBadge witness={witness} size={size} />
        </span>
      </div>
      <p className="mt-0.5 text-12 text-ink-muted">
        {last ? (
          <>
            {t('audit.witness.holds', { count: last.size, shown: formats.integer(last.size) })}{' '}
            <DateText value={last.at} show="both" />
          </>
        ) : (
          t('audit.witness.nothing')
        )}
      </p>
      {trouble && (
        <p className="mt-0.5 text-12 text-danger-ink">
          {t(`audit.witness.trouble.${trouble.code}`)}{' '}
          <span className="text-ink-muted">
            ({trouble.detail}) · <DateText value={trouble.since} show="both" />
          </span>
        </p>
      )}
    </li>
  )
}

function WitnessBadge({ witness: { last, trouble }, size }: { witness: AuditWitness; size: number }) {
  const t = useMessages()
  const [tone, word]: [Tone, 'trouble' | 'contradiction' | 'waiting' | 'current' | 'behind'] =
    trouble?.code === 'contradiction'
      ? ['danger', 'contradiction']
      : trouble
        ? ['warning', 'trouble']
        : !last
          ? ['neutral', 'waiting']
          : last.size < size
            ? ['neutral', 'behind']
            : ['success', 'current']
  return <Badge tone={tone}>{t(`audit.witness.${word}`)}</Badge>
}
