import { Pencil, RotateCcw, Trash2 } from 'lucide-react'
import {
  type Announcement,
  type AnnouncementState,
  removeAnnouncement,
  restoreAnnouncement,
} from '#contract/announcements'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

const tones: Record<AnnouncementState, Tone> = {
  current: 'success',
  planned: 'info',
  over: 'neutral',
  removed: 'neutral',
}

export function AnnouncementLine({
  announcement,
  onEdit,
}: {
  announcement: Announcement
  onEdit: () => void
}) {
  const t = useMessages()
  const { id, bodyFr, bodyEn, link, fromOn, untilOn, audience, state, createdBy } = announcement
  const params = { id }
  const restore = useEndpoint(restoreAnnouncement)
  const remove = useEndpoint(removeAnnouncement, {
    onSuccess: () =>
      notify.done({ title: t('announcements.removed'), undo: () => restore.mutate({ params }) }),
  })
  return (
    <li className="flex items-start gap-3 border-t border-line px-4 py-3 text-13 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="max-w-prose whitespace-pre-line wrap-anywhere">{bodyFr}</p>
        {bodyEn !== '' && (
          <p lang="en" className="mt-1 max-w-prose whitespace-pre-line wrap-anywhere text-ink-muted">
            {bodyEn}
          </p>
        )}
        {link && (
          <a
            href={link}
            rel="noreferrer"
            className="mt-1 inline-block wrap-anywhere underline underline-offset-2"
          >
            {link}
          </a>
        )}
        <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-muted">
          <Badge tone={tones[state]}>{t(`announcements.state.${state}`)}</Badge>
          <span>
            <DateText value={fromOn} /> – <DateText value={untilOn} />
          </span>
          <span>{t(`announcements.audience.${audience}`)}</span>
          {createdBy && <span>{t('announcements.by', { name: createdBy })}</span>}
        </p>
      </div>
      {state === 'removed' ? (
        <IconButton
          icon={RotateCcw}
          label={t('announcements.restore')}
          onClick={() => restore.mutate({ params })}
        />
      ) : (
        <>
          <IconButton icon={Pencil} label={t('announcements.edit')} onClick={onEdit} />
          <IconButton
            icon={Trash2}
            label={t('announcements.remove')}
            onClick={() => remove.mutate({ params })}
          />
        </>
      )}
    </li>
  )
}
