/** A practice as its own people see it. Everything here is answered from the practice's own database. */
import { z } from 'zod'
import { Profile, type Right } from '#contract/identity'
import { endpoint } from '#platform/contract/endpoint.ts'
import { rppsHolds, siretHolds } from '#platform/contract/check-digits.ts'
import { Id, Instant, Revision, line, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** What a secretary may be granted in a practice, and what each grant permits there. Notes are in none of them. */
export const permissionsOf = {
  agenda: ['agenda.read', 'agenda.manage'],
  patients: ['patients.read', 'patients.manage'],
  calls: ['calls.read', 'calls.manage', 'tasks.read', 'tasks.manage'],
  messages: ['reminders.read', 'reminders.send'],
  files: ['cabinet.files'],
  fees: ['fees.read', 'fees.manage'],
  figures: ['figures.read'],
} as const satisfies Record<Right, readonly string[]>

/** What comes with answering for a practice. */
const answering = [
  'cabinet.manage',
  'cabinet.members',
  'cabinet.export',
  'cabinet.accesses',
  'agenda.settings',
] as const

/** A practitioner's, in the practice they work in as one. The database's own roles say the same again. */
const practitioners = [
  'cabinet.read',
  ...answering,
  ...Object.values(permissionsOf).flat(),
  'patients.requests',
  'notes.read',
  'notes.write',
] as const

/** All that a member may be permitted anywhere. */
export const memberPermissions: readonly string[] = practitioners

/** A secretary's own space: calls, tasks, an agenda and files of her own. */
const ownSpace = [
  'cabinet.read',
  ...answering,
  ...permissionsOf.calls,
  ...permissionsOf.agenda,
  ...permissionsOf.files,
] as const

type Standing = {
  profile: Profile
  /** Of the practice: whose profession it was opened for. */
  kind: Profile
  /** The practice belongs to them. */
  holder: boolean
  /** What a secretary was granted. */
  rights: readonly Right[]
}

/**
 * What somebody may do in a practice, and the role of its database they do it in: one answer, so that neither promises
 * what the other refuses. A secretary who holds a space of her own manages it; one who works for a practitioner does what
 * she was granted.
 */
export function rightsIn({ profile, kind, holder, rights }: Standing): {
  role: Profile
  permissions: readonly string[]
} {
  if (profile === 'practitioner') return { role: 'practitioner', permissions: practitioners }
  if (holder && kind === 'secretary') return { role: 'practitioner', permissions: ownSpace }
  return {
    role: 'secretary',
    permissions: ['cabinet.read', ...rights.flatMap((right) => permissionsOf[right])],
  }
}

/** The vendor's team holds none of these. */
export const permissions = [] as const

export const topics = { practice: 'cabinet.read', practice_files: 'cabinet.files' } as const

/** Where French practices are: the clock their agenda goes by. */
export const timeZones = [
  'Europe/Paris',
  'America/Cayenne',
  'America/Guadeloupe',
  'America/Marigot',
  'America/Martinique',
  'America/Miquelon',
  'America/St_Barthelemy',
  'Indian/Mayotte',
  'Indian/Reunion',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Wallis',
] as const
const TimeZone = z.enum(timeZones)

/** Where patients find the practice; what fee notes print. Empty: not told. */
const reach = z.object({
  phone: line(32),
  email: z.union([z.literal(''), z.email({ error: 'email_invalid' }).max(254)]),
  /** Without postcode and city; several lines. */
  address: text(300),
  postcode: line(10),
  city: line(120),
})

/** Of a member, as fee notes print it. */
export const OwnProfile = z.object({
  /** « Psychologue clinicienne ». */
  profession: z.string(),
  rpps: z.string().nullable(),
  adeli: z.string().nullable(),
  siret: z.string().nullable(),
  phone: z.string(),
  revision: z.int(),
})
export type OwnProfile = z.infer<typeof OwnProfile>

export const Practice = z.object({
  name: z.string(),
  kind: Profile,
  timeZone: TimeZone,
  ...reach.shape,
  /** Grows with each change: who changes something says which one they saw. */
  revision: z.int(),
  me: z.object({ memberId: Id, name: z.string(), profile: Profile }),
  /** Who has come in at least once and has not left. */
  people: z.array(z.object({ memberId: Id, name: z.string(), profile: Profile })),
})
export type Practice = z.infer<typeof Practice>

/** Somebody else was faster; `details.current` is what stands now. */
export const practiceChanged = refusal('practice_changed')

const member = { realm: 'member', stepUp: false } as const

export const getPractice = endpoint({
  ...member,
  method: 'GET',
  path: '/practice',
  may: 'cabinet.read',
  summary: 'Whose practice this is, and who works in it',
  output: Practice,
  refreshedBy: ['practice'],
})

export const updatePractice = endpoint({
  ...member,
  method: 'PATCH',
  path: '/practice',
  may: 'cabinet.manage',
  records: 'practice.updated',
  summary: 'Changes what the practice is called, where it is and how it is reached',
  input: {
    body: z.object({
      revision: Revision,
      name: line(200).min(1).optional(),
      timeZone: TimeZone.optional(),
      ...reach.partial().shape,
    }),
  },
  output: Practice,
  refusals: [practiceChanged],
  touches: ['practice'],
})

const ungrouped = (typed: string) => typed.replaceAll(/[\s.]/g, '')
const number = (holds: (digits: string) => boolean, code: string) =>
  z
    .union([z.null(), line(30).transform(ungrouped)])
    .transform((typed) => typed || null)
    .refine((typed) => typed === null || holds(typed), { params: { code } })

/** Somebody else was faster; `details.current` is what stands now. */
export const profileChanged = refusal('profile_changed')

export const getOwnProfile = endpoint({
  ...member,
  method: 'GET',
  path: '/profile',
  may: 'cabinet.manage',
  summary: 'The asking member’s profession and professional numbers',
  output: OwnProfile,
  refreshedBy: ['practice'],
})

export const updateOwnProfile = endpoint({
  ...member,
  method: 'PUT',
  path: '/profile',
  may: 'cabinet.manage',
  records: 'profile.updated',
  about: 'member',
  impersonated: 'refused',
  summary: 'Changes the asking member’s profession and professional numbers',
  input: {
    body: z.object({
      revision: Revision,
      profession: line(120),
      rpps: number(rppsHolds, 'rpps_invalid'),
      adeli: number((typed) => /^[0-9A-Z]{9}$/.test(typed), 'adeli_invalid'),
      siret: number(siretHolds, 'siret_invalid'),
      phone: line(32),
    }),
  },
  output: OwnProfile,
  refusals: [profileChanged],
  touches: ['practice'],
})

// ─────────────────────────── what the practice may take along

export const exportPractice = endpoint({
  realm: 'member',
  stepUp: true,
  method: 'GET',
  path: '/export',
  may: 'cabinet.export',
  records: 'practice.exported',
  about: 'tenant',
  impersonated: 'refused',
  summary:
    'Everything the practice holds, as a zip of JSON, CSV and files; notes only of whoever asks for theirs',
  input: { query: z.object({ notes: z.enum(['none', 'mine']).default('none') }) },
  output: { stream: ['application/zip'] },
})

// ─────────────────────────── files

export const fileTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const
export const maxFileBytes = 10 * 1024 * 1024
export const maxFiles = 1_000

export const PracticeFile = z.object({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  /** Of the file as it came, in hex. */
  sha256: z.string(),
  addedBy: z.string().nullable(),
  addedAt: Instant,
})
export type PracticeFile = z.infer<typeof PracticeFile>

/**
 * A name as it is read: what turns the direction of writing round (`facture\u202Efdp.exe` reads `factureexe.pdf`) is taken
 * out of it.
 */
const FileName = line(200)
  .overwrite((name) => name.replace(/[\u202A-\u202E\u2066-\u2069]/g, '').trim())
  .min(1)

export const fileTypeRefused = refusal('practice_file_type_refused', 415)
/** Its bytes are lost, or not those that were kept. */
export const fileUnreadable = refusal('practice_file_unreadable', 410)
export const tooManyFiles = refusal('practice_too_many_files', 422)

const oneFile = { params: z.object({ id: Id }) }

export const listFiles = endpoint({
  ...member,
  method: 'GET',
  path: '/files',
  may: 'cabinet.files',
  summary: 'The practice’s files, the newest first',
  output: z.object({ rows: z.array(PracticeFile) }),
  refreshedBy: ['practice_files'],
})

/** The file itself is the body. */
export const addFile = endpoint({
  ...member,
  method: 'POST',
  path: '/files',
  may: 'cabinet.files',
  records: 'practice_file.added',
  summary: 'Keeps a file of the practice, sealed under its own key',
  input: {
    query: z.object({ name: FileName }),
    file: { maxBytes: maxFileBytes, mediaTypes: [...fileTypes, 'application/octet-stream'] },
  },
  output: PracticeFile,
  status: 201,
  refusals: [fileTypeRefused, tooManyFiles],
  touches: ['practice_files'],
})

export const readFile = endpoint({
  ...member,
  method: 'GET',
  path: '/files/:id/content',
  may: 'cabinet.files',
  records: 'practice_file.read',
  impersonated: 'refused',
  summary: 'The file as it came',
  input: oneFile,
  output: { stream: fileTypes },
  refusals: [fileUnreadable],
})

export const removeFile = endpoint({
  ...member,
  method: 'DELETE',
  path: '/files/:id',
  may: 'cabinet.files',
  records: 'practice_file.removed',
  impersonated: 'refused',
  summary: 'Removes a file for good',
  input: oneFile,
  output: z.undefined(),
  status: 204,
  touches: ['practice_files'],
})
