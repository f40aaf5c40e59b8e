/** What the import adds to the module's manifest. */
import { Upload } from 'lucide-react'
import { importJobKind } from '#contract/clients'
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
  [importJobKind]: {
    label: 'clients.import.job',
    result: (job) => ({ label: 'clients.import.job.result', to: importAddress({ job: job.id }) }),
  },
}

export const importCommands: Manifest['commands'] & {} = [
  { label: 'clients.import.title', icon: Upload, to: '/clients/import', needs: 'clients.import' },
]
