import type { AuditFinding } from '#contract/audit'
import { Id } from '#platform/contract/ids.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { type Formats } from '#platform/ui/formats.ts'
import { type MessageKey, type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { logTo } from '../addresses.ts'

/** More than this one reads only when asked for. */
const FEW = 5

/** What is wrong and where, the first entry first. */
export function Findings({ findings }: { findings: readonly AuditFinding[] }) {
  const t = useMessages()
  const rest = findings.slice(FEW)
  return (
    <>
      <Lines findings={findings.slice(0, FEW)} />
      {rest.length > 0 && (
        <details>
          <summary className="mt-1 cursor-pointer rounded-small text-12 text-ink-muted">
            {t('audit.findings.more', { count: rest.length })}
          </summary>
          <Lines findings={rest} />
        </details>
      )}
    </>
  )
}

function Lines({ findings }: { findings: readonly AuditFinding[] }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <ul className="mt-1.5 flex flex-col gap-1">
      {findings.map((finding, index) => (
        <li
          key={index}
          className="rounded-control bg-danger-soft px-2.5 py-1.5 text-danger-ink"
          title={finding.what}
        >
          <Where finding={finding} /> {findingInWords(finding, t, formats)}
        </li>
      ))}
    </ul>
  )
}

function Where({ finding: { index, entry } }: { finding: AuditFinding }) {
  const t = useMessages()
  const formats = useFormats()
  if (index === null && entry === null) return null
  const text = index === null ? t('audit.entry') : t('audit.number.of', { number: formats.integer(index) })
  return Id.safeParse(entry).success && entry ? (
    <TextLink to={logTo({ entry })}>{text}</TextLink>
  ) : (
    <span className="font-medium">{text}</span>
  )
}

/** A kind nobody has put into words yet is told as the verifier tells it. */
function findingInWords({ kind, values, what }: AuditFinding, t: Translate, formats: Formats): string {
  const key = `audit.finding.${kind}` as MessageKey // asked for on the next line
  if (t(key, placeholders(values, formats)) === key) return what
  return t(key, placeholders(values, formats))
}

/** Numbers as one reads them, and as they are for plurals. */
function placeholders(values: AuditFinding['values'], formats: Formats): Record<string, string | number> {
  const shown = Object.entries(values).map(([name, value]) => [
    `${name}Shown`,
    typeof value === 'number' ? formats.integer(value) : value,
  ])
  return { ...values, ...(Object.fromEntries(shown) as Record<string, string>) }
}
