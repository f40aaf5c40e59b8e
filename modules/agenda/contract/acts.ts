/** What an appointment can be for, and what that costs from which day on. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Revision, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Minutes } from './wall-clock.ts'

/** What it costs from that day on, until the next line. */
export const Tariff = z.object({ fromOn: Day, feeCents: Cents })
export type Tariff = z.infer<typeof Tariff>

export const Act = z.object({
  id: Id,
  name: z.string(),
  minutes: z.int(),
  colour: z.int().min(0).max(7),
  monSoutienPsy: z.boolean(),
  position: z.int(),
  archived: z.boolean(),
  /** The newest first; `feeOn` finds the one of a day. None for whoever neither reads fees nor sets prices. */
  tariffs: z.array(Tariff),
  revision: z.int(),
})
export type Act = z.infer<typeof Act>

/** Somebody else was faster; `details.current` is what stands now. */
export const actChanged = refusal('act_changed')
/** Appointments were counted by what the act was; « Mon soutien psy » is another act from there on. */
export const actInUse = refusal('act_in_use')
/** The usual acts are for a practice that has none. */
export const actsAlreadyThere = refusal('acts_already_there')

export const listActs = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/acts',
  may: 'agenda.read',
  summary: 'What an appointment can be for, with its prices by date; those put away come last',
  output: z.object({ rows: z.array(Act) }),
  refreshedBy: ['agenda_settings'],
})

const member = {
  realm: 'member',
  may: 'agenda.settings',
  stepUp: false,
  touches: ['agenda_settings'],
} as const
const Fee = z.int().min(0).max(10_000_000)
const about = {
  name: line(80).min(1),
  minutes: Minutes,
  colour: z.int().min(0).max(7),
  monSoutienPsy: z.boolean(),
}

export const addAct = endpoint({
  ...member,
  method: 'POST',
  path: '/acts',
  records: 'act.added',
  summary: 'Adds an act, and what it costs from today on',
  input: {
    body: z.object({
      ...about,
      colour: about.colour.default(0),
      monSoutienPsy: z.boolean().default(false),
      feeCents: Fee,
    }),
  },
  output: Act,
  status: 201,
})

export const addUsualActs = endpoint({
  ...member,
  method: 'POST',
  path: '/acts/usual',
  records: 'acts.usual_added',
  about: 'act',
  summary: 'Begins with the acts most practices have, to be changed afterwards',
  output: z.object({ rows: z.array(Act) }),
  status: 201,
  refusals: [actsAlreadyThere],
})

export const updateAct = endpoint({
  ...member,
  method: 'PATCH',
  path: '/acts/:id',
  records: 'act.updated',
  summary:
    'Changes an act, its place in the list, or puts it away; appointments keep what they were booked with',
  input: {
    params: z.object({ id: Id }),
    body: z.object({
      revision: Revision,
      name: about.name.optional(),
      minutes: Minutes.optional(),
      colour: about.colour.optional(),
      monSoutienPsy: z.boolean().optional(),
      position: z.int().min(0).max(1_000).optional(),
      archived: z.boolean().optional(),
    }),
  },
  output: Act,
  refusals: [actChanged, actInUse],
})

const ofDay = { params: z.object({ id: Id, fromOn: Day }) }

export const setTariff = endpoint({
  ...member,
  method: 'PUT',
  path: '/acts/:id/tariffs/:fromOn',
  records: 'act.priced',
  summary: 'What an act costs from a day on; appointments booked before keep their fee',
  input: { ...ofDay, body: z.object({ revision: Revision, feeCents: Fee }) },
  output: Act,
  refusals: [actChanged],
})

export const removeTariff = endpoint({
  ...member,
  method: 'DELETE',
  path: '/acts/:id/tariffs/:fromOn',
  records: 'act.tariff_removed',
  impersonated: 'refused',
  summary: 'Takes a price back: the one before it goes on',
  input: { ...ofDay, query: z.object({ revision: z.coerce.number().pipe(Revision) }) },
  output: Act,
  refusals: [actChanged],
})

/** What the act costs on a day: its newest line that has begun by then; before all of them the oldest, never silently nothing. */
export const feeOn = ({ tariffs }: Pick<Act, 'tariffs'>, day: string): number =>
  (tariffs.find(({ fromOn }) => fromOn <= day) ?? tariffs.at(-1))?.feeCents ?? 0
