import { Ban, Eye, LogIn, Pencil } from 'lucide-react'
import type { Access, Act } from '#contract/impersonation'
import { Badge } from '#platform/ui/badge.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { stepsOf, type Step } from './stepping.ts'
import { useDeedWords, usePageWords } from './step-words.ts'

/** What was seen and changed, page by page, as whoever was there went through them. */
export function Steps({ access }: { access: Access & { lines: readonly Act[] } }) {
  const t = useMessages()
  const steps = stepsOf(access.lines)
  if (steps.length === 0)
    return (
      <p className="px-4 py-3 text-13 text-ink-muted">
        {t(
          access.startedAt === null
            ? 'impersonation.practice.lines.not-begun'
            : 'impersonation.practice.lines.none',
        )}
      </p>
    )
  return (
    <ol className="mt-2">
      {steps.map((step) => (
        <StepLine key={step.id} step={step} />
      ))}
    </ol>
  )
}

/** It opens with a key alone. */
const wayIn = '/assistance'

const icons = { came: LogIn, seen: Eye, changed: Pencil, refused: Ban }

function StepLine({ step }: { step: Step }) {
  const t = useMessages()
  const formats = useFormats()
  const pageWords = usePageWords()
  const deedWords = useDeedWords()
  const Icon = icons[step.kind]
  const place = step.page === null ? t('impersonation.practice.no-page') : pageWords(step.page)
  return (
    <li className="flex min-h-11 items-center gap-3 border-t border-line px-4 py-1.5 text-13">
      <time
        dateTime={step.at}
        title={formats.exact(step.at)}
        className="shrink-0 text-12 text-ink-muted tabular-nums"
      >
        {formats.clock(step.at)}
      </time>
      <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
      <span className="min-w-0 flex-1 wrap-anywhere">
        {step.deed && <span className="font-medium">{deedWords(step.deed)}</span>}
        {step.deed && step.kind !== 'came' && ' · '}
        {step.kind !== 'came' &&
          (step.page === null || step.page === wayIn ? (
            <span className="text-ink-muted">{place}</span>
          ) : (
            <TextLink to={step.page}>{place}</TextLink>
          ))}
      </span>
      {step.kind === 'changed' && <Badge tone="warning">{t('impersonation.practice.changed')}</Badge>}
      {step.kind === 'refused' && <Badge tone="danger">{t('impersonation.practice.was-refused')}</Badge>}
    </li>
  )
}
