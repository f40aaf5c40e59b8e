import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  clientKinds,
  clientStatuses,
  type ImportOutcome,
  rowCodes,
  startClientImport,
} from '#contract/clients'
import { downloadFile } from '#platform/contract/jobs.ts'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { FormErrors } from '#platform/ui/form.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { listTo } from './addresses.ts'
import { importAddress } from './import-address.ts'
import { ImportRejected } from './import-rejected.tsx'

/** Where the clients of an import stand first. */
const lastCreated = listTo({ sort: '-created' })

/** What came of a trial or an import, and the next step of each. */
export function ImportResult({ outcome }: { outcome: ImportOutcome }) {
  const t = useMessages()
  const go = useGo()
  const { dryRun, fileId, mapping, accepted } = outcome
  const start = useEndpoint(startClientImport, {
    onSuccess: ({ jobId }) => go(importAddress({ job: jobId })),
  })
  return (
    <>
      <PageHeader
        title={t(
          accepted === 0
            ? 'clients.import.outcome.nothing'
            : dryRun
              ? 'clients.import.outcome.dry'
              : 'clients.import.outcome.real',
        )}
        secondary={
          dryRun ? (
            <ButtonLink to={importAddress({ file: fileId })}>
              {t('clients.import.outcome.columns')}
            </ButtonLink>
          ) : (
            // When nothing was accepted it is the first thing to do.
            accepted > 0 && <ButtonLink to={importAddress({})}>{t('clients.import.other-file')}</ButtonLink>
          )
        }
        primary={
          accepted === 0 ? (
            <ButtonLink variant="primary" to={importAddress({})}>
              {t('clients.import.other-file')}
            </ButtonLink>
          ) : dryRun ? (
            <Button
              variant="primary"
              loading={start.isPending}
              onClick={() => start.mutate({ params: { id: fileId }, body: { mapping, dryRun: false } })}
            >
              {t('clients.import.outcome.import', { count: accepted })}
            </Button>
          ) : (
            <ButtonLink variant="primary" to={lastCreated}>
              {t('clients.import.outcome.clients')}
            </ButtonLink>
          )
        }
      >
        <p className="text-13 text-ink-muted">
          {t('clients.import.outcome.file', { name: outcome.fileName, rows: outcome.rows })}
        </p>
      </PageHeader>
      <div className="flex flex-col gap-4">
        {start.error && <FormErrors error={start.error} />}
        <Figures outcome={outcome} />
        {outcome.rejected > 0 && <Reasons outcome={outcome} />}
        {outcome.rejectedList && <ImportRejected id={outcome.rejectedList} outcome={outcome} />}
        <p>
          <FileLink id={outcome.reportFile}>{t('clients.import.outcome.report-file')}</FileLink>
        </p>
      </div>
    </>
  )
}

function Figures({ outcome }: { outcome: ImportOutcome }) {
  const t = useMessages()
  const { accepted_by_status: byStatus, accepted_by_kind: byKind } = outcome
  const statuses = clientStatuses.map((status) =>
    t('clients.import.outcome.of', { count: byStatus[status], word: t(`clients.status.${status}`) }),
  )
  const kinds = clientKinds.map((kind) =>
    t('clients.import.outcome.of', { count: byKind[kind], word: t(`clients.kind.${kind}`) }),
  )
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      <Figure label={t('clients.import.outcome.accepted')} value={outcome.accepted}>
        <p>{statuses.join(' · ')}</p>
        <p>{kinds.join(' · ')}</p>
      </Figure>
      <Figure label={t('clients.import.outcome.rejected')} value={outcome.rejected}>
        {outcome.rejectedFile && (
          <FileLink id={outcome.rejectedFile}>{t('clients.import.outcome.rejected-file')}</FileLink>
        )}
      </Figure>
      <Figure label={t('clients.import.outcome.warned')} value={outcome.warned}>
        {outcome.warned > 0 && t('clients.import.outcome.warned.help')}
      </Figure>
    </div>
  )
}

function Figure({ label, value, children }: { label: string; value: number; children: ReactNode }) {
  const formats = useFormats()
  return (
    <Card title={label}>
      <p className="text-20 font-semibold tabular-nums">{formats.integer(value)}</p>
      <div className="mt-1 text-12 text-ink-muted">{children}</div>
    </Card>
  )
}

function Reasons({ outcome }: { outcome: ImportOutcome }) {
  const t = useMessages()
  const formats = useFormats()
  const reasons = rowCodes
    .map((code) => ({ code, count: outcome.rejectedByCode[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count)
  return (
    <Card title={t('clients.import.outcome.reasons')} flush>
      <ul className="mt-2 divide-y divide-line border-t border-line text-13">
        {reasons.map(({ code, count }) => (
          <li key={code} className="flex gap-3 px-4 py-2">
            <span className="w-8 shrink-0 text-right font-medium tabular-nums">{formats.integer(count)}</span>
            <span className="min-w-0">{t(`clients.import.codes.${code}`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function FileLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <a href={hrefOf(downloadFile, { params: { id } })} download className={buttonClass({ size: 'small' })}>
      <Download aria-hidden size={16} className="shrink-0" />
      {children}
    </a>
  )
}
