/** Macros as they are kept: one's own for oneself, a team's and everybody's by whoever looks after them. */
import {
  addMacro,
  addSharedMacro,
  listMacros,
  macroChanged,
  macroNotYours,
  macroUnresolved,
  trashMacro,
  updateMacro,
  type Macro,
  type MacroAction,
} from '#contract/support'
import { found, handle, refuse, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import {
  changeMacro,
  insertMacro,
  macroRows,
  setTrashed,
  teamInUse,
  type MacroRow,
  type Reader,
} from './queries.ts'
import { unknownIn } from './variables.ts'

type Asking = Pick<Context, 'db' | 'clock' | 'actor'>
type Words = { title: string; reach: Macro['reach']; teamId: string | null; actions: MacroAction[] }

const monthMs = 30 * 86_400_000

export const keepingMacros: readonly Handler[] = [
  handle(listMacros, async (ctx, { query: { q, trashed } }) => {
    const wanted = { q: q === '' ? undefined : q, trashed: trashed === 'yes', monthAgo: monthAgo(ctx) }
    const rows = await macroRows(ctx.db, readerOf(ctx), wanted)
    return { rows: rows.map((row) => shown(ctx, row)) }
  }),

  handle(addMacro, (ctx, { body }) => add(ctx, { ...body, reach: 'personal', teamId: null })),
  handle(addSharedMacro, (ctx, { body }) => add(ctx, body)),

  handle(updateMacro, async (ctx, { params: { id }, body: { revision, ...body } }) => {
    const before = await changeable(ctx, id)
    const words = await checked(ctx, body)
    if (!(await changeMacro(ctx.db, { id, revision }, words, ctx.clock.now())))
      throw refuse(macroChanged, { details: { current: await oneMacro(ctx, id) } })
    ctx.record({ object: 'macro', id, before: wordsOf(before), after: body })
    return oneMacro(ctx, id)
  }),

  handle(trashMacro, async (ctx, { params: { id }, body: { trashed } }) => {
    const { title } = await changeable(ctx, id)
    await setTrashed(ctx.db, id, trashed ? ctx.clock.now() : null)
    ctx.record({ object: 'macro', id, after: { title, trashed } })
    return oneMacro(ctx, id)
  }),
]

async function add(ctx: Context, said: Words): Promise<Macro> {
  const words = await checked(ctx, said)
  const id = await insertMacro(ctx.db, words, ctx.clock.now())
  ctx.record({ object: 'macro', id, after: said })
  return oneMacro(ctx, id)
}

/** One that the asking person may use. @throws NotFound */
export async function oneMacro(ctx: Asking, id: string): Promise<Macro> {
  const [row] = await macroRows(ctx.db, readerOf(ctx), { id, trashed: null, monthAgo: monthAgo(ctx) })
  return shown(ctx, found(row))
}

async function changeable(ctx: Asking, id: string): Promise<Macro> {
  const macro = await oneMacro(ctx, id)
  if (!macro.mayChange) throw refuse(macroNotYours)
  return macro
}

/** @throws Refused, WrongField */
async function checked(ctx: Asking, { title, reach, teamId, actions }: Words) {
  if (reach !== 'personal' && !readerOf(ctx).manages) throw refuse(macroNotYours)
  if (reach === 'team' && !(teamId && (await teamInUse(ctx.db, teamId))))
    throw new WrongField('body', 'teamId', 'macro_team_missing')
  const unknown = unknownIn(textsOf(actions))
  if (unknown.length > 0)
    throw refuse(macroUnresolved, {
      details: { variables: unknown },
      values: { variables: unknown.join(', ') },
    })
  const ownerId = reach === 'personal' ? ctx.actor.staffId : null
  return { title, reach, ownerId, teamId: reach === 'team' ? teamId : null, actions }
}

export const textsOf = (actions: readonly MacroAction[]): string[] =>
  actions.flatMap((action) => (action.do === 'reply' || action.do === 'note' ? [action.body] : []))

const shown = (ctx: Asking, row: MacroRow): Macro => ({
  ...row,
  mayChange: row.owner?.id === ctx.actor.staffId || (row.owner === null && readerOf(ctx).manages),
})

const wordsOf = ({ title, reach, team, actions }: Macro) => ({
  title,
  reach,
  teamId: team?.id ?? null,
  actions,
})

const readerOf = ({ actor: { staffId, permissions } }: Pick<Context, 'actor'>): Reader => ({
  staffId,
  manages: permissions.has('macros.manage'),
})

const monthAgo = ({ clock }: Pick<Context, 'clock'>) => new Date(clock.now().getTime() - monthMs)
