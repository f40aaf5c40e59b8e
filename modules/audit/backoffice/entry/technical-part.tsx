/** What only those need who look behind the words: folded until asked for. */
import type { WholeAuditEntry } from '#contract/audit'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { logTo } from '../addresses.ts'
import { numberInWords } from '../words.ts'
import { Fact, factsClass } from './fact.tsx'
import { useLeafHash } from './leaf-hash.ts'

export function TechnicalPart({ entry }: { entry: WholeAuditEntry }) {
  const t = useMessages()
  const formats = useFormats()
  const hash = useLeafHash(entry.leaf)
  const { session, operation } = spokenOf(entry.leaf)
  return (
    <details className="mt-6 border-t border-line pt-3 text-13">
      <summary className="cursor-pointer rounded-small font-medium">{t('audit.entry.technical')}</summary>
      <dl className={`${factsClass} mt-3`}>
        <Fact label={t('audit.id')}>
          <CopyId id={entry.id} />
        </Fact>
        <Fact label={t('audit.number')}>{numberInWords(entry.index, t, formats)}</Fact>
        <Fact label={t('audit.entry.request')}>
          {entry.requestId ? <CopyId id={entry.requestId} /> : MISSING}
        </Fact>
        {session && (
          <Fact label={t('audit.entry.session')}>
            <CopyId id={session} />
          </Fact>
        )}
        {operation && (
          <Fact label={t('audit.entry.operation')}>
            <CopyId id={operation} />{' '}
            <TextLink to={logTo({ q: operation })}>{t('audit.entry.same-operation')}</TextLink>
          </Fact>
        )}
        {entry.userAgent && (
          <Fact label={t('audit.entry.agent')}>
            <code className="text-12 break-words">{entry.userAgent}</code>
          </Fact>
        )}
        <Fact label={t('audit.entry.hash')}>
          <code className="text-12 break-all">{hash ?? MISSING}</code>
        </Fact>
      </dl>
      <p className="mt-3 mb-1 text-ink-muted">{t('audit.entry.leaf')}</p>
      <pre className="rounded-control border border-line bg-sunken p-2.5 text-12 break-all whitespace-pre-wrap">
        {entry.leaf}
      </pre>
    </details>
  )
}

/** What the leaf says that the entry's line does not repeat. */
function spokenOf(leaf: string): { session?: string; operation?: string } {
  try {
    const { session, operation } = JSON.parse(leaf) as Record<string, unknown>
    return {
      ...(typeof session === 'string' && { session }),
      ...(typeof operation === 'string' && { operation }),
    }
  } catch {
    return {} // a leaf that is no JSON is shown as it stands
  }
}
