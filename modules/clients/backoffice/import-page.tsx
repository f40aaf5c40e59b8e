/** Clients from a file: choose it, say which column is what, try, import. Each step has its address. */
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { ImportStep } from './import-address.ts'
import { ImportChoose } from './import-choose.tsx'
import { ImportColumns } from './import-columns.tsx'
import { ImportRun } from './import-run.tsx'

export function ImportPage() {
  const t = useMessages()
  const [{ file, job }] = useUrlState(ImportStep)
  if (job) return <ImportRun id={job} key={job} />
  if (file) return <ImportColumns id={file} key={file} />
  return (
    <>
      <PageHeader title={t('clients.import.title')} />
      <ImportChoose />
    </>
  )
}
