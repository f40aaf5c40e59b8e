import {
  ArchiveRestore,
  ArrowRightLeft,
  DatabaseZap,
  Flame,
  HardDriveDownload,
  type LucideIcon,
  Truck,
} from 'lucide-react'
import { createElement } from 'react'
import type { Tenant, TenantWork } from '#contract/tenancy'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { kindInWords, troubleInWords, workInWords } from '../work-words.ts'
import { Again } from './again.tsx'

const icons: Record<TenantWork['kind'], LucideIcon> = {
  provision: DatabaseZap,
  backup: HardDriveDownload,
  restore: ArchiveRestore,
  switch: ArrowRightLeft,
  move: Truck,
  purge: Flame,
}

const tones: Record<TenantWork['state'], Tone> = {
  waiting: 'neutral',
  running: 'info',
  done: 'success',
  failed: 'danger',
}

/** What was done to its databases, newest first: how far it is, and why it failed, in words. */
export function WorksCard({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const { works } = tenant
  return (
    <Card title={t('tenancy.card.works')}>
      {works.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('tenancy.works.none')}</p>
      ) : (
        <ol className="mt-1 flex flex-col">
          {works.map((work, index) => (
            // What failed before something else was done to it is over.
            <Work key={work.id} work={work} of={index === 0 ? tenant : undefined} />
          ))}
        </ol>
      )}
    </Card>
  )
}

type WorkProps = { work: TenantWork; of: Tenant | undefined }

function Work({ work, of }: WorkProps) {
  const t = useMessages()
  const isRunning = work.state === 'running'
  return (
    <li className="group relative flex gap-3 pb-4 text-13 last:pb-0">
      {/* The thread from one work to the one before it. */}
      <span
        aria-hidden
        className="absolute top-6 bottom-0 left-3 w-px -translate-x-1/2 bg-line group-last:hidden"
      />
      <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-neutral-soft text-neutral-ink">
        {createElement(icons[work.kind], { 'aria-hidden': true, size: 13 })}
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          {/* How far it is stands on top of the page. */}
          <p className="min-w-0 font-medium">{isRunning ? workInWords(work, t) : kindInWords(work, t)}</p>
          <Badge tone={tones[work.state]}>{t(`tenancy.work.state.${work.state}`)}</Badge>
          <p className="ml-auto text-12 text-ink-muted max-sm:ml-0 max-sm:basis-full">
            <DateText value={work.endedAt ?? work.askedAt} show="both" />
          </p>
        </div>
        <p className="text-12 text-ink-muted">
          {work.askedBy ? t('tenancy.work.asked-by', { name: work.askedBy }) : t('tenancy.work.by-itself')}
        </p>
        {work.state === 'failed' && <Trouble work={work} of={of} />}
      </div>
    </li>
  )
}

function Trouble({ work, of }: WorkProps) {
  const t = useMessages()
  return (
    <div className="mt-1 rounded-control bg-danger-soft px-2.5 py-1.5 text-danger-ink">
      <p>{troubleInWords(work, t)}</p>
      {work.errorDetail && (
        <details className="mt-1 text-12">
          <summary className="w-fit cursor-pointer rounded-small">{t('tenancy.work.detail')}</summary>
          <code className="mt-1 block font-mono break-words whitespace-pre-wrap">{work.errorDetail}</code>
        </details>
      )}
      {of && <Again tenant={of} kind={work.kind} />}
    </div>
  )
}
