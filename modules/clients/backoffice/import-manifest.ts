/** What the import adds to the module's manifest. */
import { Upload } from 'lucide-react'
// By type alone: the contract comes with the pages.
import type { importJobKind } from '#contract/clients'
import type { Job } from '#platform/contract/jobs.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import { importAddress } from './import-address.ts'

export const importPages: Manifest['pages'] = [
  {
    path: '/clients/import',
    title: 'clients.import.title',
    under: '/clients',
    needs: 'clients.import',
    load: () => import('./import-page.tsx').then((module) => module.ImportPage),
  },
]

export const importJobs: Manifest['jobs'] = {
  ['client-import' satisfies typeof importJobKind]: {
    label: 'clients.import.job',
    detail: (job) => detailOf(job.result),
    result: (job) => ({ label: 'clients.import.job.result', to: importAddress({ job: job.id }) }),
  },
}

/** Read by hand: the code that checks a whole outcome comes with the page. */
function detailOf(result: Job['result']): string | null {
  const name = result?.['fileName']
  return typeof name === 'string' ? name : null
}

export const importCommands: Manifest['commands'] & {} = [
  { label: 'clients.import.title', icon: Upload, to: '/clients/import', needs: 'clients.import' },
]
