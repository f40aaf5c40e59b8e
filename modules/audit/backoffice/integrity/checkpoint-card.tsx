import { Download } from 'lucide-react'
import { type AuditStatus, getAuditCheckpoint } from '#contract/audit'
import { buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { CommandLine } from '../command-line.tsx'
import { Fact, factsClass } from '../entry/fact.tsx'

/** The latest signature over the whole log, and what does not stand under it yet. */
export function CheckpointCard({ status: { checkpoint, waiting } }: { status: AuditStatus }) {
  const t = useMessages()
  const formats = useFormats()
  const oldest = waiting.oldestAt
  return (
    <Card
      title={t('audit.checkpoint')}
      actions={
        checkpoint && (
          <a
            href={hrefOf(getAuditCheckpoint)}
            download="checkpoint"
            className={buttonClass({ size: 'small', variant: 'ghost' })}
          >
            <Download aria-hidden size={16} />
            {t('audit.checkpoint.download')}
          </a>
        )
      }
    >
      {checkpoint ? (
        <dl className={factsClass}>
          <Fact label={t('audit.checkpoint.size')}>
            <span className="tabular-nums">
              {t('audit.checkpoint.covers', {
                count: checkpoint.size,
                shown: formats.integer(checkpoint.size),
                last: formats.integer(checkpoint.size - 1),
              })}
            </span>
          </Fact>
          <Fact label={t('audit.checkpoint.signed')}>
            <DateText value={checkpoint.signedAt} show="both" />
          </Fact>
          <Fact label={t('audit.checkpoint.waiting')}>
            {waiting.count === 0
              ? t('audit.checkpoint.waiting.none')
              : t('audit.checkpoint.waiting.some', {
                  count: waiting.count,
                  shown: formats.integer(waiting.count),
                })}
            {oldest && (
              <span className="text-ink-muted">
                {' '}
                · <DateText value={oldest} show="both" />
              </span>
            )}
          </Fact>
          <dt className="self-center text-ink-muted">{t('audit.checkpoint.root')}</dt>
          <dd className="min-w-0">
            <CommandLine command={checkpoint.root} label={t('audit.checkpoint.root.copy')} />
          </dd>
        </dl>
      ) : (
        <p className="text-13 text-ink-muted">{t('audit.checkpoint.none')}</p>
      )}
    </Card>
  )
}
