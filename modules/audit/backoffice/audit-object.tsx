import type { AuditEntry } from '#contract/audit'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { objectInWords } from './words.ts'

/** What an entry is about: by name, by number when they are many, else by kind. */
export function AuditObject({ entry }: { entry: AuditEntry }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { objectType, objectId, objectName, objectCount } = entry
  if (objectCount !== null) {
    const shown = formats.integer(objectCount)
    return t('audit.object.counted', { type: objectType, count: objectCount, shown })
  }
  const text = objectName ?? objectInWords(objectType, t)
  const title = objectName === null ? undefined : objectInWords(objectType, t)
  if (objectType !== 'client' || !objectId || !may('clients.read')) return <span title={title}>{text}</span>
  return (
    // Above the link that a card is as a whole.
    <TextLink to={`/clients/${objectId}`} className="relative" {...(title && { title })}>
      {text}
    </TextLink>
  )
}
