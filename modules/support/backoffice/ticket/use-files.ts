import { useEffect, useEffectEvent, useState } from 'react'
import {
  addTicketAttachment,
  attachmentLimit,
  attachmentTypes,
  removeTicketAttachment,
  type TicketAttachment,
} from '#contract/support'
import { call } from '#platform/ui/call.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Some systems do not say what these are, or call them otherwise; the server looks at their bytes. */
const byEnding: Record<string, (typeof attachmentTypes)[number]> = {
  csv: 'text/csv',
  txt: 'text/plain',
  log: 'text/plain',
  zip: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ods: 'application/vnd.oasis.opendocument.text',
}

function typed(file: File): Blob | null {
  const type =
    attachmentTypes.find((known) => known === file.type) ??
    byEnding[file.name.split('.').at(-1)?.toLowerCase() ?? '']
  return type ? file.slice(0, file.size, type) : null
}

type FilesOptions = {
  /** There is no such ticket yet: the message will open it. */
  begins?: boolean
  /** Where whoever writes keeps which they are. */
  onKept?: (files: readonly TicketAttachment[]) => void
}

/** The files of the message one is writing, and those on their way. */
export function useFiles(
  ticketId: string,
  initial: readonly TicketAttachment[],
  { begins = false, onKept }: FilesOptions = {},
) {
  const t = useMessages()
  /** What is said of refused files, until the message goes without them. */
  const about = `files of ${ticketId}`
  const [files, setFiles] = useState(initial)
  const kept = useEffectEvent(() => onKept?.(files))
  useEffect(() => kept(), [files])
  // A letter that was sent leaves its form.
  useEffect(() => () => notify.over(about), [about])
  const [coming, setComing] = useState<readonly string[]>([])
  const params = { id: ticketId }

  const send = async (file: File) => {
    const bytes = typed(file)
    if (!bytes) return notify.failed({ about, title: t('support.file.refused', { name: file.name }) })
    if (file.size > attachmentLimit.bytes)
      return notify.failed({ about, title: t('support.file.too-large', { name: file.name }) })
    setComing((before) => [...before, file.name])
    try {
      const query = {
        name: file.name.slice(-255) || t('support.file.pasted'),
        ...(begins && { begins: 'yes' as const }),
      }
      const added = await call(addTicketAttachment, { params, query, file: bytes })
      setFiles((before) => [...before, added])
    } catch (error) {
      notify.failed({
        about,
        title: t('support.file.failed', { name: file.name }),
        description: sentenceOf(error, t),
      })
    } finally {
      setComing((before) => before.toSpliced(before.indexOf(file.name), 1))
    }
  }
  return {
    files,
    coming,
    set: (next: readonly TicketAttachment[]) => {
      notify.over(about)
      setFiles(next)
    },
    add: (chosen: readonly File[]) => {
      const room = attachmentLimit.count - files.length - coming.length
      if (chosen.length > room)
        notify.failed({ about, title: t('support.file.too-many', { most: attachmentLimit.count }) })
      for (const file of chosen.slice(0, Math.max(0, room))) void send(file)
    },
    remove: (file: TicketAttachment) => {
      setFiles((before) => before.filter(({ id }) => id !== file.id))
      call(removeTicketAttachment, { params: { ...params, attachmentId: file.id } }).catch(
        (error: unknown) => {
          setFiles((before) => [...before, file])
          notify.failed({ title: sentenceOf(error, t) })
        },
      )
    },
  }
}

export type Files = ReturnType<typeof useFiles>
