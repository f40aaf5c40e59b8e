import { Eraser, ScrollText, ShieldCheck } from 'lucide-react'
// By type alone: the contract comes with the pages.
import type { auditExportJobKind } from '#contract/audit'
import { fileOf } from '#platform/ui/job-file.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import { part } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'
import type fr from '../messages/fr.json'
import { erasuresTo, integrityTo } from './addresses.ts'
import { exportedWhat, verifiedWhat } from './exported-file.ts'
import type { ObjectTimelineProps } from './object-timeline.tsx'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'audit.read'

/** What the log says of one object, for the object's own page; for holders of `audit.read`. */
export const objectTimeline = part<ObjectTimelineProps>(() =>
  withWords(
    ['audit', 'access'],
    import('./object-timeline.tsx').then((module) => module.ObjectTimeline),
  ),
)

export const backoffice: Manifest = {
  pages: [
    {
      path: '/audit',
      title: 'audit.title',
      needs,
      load: () => import('./log/audit-log.tsx').then((module) => module.AuditLog),
    },
    {
      path: '/audit/integrity',
      title: 'audit.integrity.title',
      under: '/audit',
      needs,
      load: () => import('./integrity/integrity-page.tsx').then((module) => module.IntegrityPage),
    },
    {
      path: '/audit/erasures',
      title: 'audit.erasures.title',
      under: '/audit',
      needs,
      load: () => import('./erasures/erasures-page.tsx').then((module) => module.ErasuresPage),
    },
  ],
  borrows: ['access'],
  menu: [
    {
      group: 'shell.group.administration',
      label: 'audit.title',
      icon: ScrollText,
      to: '/audit',
      needs,
      shortcut: 'g j',
    },
  ],
  commands: [
    { label: 'audit.integrity.title', icon: ShieldCheck, to: integrityTo, needs, shortcut: 'g i' },
    { label: 'audit.erasures.title', icon: Eraser, to: erasuresTo, needs },
  ],
  jobs: {
    ['audit_export' satisfies typeof auditExportJobKind]: {
      label: 'audit.export.job',
      detail: exportedWhat,
      result: (job) => {
        const download = fileOf(job)
        return download ? { label: 'audit.export.download', download } : null
      },
    },
    audit_verification: {
      label: 'audit.verification.job',
      detail: verifiedWhat,
      result: () => ({ label: 'audit.verification.see', to: integrityTo }),
    },
  },
  landing: { auditor: '/audit' },
}
