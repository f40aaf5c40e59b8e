import { Megaphone, Plus } from 'lucide-react'
import { useState } from 'react'
import { type Announcement, announcementStates, listAnnouncements } from '#contract/announcements'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { AnnouncementForm } from './announcement-form.tsx'
import { AnnouncementLine } from './announcement-line.tsx'

/** What practices read today, what they will, and what they did. */
export function AnnouncementsPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listAnnouncements)
  const [open, setOpen] = useState<Announcement | 'new' | null>(null)
  const write = (
    <Button variant="primary" icon={Plus} onClick={() => setOpen('new')}>
      {t('announcements.new')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('announcements.title')}
        count={data && t('announcements.count', { count: data.rows.length })}
        primary={write}
      />
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && (
        <Card>
          <Skeleton height={120} width="100%" />
        </Card>
      )}
      {data?.rows.length === 0 && (
        <EmptyState icon={Megaphone} title={t('announcements.empty')} action={write}>
          <p>{t('announcements.empty.help')}</p>
        </EmptyState>
      )}
      <div className="flex flex-col gap-4">
        {announcementStates.map((state) => {
          const rows = data?.rows.filter((row) => row.state === state) ?? []
          if (rows.length === 0) return null
          return (
            <Card key={state} flush title={t(`announcements.state.${state}.heading`)}>
              <ul>
                {rows.map((row) => (
                  <AnnouncementLine key={row.id} announcement={row} onEdit={() => setOpen(row)} />
                ))}
              </ul>
            </Card>
          )
        })}
      </div>
      {open && <AnnouncementForm announcement={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}
