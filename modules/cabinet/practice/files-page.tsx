import { Files, Paperclip, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { addFile, listFiles, maxFileBytes, removeFile, type PracticeFile } from '#contract/cabinet'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { FileLine } from './file-line.tsx'

/** The practice's files: everybody who works here sees them, on every device. */
export function FilesPage() {
  const t = useMessages()
  const may = useMay()
  const mayChange = may('cabinet.files')
  const { data, error, refetch } = useEndpoint(listFiles)
  const [leaving, setLeaving] = useState<PracticeFile | null>(null)
  return (
    <>
      <PageHeader
        title={t('cabinet.files')}
        count={data && t('cabinet.files.count', { total: data.rows.length })}
        primary={mayChange && <AddFile />}
      >
        <p className="text-13 text-ink-muted">{t('cabinet.files.help')}</p>
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <Card>
          <Skeleton width="70%" />
        </Card>
      ) : data.rows.length === 0 ? (
        <EmptyState icon={Files} title={t('cabinet.files.none')}>
          <p>{t('cabinet.files.none.help')}</p>
        </EmptyState>
      ) : (
        <Card>
          <ul className="flex flex-col">
            {data.rows.map((file) => (
              <FileLine key={file.id} file={file}>
                {mayChange && (
                  <IconButton
                    icon={Trash2}
                    size="small"
                    label={t('cabinet.files.remove', { name: file.name })}
                    onClick={() => setLeaving(file)}
                  />
                )}
              </FileLine>
            ))}
          </ul>
        </Card>
      )}
      <RemoveDialog file={leaving} onClose={() => setLeaving(null)} />
    </>
  )
}

function AddFile() {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  // Which one: the window in which it was chosen is gone.
  const refused = (name: string, why: string) =>
    notify.failed({ title: t('cabinet.files.refused', { name }), description: why })
  const add = useEndpoint(addFile, {
    onSuccess: () => notify.done({ title: t('cabinet.files.added') }),
    onError: (error, { query }) => refused(query.name, sentenceOf(error, t)),
  })
  const send = (file: File) => {
    if (file.size > maxFileBytes) return refused(file.name, t('cabinet.files.too-large'))
    // What it is, the server sees from its bytes.
    const bytes = file.slice(0, file.size, 'application/octet-stream')
    add.mutate({ query: { name: file.name.slice(-200) }, file: bytes })
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".pdf,.jpg,.jpeg,.png"
        hidden
        aria-label={t('cabinet.files.choose')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) send(file)
          event.target.value = ''
        }}
      />
      <Button
        variant="primary"
        icon={Paperclip}
        loading={add.isPending}
        onClick={() => input.current?.click()}
      >
        {t(add.isPending ? 'cabinet.files.adding' : 'cabinet.files.add')}
      </Button>
    </>
  )
}

function RemoveDialog({ file, onClose }: { file: PracticeFile | null; onClose: () => void }) {
  const t = useMessages()
  const remove = useEndpoint(removeFile, {
    onSuccess: () => {
      notify.done({ title: t('cabinet.files.removed') })
      onClose()
    },
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <DangerDialog
      open={file !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('cabinet.files.remove.title')}
      description={file && t('cabinet.files.remove.help', { name: file.name })}
      action={t('cabinet.files.remove.submit')}
      loading={remove.isPending}
      onConfirm={() => file && remove.mutate({ params: { id: file.id } })}
    />
  )
}
