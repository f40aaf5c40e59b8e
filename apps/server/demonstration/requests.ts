// What people ask of their data: one request for each state of the register, told from today backwards.
import {
  deadlineFor,
  monthsWhenExtended,
  type Channel,
  type Ground,
  type IdentityMethod,
  type Outcome,
  type RequestKind,
} from '#contract/privacy'
import { at, plusDays, type Day } from './calendar.ts'
import type { StaffByRole } from './history.ts'
import { demoId } from './ids.ts'
import type { Rows } from './rows.ts'

type Story = {
  kind: RequestKind
  /** The e-mail of a client of the demonstration, or somebody who is none. */
  by: { client: string } | { name: string; email: string | null }
  daysAgo: number
  channel: Channel
  wording: string
  /** Days after the receipt. */
  identified?: { after: number; method: IdentityMethod }
  extended?: { after: number; reason: string }
  noted?: { after: number; note: string }
  answered?: { after: number; outcome: Outcome; ground?: Ground; note: string }
}

const stories: readonly Story[] = [
  {
    kind: 'rectification',
    by: { client: 'odile.verneuil@example.com' },
    daysAgo: 120,
    channel: 'telephone',
    wording: 'Mon adresse de facturation est fausse : je suis au 8, et non au 18.',
    identified: { after: 0, method: 'call_back' },
    answered: { after: 1, outcome: 'granted', note: 'Adresse corrigée, confirmation envoyée.' },
  },
  {
    kind: 'objection',
    by: { name: 'Gaspard Lemoine', email: 'gaspard.lemoine@example.com' },
    daysAgo: 75,
    channel: 'email',
    wording: 'Cessez de m’écrire au sujet de vos offres.',
    answered: {
      after: 2,
      outcome: 'withdrawn',
      note: 'Retirée au téléphone : le message venait d’ailleurs.',
    },
  },
  {
    kind: 'access',
    by: { name: 'Solange Vidal', email: null },
    daysAgo: 40,
    channel: 'letter',
    wording:
      'Je souhaite connaître toutes les données que vous détenez sur moi, archives sur papier comprises.',
    identified: { after: 6, method: 'document' },
    extended: { after: 20, reason: 'Archives sur papier à rechercher dans deux dépôts.' },
  },
  {
    kind: 'erasure',
    by: { client: 'bastien.colombier@example.com' },
    daysAgo: 37,
    channel: 'email',
    wording: 'Je n’ai finalement pas donné suite : effacez tout ce qui me concerne.',
    noted: { after: 3, note: 'Accusé de réception envoyé.' },
  },
  {
    kind: 'access',
    by: { client: 'mireille.thouvenin@example.com' },
    daysAgo: 28,
    channel: 'email',
    wording: 'Quelles données avez-vous sur moi, et qui les a consultées ?',
    identified: { after: 2, method: 'account' },
  },
  {
    kind: 'portability',
    by: { client: 'mireille.thouvenin@example.com' },
    daysAgo: 4,
    channel: 'email',
    wording: 'Merci de m’envoyer mes données dans un format que je puisse reprendre ailleurs.',
  },
]

type Step = Rows['privacySteps'][number]

export function addRequests(rows: Rows, today: Day, staff: StaffByRole): void {
  for (const [index, story] of stories.entries()) {
    const receivedOn = plusDays(today, -story.daysAgo)
    const createdAt = at(receivedOn, 9, 40)
    const id = demoId('privacy request', index, createdAt)
    const first = deadlineFor(receivedOn).on
    const dueOn = story.extended ? deadlineFor(receivedOn, monthsWhenExtended).on : first
    const day = (after: number) => plusDays(receivedOn, after)
    rows.privacyRequests.push({
      id,
      kind: story.kind,
      ...personOf(rows, story),
      identityCheckedOn: story.identified ? day(story.identified.after) : null,
      channel: story.channel,
      wording: story.wording,
      receivedOn,
      firstDueOn: first,
      dueOn,
      isExtended: story.extended !== undefined,
      answeredOn: story.answered ? day(story.answered.after) : null,
      outcome: story.answered?.outcome ?? null,
      createdAt,
      createdBy: staff.compliance.id,
    })
    for (const [number, step] of stepsOf(story, day).entries()) {
      const stepAt = at(step.day, 9 + number, 40)
      rows.privacySteps.push({
        id: demoId(`step of request ${index}`, number, stepAt),
        requestId: id,
        at: stepAt,
        staffId: staff.compliance.id,
        ...step,
      })
      rows.history.push({
        id: demoId(`entry of request ${index}`, number, stepAt),
        at: stepAt,
        actor: { type: 'staff', id: staff.compliance.id },
        verb: `privacy_request.${step.kind === 'note' ? 'step_added' : step.kind}`,
        object: { type: 'privacy_request', id },
        result: 'done',
        after: { number: index + 1 },
        origin: { ip: '192.0.2.8' },
      })
    }
  }
}

function personOf(rows: Rows, { by }: Story) {
  if ('name' in by) return { clientId: null, personName: by.name, personEmail: by.email }
  const client = rows.clients.find(({ email }) => email === by.client)
  if (!client) throw new Error(`the demonstration has no client ${by.client}`)
  const { id = null, firstName, lastName, email } = client
  return { clientId: id, personName: `${firstName} ${lastName}`, personEmail: email }
}

function stepsOf(
  { identified, extended, noted, answered }: Story,
  day: (after: number) => Day,
): (Pick<Step, 'kind' | 'note' | 'method' | 'outcome' | 'ground'> & { day: Day })[] {
  return [
    { kind: 'received', day: day(0) },
    ...(noted ? [{ kind: 'note', day: day(noted.after), note: noted.note }] : []),
    ...(identified
      ? [{ kind: 'identity_checked', day: day(identified.after), method: identified.method }]
      : []),
    ...(extended ? [{ kind: 'extended', day: day(extended.after), note: extended.reason }] : []),
    ...(answered
      ? [
          {
            kind: 'answered',
            day: day(answered.after),
            note: answered.note,
            outcome: answered.outcome,
            ground: answered.ground ?? null,
          },
        ]
      : []),
  ]
}
