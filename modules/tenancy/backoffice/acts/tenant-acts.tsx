/** What can be done with a tenant, from its line, its page and the client's: the same acts under the same conditions. */
import {
  CirclePause,
  CirclePlay,
  FileArchive,
  FileText,
  Flame,
  HardDriveDownload,
  Truck,
  UserRound,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { TenantRow } from '#contract/tenancy'
import type { RowAction } from '#platform/ui/data-table.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { clientTo, tenantTo } from '../addresses.ts'
import { tenantCan } from '../tenant-can.ts'
import { ExportDialog } from './export-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { PurgeDialog } from './purge-dialog.tsx'
import { useQuickActs } from './quick-acts.ts'
import { SuspendDialog } from './suspend-dialog.tsx'
import { FileWatch, type FileWatchWords } from '#platform/ui/file-watch.tsx'

/** What is said of an export as it comes. */
const exportWords: FileWatchWords = {
  started: { title: 'tenancy.export.started', help: 'tenancy.export.started.help' },
  done: 'tenancy.export.done',
  again: 'tenancy.export.again',
  failed: 'tenancy.export.failed',
  failedHelp: ({ errorCode }) =>
    errorCode === 'tenant_export_too_large' ? 'tenancy.export.too-large' : 'tenancy.export.failed.help',
}

type Asked = { act: 'suspend' | 'export' | 'move' | 'purge'; tenant: TenantRow }

export type TenantActs = {
  items: (tenant: TenantRow) => RowAction[]
  /** The same with the ways to its page and its client's, for a line of the list. */
  ofRow: (tenant: TenantRow) => RowAction[]
  /** Stands once on the page. */
  dialog: ReactNode
}

export function useTenantActs(): TenantActs {
  const t = useMessages()
  const may = useMay()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [job, setJob] = useState<string | null>(null)
  const { resume, backUp } = useQuickActs()

  const items = (tenant: TenantRow): RowAction[] => {
    const ask = (act: Asked['act']) => () => setAsked({ act, tenant })
    const all: (RowAction & { when: boolean })[] = [
      {
        when: tenantCan.resume(tenant, may),
        label: t('tenancy.resume'),
        icon: CirclePlay,
        quick: true,
        onSelect: () => resume(tenant),
      },
      {
        when: tenantCan.backUp(tenant, may),
        label: t('tenancy.backup'),
        icon: HardDriveDownload,
        onSelect: () => backUp(tenant),
      },
      {
        when: tenantCan.export(tenant, may),
        label: t('tenancy.export'),
        icon: FileArchive,
        onSelect: ask('export'),
      },
      { when: tenantCan.move(tenant, may), label: t('tenancy.move'), icon: Truck, onSelect: ask('move') },
      {
        when: tenantCan.suspend(tenant, may),
        label: t('tenancy.suspend'),
        icon: CirclePause,
        danger: true,
        group: ' ',
        onSelect: ask('suspend'),
      },
      {
        when: tenantCan.purge(tenant, may),
        label: t('tenancy.purge'),
        icon: Flame,
        danger: true,
        group: ' ',
        onSelect: ask('purge'),
      },
    ]
    return all.flatMap(({ when, ...action }) => (when ? [action] : []))
  }

  const ofRow = (tenant: TenantRow): RowAction[] => [
    { label: t('tenancy.open-page'), icon: FileText, to: tenantTo(tenant.id) },
    ...(tenant.clientId && may('clients.read')
      ? [{ label: t('tenancy.client.see'), icon: UserRound, to: clientTo(tenant.clientId) }]
      : []),
    ...items(tenant),
  ]

  const given = asked && { tenant: asked.tenant, onClose: () => setAsked(null) }
  return {
    items,
    ofRow,
    dialog: (
      <>
        {given && asked.act === 'suspend' && <SuspendDialog {...given} />}
        {given && asked.act === 'export' && <ExportDialog {...given} onStarted={setJob} />}
        {given && asked.act === 'move' && <MoveDialog {...given} />}
        {given && asked.act === 'purge' && <PurgeDialog {...given} />}
        {job && <FileWatch key={job} job={job} words={exportWords} onEnd={() => setJob(null)} />}
      </>
    ),
  }
}
