import { ArrowRight } from 'lucide-react'
import { channels, requestKinds, type Step } from '#contract/privacy'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { type MessageKey, type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { groundInWords } from './request-words.tsx'

/** What was told with a step, line by line. */
export function StepDetails({ step }: { step: Step }) {
  const t = useMessages()
  const formats = useFormats()
  const lines = linesOf(step, t, formats)
  return (
    <>
      {lines.length > 0 && <p className="text-12 text-ink-muted">{lines.join(' · ')}</p>}
      {step.note && step.kind !== 'copy_prepared' && (
        <p className="mt-1 rounded-control bg-sunken px-2.5 py-1.5 break-words whitespace-pre-wrap">
          {step.note}
        </p>
      )}
      {step.changes && <Changes changes={step.changes} />}
    </>
  )
}

function linesOf({ kind, on, method, outcome, ground, proof, note }: Step, t: Translate, formats: Formats) {
  const day = on && dayKeys[kind]
  return [
    outcome && t(`privacy.outcome.${outcome}`),
    ground && groundInWords(ground, t),
    method && t(`privacy.identity.method.${method}`),
    day && t(day, { day: formats.day(on) }),
    proof,
    kind === 'copy_prepared' && note && t('privacy.step.sha256', { sha256: `${note.slice(0, 16)}…` }),
  ].filter((line): line is string => Boolean(line))
}

const dayKeys: Partial<Record<Step['kind'], MessageKey>> = {
  received: 'privacy.step.on.received',
  proof_demanded: 'privacy.step.on.proof_demanded',
  identity_checked: 'privacy.step.on.identity_checked',
  extended: 'privacy.step.on.extended',
  answered: 'privacy.step.on.answered',
}

function Changes({ changes }: { changes: NonNullable<Step['changes']> }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <dl className="mt-1 flex flex-col gap-0.5 text-12">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="flex flex-wrap items-center gap-x-1.5">
          <dt className="text-ink-muted">{fieldInWords(field, t)}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-1.5">
            <span className="break-words line-through">{valueInWords(field, before, t, formats)}</span>
            <ArrowRight aria-hidden size={12} className="shrink-0 text-ink-faint" />
            <span className="break-words">{valueInWords(field, after, t, formats)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function fieldInWords(field: string, t: Translate): string {
  const key = `privacy.field.${field}` as MessageKey // asked for on the next line
  const known = t(key)
  return known === key ? field : known
}

function valueInWords(field: string, value: unknown, t: Translate, formats: Formats): string {
  if (typeof value !== 'string' || value === '') return MISSING
  const kind = requestKinds.find((one) => one === value)
  if (field === 'kind' && kind) return t(`privacy.kind.${kind}`)
  const channel = channels.find((one) => one === value)
  if (field === 'channel' && channel) return t(`privacy.channel.${channel}`)
  if (field.endsWith('On')) return formats.day(value)
  // An id tells a person nothing but that there is one.
  return field === 'clientId' ? `…${value.slice(-8)}` : value
}
