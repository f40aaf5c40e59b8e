import { FileDown } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useState } from 'react'
import { prepareCopy, type PrivacyRequest } from '#contract/privacy'
import { downloadFile, getJob } from '#platform/contract/jobs.ts'
import { Button } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { copiedFile } from './copied-file.ts'
import { copyWaitsFor } from './request-can.ts'

/** The person's data as a file; the one who prepares it hands it over. What it waits for is said. */
export function CopyCard({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const why = useId()
  const waitsFor = copyWaitsFor(request)
  const [job, setJob] = useState<string | null>(null)
  const prepare = useEndpoint(prepareCopy, {
    onSuccess: ({ jobId }) => setJob(jobId),
    onError: (error) => {
      if (error.code !== 'step_up_required') notify.failed({ title: sentenceOf(error, t) })
    },
  })
  return (
    <Card title={t('privacy.card.copy')}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          icon={FileDown}
          disabled={waitsFor !== null}
          aria-describedby={why}
          loading={prepare.isPending || job !== null}
          onClick={() => prepare.mutate({ params: { id: request.id } })}
        >
          {t('privacy.copy')}
        </Button>
        <p id={why} className={waitsFor ? 'min-w-0 flex-1 basis-60 text-13 text-warning-ink' : 'sr-only'}>
          {waitsFor && t(`privacy.copy.waits.${waitsFor}`)}
        </p>
      </div>
      <p className="mt-2 text-12 text-ink-muted">{t('privacy.copy.help')}</p>
      {job && <CopyWatch key={job} job={job} onEnd={() => setJob(null)} />}
    </Card>
  )
}

/** Waits for the copy while its page is open and downloads it; who left finds it in the job tray. */
function CopyWatch({ job: id, onEnd }: { job: string; onEnd: () => void }) {
  const t = useMessages()
  // News say when it is done; asking too holds when the line to them is cut.
  const { data: job } = useEndpoint(getJob, { params: { id } }, { every: 1500 })
  const end = useEffectEvent(() => {
    const file = job && copiedFile(job)
    if (file) {
      const download = () => save(hrefOf(downloadFile, { params: { id: file } }))
      download()
      notify.done({
        title: t('privacy.copy.done'),
        action: { label: t('privacy.copy.again'), onSelect: download },
      })
    } else notify.failed({ title: t('privacy.copy.failed') })
    onEnd()
  })
  const state = job?.state
  useEffect(() => {
    if (state === 'done' || state === 'failed') end()
  }, [state])
  return null
}

function save(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
