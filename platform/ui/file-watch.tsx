import { useEffect, useEffectEvent } from 'react'
import { downloadFile, getJob, type Job } from '#platform/contract/jobs.ts'
import { hrefOf } from './call.ts'
import { useEndpoint } from './data.ts'
import { fileOf } from './job-file.ts'
import { type MessageKey, useMessages } from './messages.tsx'
import { notify } from './toast.tsx'

export type FileWatchWords = {
  /** Said of what is not there at once. */
  started?: { title: MessageKey; help: MessageKey }
  done: MessageKey
  /** The download once more. */
  again: MessageKey
  failed: MessageKey
  failedHelp?: (job: Job) => MessageKey
}

/**
 * Waits for the file a job makes while its page is open and downloads it; who left finds it in the job tray.
 *
 * @example {job && <FileWatch key={job} job={job} words={exportWords} onEnd={() => setJob(null)} />}
 */
export function FileWatch({
  job: id,
  words,
  onEnd,
}: {
  job: string
  words: FileWatchWords
  onEnd: () => void
}) {
  const t = useMessages()
  // News say when it is done; asking too holds when the line to them is cut.
  const { data: job } = useEndpoint(getJob, { params: { id } }, { every: 1500 })
  const end = useEffectEvent(() => {
    const file = job && fileOf(job)
    if (file) {
      const download = () => save(hrefOf(downloadFile, { params: { id: file } }))
      download()
      notify.done({ title: t(words.done), action: { label: t(words.again), onSelect: download } })
    } else {
      const help = job && words.failedHelp?.(job)
      notify.failed({ title: t(words.failed), ...(help && { description: t(help) }) })
    }
    onEnd()
  })
  const state = job?.state
  const announce = useEffectEvent(() => {
    const { started } = words
    if (started) notify.told({ title: t(started.title), description: t(started.help) })
  })
  useEffect(() => {
    // A short one is there before it could be announced.
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
