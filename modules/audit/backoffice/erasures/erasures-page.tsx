/** What personal data the log still holds, for how long, and the proof of what it holds no more. */
import { Eraser } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { LogTabs } from '../log-tabs.tsx'
import { ErasureList } from './erasure-list.tsx'
import { NewErasure } from './new-erasure.tsx'
import { RetentionCard } from './retention-card.tsx'

export function ErasuresPage() {
  const t = useMessages()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <PageHeader
        title={t('audit.erasures.title')}
        primary={
          may('audit.erase') && (
            <Button variant="primary" icon={Eraser} onClick={() => setAsking(true)}>
              {t('audit.erasures.new')}
            </Button>
          )
        }
      >
        <p className="max-w-160 text-13 text-ink-muted">{t('audit.erasures.intro')}</p>
        <LogTabs />
      </PageHeader>
      <div className="flex flex-col gap-4">
        {may('audit.erase') && <RetentionCard />}
        <ErasureList />
      </div>
      {asking && <NewErasure onClose={() => setAsking(false)} />}
    </>
  )
}
