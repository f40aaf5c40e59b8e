import { useState } from 'react'
import { listStaff, type StaffMember } from '#contract/identity'
import { call } from '#platform/ui/call.ts'
import { csvFile } from '#platform/ui/csv-file.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import type { Formats } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { saveFile } from '#platform/ui/save-file.ts'
import { notify } from '#platform/ui/toast.tsx'
import type { StaffFilters } from './addresses.ts'
import { factorCount } from './factor-icons.tsx'
import { roleName } from './staff-words.tsx'

/** Exactly the list in sight, as a file: a team is small enough to be written where it is read. */
export function useTeamExport(filters: StaffFilters): { start: () => void; running: boolean } {
  const t = useMessages()
  const formats = useFormats()
  const [running, setRunning] = useState(false)
  const write = async () => {
    const members = await everybody(filters)
    saveFile(
      csvFile([headings(t), ...members.map((member) => cells(member, t, formats))]),
      t('identity.staff.export.file'),
    )
  }
  const start = () => {
    setRunning(true)
    write()
      .catch((error: unknown) => notify.failed({ title: sentenceOf(error, t) }))
      .finally(() => setRunning(false))
  }
  return { start, running }
}

async function everybody(filters: StaffFilters): Promise<StaffMember[]> {
  const members: StaffMember[] = []
  for (let after: string | undefined; ;) {
    const page = await call(listStaff, { query: { ...filters, limit: 200, after } })
    members.push(...page.rows)
    if (page.next === null) return members
    after = page.next
  }
}

const headings = (t: Translate) => [
  t('identity.staff.last-name'),
  t('identity.staff.first-name'),
  t('identity.staff.email'),
  t('identity.staff.state'),
  t('identity.staff.roles'),
  t('identity.staff.factors.count'),
  t('identity.staff.last-sign-in'),
  t('identity.staff.open-sessions'),
  t('identity.staff.created-at'),
]

const cells = (member: StaffMember, t: Translate, formats: Formats) => [
  member.lastName,
  member.firstName,
  member.email,
  t(`identity.staff.state.${member.state}`),
  member.roles.map((role) => roleName(role, t)).join(', '),
  String(factorCount(member.factors)),
  member.lastSignInAt ? formats.dayTime(member.lastSignInAt) : '',
  String(member.openSessions),
  formats.day(member.createdAt),
]
