import { callSubjects, type CallSubject } from '#contract/calls'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

type SubjectChoiceProps = { value: CallSubject; onChange: (subject: CallSubject) => void }

/** All seven in sight: one tap, or the arrows. */
export function SubjectChoice({ value, onChange }: SubjectChoiceProps) {
  const t = useMessages()
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium text-ink">{t('calls.subject')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {callSubjects.map((subject) => (
          <label
            key={subject}
            className={cx(
              'relative inline-flex h-control-small cursor-pointer items-center rounded-full border px-3 text-13 transition-colors touch:h-10',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
              subject === value
                ? 'border-accent bg-accent-soft font-medium text-accent-ink'
                : 'border-line-strong bg-surface text-ink hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name="subject"
              value={subject}
              checked={subject === value}
              onChange={() => onChange(subject)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {t(`calls.subject.${subject}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
