/** What the demonstration's support promises, when it works, who works there, and the answers it keeps ready. */
import { Calendar, holidaysOf, type Escalation, type MacroAction } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'

/** From the year before last on, and for some years to come. */
export function officeHours(now: Date): Calendar {
  const days: [string, string][] = [
    ['09:00', '12:30'],
    ['13:30', '18:00'],
  ]
  const year = now.getFullYear()
  const holidays = holidaysOf('national', [year - 1, year, year + 1, year + 2])
  return Calendar.parse({
    timezone: 'Europe/Paris',
    hours: { mon: days, tue: days, wed: days, thu: days, fri: days },
    holidays: holidays.map(({ on }) => on),
    names: Object.fromEntries(holidays.map(({ on, name }) => [on, name])),
  })
}

/** Minutes of working time until the first answer, the next, and the resolution. */
const within = (firstResponse: number, nextResponse: number, resolution: number) => ({
  firstResponse,
  nextResponse,
  resolution,
})

const allowances = {
  urgent: within(30, 60, 240),
  high: within(60, 120, 480),
  normal: within(240, 240, 1_440),
  low: within(480, 480, 2_400),
}

/** What is done by itself: who leads is told before it is late; what nobody answered in time goes up. */
const escalations: readonly Escalation[] = [
  { when: 'warning', target: 'resolution', do: [{ do: 'tell', lead: true, people: [] }] },
  {
    when: 'breach',
    target: 'firstResponse',
    do: [
      { do: 'priority', priority: 'high' },
      { do: 'tell', lead: true, people: [] },
    ],
  },
]

export async function promise(db: CentralDb, calendar: Calendar, now: Date): Promise<void> {
  const inForceFrom = new Date(Date.UTC(now.getFullYear() - 1, 0, 1))
  const { id: calendarId } = await db
    .insertInto('supportCalendars')
    .values({ name: 'Heures ouvrées du support' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('supportCalendarVersions')
    .values({ calendarId, inForceFrom, territory: 'national', content: JSON.stringify(calendar) })
    .execute()
  const { id: policyId } = await db
    .insertInto('supportPolicies')
    .values({ name: 'Délais standard' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('supportPolicyVersions')
    .values({
      policyId,
      calendarId,
      inForceFrom,
      position: 100,
      allowances: JSON.stringify(allowances),
      escalations: JSON.stringify(escalations),
    })
    .execute()
}

export type Teams = { billing: string; technical: string }

/** @param staff ids by role */
export async function makeTeams(db: CentralDb, staff: ReadonlyMap<string, string>): Promise<Teams> {
  const make = async (name: string, leader: string, members: readonly string[]) => {
    const { id } = await db
      .insertInto('supportTeams')
      .values({ name, leadId: staff.get(leader) ?? null })
      .returning('id')
      .executeTakeFirstOrThrow()
    const people = members.flatMap((role) => staff.get(role) ?? [])
    if (people.length > 0)
      await db
        .insertInto('supportTeamMembers')
        .values(people.map((staffId) => ({ teamId: id, staffId })))
        .execute()
    return id
  }
  return {
    billing: await make('Facturation', 'billing', ['billing', 'support']),
    technical: await make('Technique', 'administrator', [
      'support',
      'administrator',
      'technical_administrator',
    ]),
  }
}

type Kept = { title: string; reach: 'everyone' | 'team' | 'personal'; actions: readonly MacroAction[] }

const hello = 'Bonjour {{client.first_name|Madame, Monsieur}},'
const yours = 'Bien à vous,\n{{agent.first_name}}, support MaGestionPsy'

const macros: readonly Kept[] = [
  {
    title: 'Pour créer une facture…',
    reach: 'everyone',
    actions: [
      {
        do: 'reply',
        body: `${hello}\n\nPour créer une facture :\n\n1. ouvrez **Honoraires**, puis **À facturer** ;\n2. cochez les séances concernées ;\n3. choisissez **Établir la note**, relisez-la, puis émettez-la.\n\nUne fois émise, elle porte un numéro et ne change plus.\n\n${yours}`,
      },
      { do: 'topic', topic: 'billing' },
      { do: 'tag', add: ['facture'], remove: [] },
      { do: 'wait' },
    ],
  },
  {
    title: 'Pour supprimer une facture…',
    reach: 'everyone',
    actions: [
      {
        do: 'reply',
        body: `${hello}\n\nUne facture émise ne se supprime pas : la loi demande une suite de numéros sans trou. Pour annuler la facture {{?Numéro de facture}} :\n\n- ouvrez-la, puis choisissez **Annuler** ;\n- la ligne redevient à facturer, et vous pouvez établir une note corrigée.\n\n${yours}`,
      },
      { do: 'topic', topic: 'billing' },
      { do: 'tag', add: ['facture'], remove: [] },
    ],
  },
  {
    title: 'Clôture sans réponse…',
    reach: 'everyone',
    actions: [
      {
        do: 'reply',
        body: `${hello}\n\nSans nouvelles de votre part, nous fermons le ticket n° {{ticket.number}}. Répondez simplement à ce message pour le rouvrir : rien n’est perdu.\n\n${yours}`,
      },
      { do: 'progress', progress: 100 },
      { do: 'resolve' },
    ],
  },
  {
    title: 'Demander une capture d’écran',
    reach: 'everyone',
    actions: [
      {
        do: 'reply',
        body: `${hello}\n\nPouvez-vous joindre une capture de l’écran où cela se produit, en masquant tout nom de patient ?\n\n${yours}`,
      },
      { do: 'wait' },
    ],
  },
  {
    title: 'Passer à la facturation',
    reach: 'team',
    actions: [
      { do: 'note', body: 'Transmis à la facturation : {{?Ce qu’il faut vérifier}}' },
      { do: 'topic', topic: 'billing' },
      { do: 'priority', priority: 'high' },
    ],
  },
  {
    title: 'Je m’en occupe',
    reach: 'personal',
    actions: [
      {
        do: 'reply',
        body: `${hello}\n\nBien reçu : je regarde et reviens vers vous aujourd’hui.\n\n${yours}`,
      },
      { do: 'assign', to: 'me' },
    ],
  },
]

export async function keepMacros(
  db: CentralDb,
  { ownerId, teamId }: { ownerId: string | null; teamId: string },
): Promise<void> {
  for (const { title, reach, actions } of macros) {
    if (reach === 'personal' && ownerId === null) continue
    await db
      .insertInto('macros')
      .values({
        title,
        reach,
        actions: JSON.stringify(actions),
        ownerId: reach === 'personal' ? ownerId : null,
        teamId: reach === 'team' ? teamId : null,
      })
      .execute()
  }
}
