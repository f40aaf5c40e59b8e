/** Who did what to which object, when and from where, each a way to more of the same. */
import type { ReactNode } from 'react'
import type { WholeAuditEntry } from '#contract/audit'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { logTo } from '../addresses.ts'
import { AuditObject } from '../audit-object.tsx'
import { actorInWords, objectInWords, verbInWords } from '../words.ts'
import { browserInWords } from './browser-words.ts'
import { Fact, factsClass } from './fact.tsx'

export function EntryFacts({ entry }: { entry: WholeAuditEntry }) {
  const t = useMessages()
  const formats = useFormats()
  const { onBehalfOf, reason, objectType, objectId, ip, userAgent, erased, damaged } = entry
  const browser = browserInWords(userAgent, t)
  const gone = erased ? (
    <span className="text-ink-muted">{t('audit.erased')}</span>
  ) : (
    damaged && <span className="text-danger-ink">{t('audit.damaged')}</span>
  )
  return (
    <dl className={factsClass}>
      <Fact label={t('audit.entry.who')}>
        <Actor entry={entry} />
      </Fact>
      {onBehalfOf && (
        <Fact label={t('audit.entry.behalf')}>
          {objectInWords(onBehalfOf.type, t)} <CopyId id={onBehalfOf.id} />{' '}
          <More to={logTo({ subject: onBehalfOf.id })}>{t('audit.entry.all-for')}</More>
        </Fact>
      )}
      <Fact label={t('audit.entry.verb')}>
        {verbInWords(entry.verb, t)} <code className="text-12 text-ink-muted">{entry.verb}</code>
      </Fact>
      <Fact label={t('audit.object')}>
        <AuditObject entry={entry} />{' '}
        {objectId && <More to={logTo({ objectType, object: objectId })}>{t('audit.entry.all-of')}</More>}
      </Fact>
      {reason && <Fact label={t('audit.reason')}>{reason}</Fact>}
      <Fact label={t('audit.at')}>
        <time dateTime={entry.at} className="tabular-nums">
          {formats.exact(entry.at)}
        </time>
      </Fact>
      <Fact label={t('audit.ip')}>
        {gone ? (
          gone
        ) : ip ? (
          <>
            <span className="tabular-nums">{ip}</span>{' '}
            <More to={logTo({ ip })}>{t('audit.entry.all-from')}</More>
          </>
        ) : (
          MISSING
        )}
      </Fact>
      <Fact label={t('audit.entry.agent')}>
        {gone ? gone : <span title={userAgent ?? undefined}>{browser ?? MISSING}</span>}
      </Fact>
    </dl>
  )
}

function Actor({ entry: { actor, actorId, actorType } }: { entry: WholeAuditEntry }) {
  const t = useMessages()
  const may = useMay()
  const name = actorInWords(actor, t)
  if (!actorId) return name
  return (
    <>
      {actorType === 'staff' && may('staff.read') ? (
        <TextLink to={`/staff/${actorId}`}>{name}</TextLink>
      ) : (
        name
      )}{' '}
      <More to={logTo({ actor: actorId })}>{t('audit.entry.all-by')}</More>
    </>
  )
}

/** More of the same, apart from what it stands beside. */
function More({ to, children }: { to: string; children: ReactNode }) {
  return (
    <TextLink to={to} className="ml-1.5 text-12">
      {children}
    </TextLink>
  )
}
