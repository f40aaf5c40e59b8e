import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { uploadClientImport } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { FormErrors } from '#platform/ui/form.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { importAddress } from './import-address.ts'

/** Sends the file as soon as it is chosen; what is wrong with it is said in place, and another one can be tried. */
export function ImportChoose() {
  const t = useMessages()
  const go = useGo()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const upload = useEndpoint(uploadClientImport, { onSuccess: ({ id }) => go(importAddress({ file: id })) })

  const send = (file: File | undefined) => {
    if (file && !upload.isPending) upload.mutate({ query: { name: file.name }, file: asCsv(file) })
  }
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(isOver)
  }

  return (
    <div className="flex max-w-2xl flex-col gap-4">
      {upload.error && <FormErrors error={upload.error} />}
      {/* A pointer's shortcut: the button inside does the same for everybody. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event)
          send(event.dataTransfer.files[0])
        }}
        className={cx(
          'flex flex-col items-center gap-3 rounded-card border border-dashed px-4 py-12 text-center',
          over ? 'border-accent bg-accent-soft' : 'border-control bg-surface',
        )}
      >
        <h2 className="text-14 font-semibold">{t('clients.import.choose.title')}</h2>
        <p className="text-13 text-ink-muted">{t('clients.import.choose.drop')}</p>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          hidden
          aria-label={t('clients.import.choose')}
          onChange={(event) => {
            send(event.target.files?.[0])
            // The same file, mended, may be chosen again.
            event.target.value = ''
          }}
        />
        <Button
          variant="primary"
          icon={FileUp}
          loading={upload.isPending}
          onClick={() => input.current?.click()}
        >
          {t(upload.isPending ? 'clients.import.reading' : 'clients.import.choose')}
        </Button>
        <p className="max-w-md text-12 text-ink-muted">{t('clients.import.choose.help')}</p>
      </div>
    </div>
  )
}

/** What a system calls a .csv varies with what is installed on it; what it holds is for the server to say. */
function asCsv(file: File): Blob {
  return file.slice(0, file.size, 'text/csv')
}
