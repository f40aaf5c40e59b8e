import { ExternalLink, Megaphone, X } from 'lucide-react'
import { useState } from 'react'
import { getMessagesOfTheDay } from '#contract/announcements'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'

/** What the vendor has to say today; once closed it stays closed in this browser. */
export function MessagesOfTheDay() {
  const t = useMessages()
  const { id: member } = useSession()
  const { data } = useEndpoint(getMessagesOfTheDay)
  const place = `announcements.closed.${member}`
  const [closed, setClosed] = useState<readonly string[]>(() => readClosed(place))
  const shown = data?.rows.filter(({ id }) => !closed.includes(id)) ?? []
  return shown.map(({ id, body, link, language }) => (
    <section
      key={id}
      aria-label={t('announcements.of-the-day')}
      className="flex items-start gap-3 rounded-card border border-line bg-info-soft px-4 py-3 text-13 text-info-ink"
    >
      <Megaphone aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <p lang={language} className="max-w-prose whitespace-pre-line wrap-anywhere">
          {body}
        </p>
        {link && (
          <a
            href={link}
            target="_blank"
            rel="noreferrer"
            className="mt-1 inline-flex items-center gap-1 font-medium underline underline-offset-2"
          >
            {t('announcements.more')}
            <ExternalLink aria-hidden size={12} />
          </a>
        )}
      </div>
      <IconButton
        icon={X}
        size="small"
        label={t('announcements.close')}
        onClick={() => {
          const next = [...closed, id].slice(-50)
          setClosed(next)
          localStorage.setItem(place, JSON.stringify(next))
        }}
      />
    </section>
  ))
}

function readClosed(place: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
