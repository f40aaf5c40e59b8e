import { CircleAlert } from 'lucide-react'
import type { MissingMention } from '#contract/fees'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'

/** What the law wants said on a note and nobody told yet, with the way to tell it. */
export function MissingMentions({ fields }: { fields: readonly MissingMention[] }) {
  const t = useMessages()
  const may = useMay()
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink"
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{t('fees.note.missing')}</p>
        <ul className="mt-1 list-disc pl-4">
          {fields.map((field) => (
            <li key={field}>{t(`fees.note.missing.${field}`)}</li>
          ))}
        </ul>
        {may('cabinet.manage') && (
          <p className="mt-2">
            <TextLink to="/settings">{t('fees.note.missing.settings')}</TextLink>
          </p>
        )}
      </div>
    </div>
  )
}
