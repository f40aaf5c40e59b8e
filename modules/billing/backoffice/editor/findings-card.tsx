/** What stands between a draft and its number, each with its source and the way to mend it. */
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { Finding } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { settingsTo } from '../addresses.ts'
import { type Fault, type Mending, mendingOf, wordsOf } from './findings.ts'

type FindingsCardProps = {
  /** What is not saved as it stands: nothing is finalised before. */
  faults: readonly Fault[]
  /** Undefined while it is looked for. */
  findings: readonly Finding[] | undefined
  /** Of the lines as they were checked. */
  keys: readonly string[]
  onMend: (mending: NonNullable<Mending>) => void
}

export function FindingsCard({ faults, findings, keys, onMend }: FindingsCardProps) {
  const t = useMessages()
  const faulty = new Set(faults.map(({ mending }) => (mending?.at === 'line' ? mending.key : '')))
  const ordered = findings
    // Of a line that is not saved as it stands, what was checked is not what stands.
    ?.filter(({ field }) => {
      const mending = mendingOf(field, keys)
      return mending?.at !== 'line' || !faulty.has(mending.key)
    })
    .toSorted((one, other) => rank(one) - rank(other))
  return (
    <Card title={t('billing.editor.check')} flush>
      {!ordered ? (
        <div className="px-4 pb-4">
          <Skeleton width="70%" />
        </div>
      ) : ordered.length + faults.length === 0 ? (
        <p className="flex items-center gap-2 px-4 pb-4 text-13 text-ink-muted">
          <CircleCheck aria-hidden size={16} className="shrink-0 text-success" />
          {t('billing.editor.check.none')}
        </p>
      ) : (
        <ul className="pb-1">
          {faults.map(({ place, mending, sentence }) => (
            <Line
              key={place}
              isError
              title={t('billing.editor.check.unsaved')}
              mend={sentence}
              mending={mending}
              onMend={onMend}
            />
          ))}
          {ordered.map((finding) => (
            <FindingLine
              key={`${finding.rule} ${finding.field}`}
              finding={finding}
              mending={mendingOf(finding.field, keys)}
              onMend={onMend}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

const rank = ({ severity }: Finding) => (severity === 'error' ? 0 : 1)

type FindingLineProps = { finding: Finding; mending: Mending; onMend: FindingsCardProps['onMend'] }

function FindingLine({ finding, mending, onMend }: FindingLineProps) {
  const t = useMessages()
  return (
    <Line
      isError={finding.severity === 'error'}
      {...wordsOf(finding, t)}
      reference={finding.reference}
      mending={mending}
      onMend={onMend}
    />
  )
}

type LineProps = {
  isError: boolean
  title: string
  mend: string
  /** The article or the rule. */
  reference?: string
  mending: Mending
  onMend: FindingsCardProps['onMend']
}

function Line({ isError, title, mend, reference, mending, onMend }: LineProps) {
  const t = useMessages()
  const may = useMay()
  const Icon = isError ? CircleX : TriangleAlert
  return (
    <li className="flex gap-2 border-t border-line px-4 py-2.5 text-13">
      <Icon
        aria-label={t(isError ? 'billing.editor.check.error' : 'billing.editor.check.warning')}
        size={16}
        className={isError ? 'mt-0.5 shrink-0 text-danger' : 'mt-0.5 shrink-0 text-warning'}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-ink-muted">{mend}</p>
        {reference !== undefined && <p className="mt-0.5 text-12 text-ink-muted">{reference}</p>}
      </div>
      {mending?.at === 'settings'
        ? may('billing.settings') && (
            <ButtonLink size="small" to={settingsTo(mending.kind)}>
              {t('billing.editor.check.mend')}
            </ButtonLink>
          )
        : mending && (
            <Button size="small" onClick={() => onMend(mending)}>
              {t('billing.editor.check.mend')}
            </Button>
          )}
    </li>
  )
}
