import type { AuditEntry } from '#contract/audit'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { objectInWords, objectNamed } from './words.ts'

/** Objects that have a page, by address: their modules know the log, and not the other way round. */
const pages = [
  { objectType: 'client', path: '/clients', needs: 'clients.read' },
  { objectType: 'staff_member', path: '/staff', needs: 'staff.read' },
  { objectType: 'tenant', path: '/tenants', needs: 'tenants.read' },
  { objectType: 'privacy_request', path: '/privacy', needs: 'privacy.read' },
]

/** What an entry is about: by name, by number when they are many, else by kind. */
export function AuditObject({ entry }: { entry: AuditEntry }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { objectType, objectId, objectCount } = entry
  if (objectCount !== null) {
    const shown = formats.integer(objectCount)
    return t('audit.object.counted', { type: objectType, count: objectCount, shown })
  }
  const name = objectNamed(entry, t)
  const text = name ?? objectInWords(objectType, t)
  const title = name === null ? undefined : objectInWords(objectType, t)
  const page = pages.find((one) => one.objectType === objectType)
  if (!page || !objectId || !may(page.needs)) return <span title={title}>{text}</span>
  return (
    // Above the link that a card is as a whole.
    <TextLink to={`${page.path}/${objectId}`} className="relative" {...(title && { title })}>
      {text}
    </TextLink>
  )
}
