import { uploadClientImport } from '#contract/clients'
import { useEndpoint } from '#platform/ui/data.ts'
import { FileDrop } from '#platform/ui/file-drop.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { importAddress } from './import-address.ts'

/** Sends the file as soon as it is chosen; what is wrong with it is said in place, and another one can be tried. */
export function ImportChoose() {
  const t = useMessages()
  const go = useGo()
  const upload = useEndpoint(uploadClientImport, { onSuccess: ({ id }) => go(importAddress({ file: id })) })
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      {upload.error && <FormErrors error={upload.error} />}
      <FileDrop
        label={t('clients.import.choose')}
        says={t(upload.isPending ? 'clients.import.reading' : 'clients.import.choose')}
        accept=".csv,.txt,text/csv,text/plain"
        busy={upload.isPending}
        onFile={(file) => upload.mutate({ query: { name: file.name }, file: asCsv(file) })}
        below={<p className="max-w-md text-12 text-ink-muted">{t('clients.import.choose.help')}</p>}
      >
        <h2 className="text-14 font-semibold">{t('clients.import.choose.title')}</h2>
        <p className="text-13 text-ink-muted">{t('clients.import.choose.drop')}</p>
      </FileDrop>
    </div>
  )
}

/** What a system calls a .csv varies with what is installed on it; what it holds is for the server to say. */
function asCsv(file: File): Blob {
  return file.slice(0, file.size, 'text/csv')
}
