import { useEffect, useEffectEvent } from 'react'
import { downloadFile, getJob } from '#platform/contract/jobs.ts'
import { hrefOf } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { exportedFile } from '../exported-file.ts'

type ExportWatchProps = { job: string; onEnd: () => void }

/** Waits for an export while its page is open and downloads it; who left finds it in the job tray. */
export function ExportWatch({ job: id, onEnd }: ExportWatchProps) {
  const t = useMessages()
  // News say when it is done; asking too holds when the line to them is cut.
  const { data: job } = useEndpoint(getJob, { params: { id } }, { every: 1500 })
  const end = useEffectEvent(() => {
    const file = job && exportedFile(job)
    if (file) {
      const download = () => save(hrefOf(downloadFile, { params: { id: file } }))
      download()
      notify.done({
        title: t('tenancy.export.done'),
        action: { label: t('tenancy.export.again'), onSelect: download },
      })
    } else {
      const help =
        job?.errorCode === 'tenant_export_too_large'
          ? 'tenancy.export.too-large'
          : 'tenancy.export.failed.help'
      notify.failed({ title: t('tenancy.export.failed'), description: t(help) })
    }
    onEnd()
  })
  const state = job?.state
  // A small practice is written before it could be announced.
  const announce = useEffectEvent(() =>
    notify.told({ title: t('tenancy.export.started'), description: t('tenancy.export.started.help') }),
  )
  useEffect(() => {
    const timer = setTimeout(announce, 1500)
    return () => clearTimeout(timer)
  }, [])
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
