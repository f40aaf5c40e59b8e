/** One question for the board, one for the lines of a figure: each answers with JSON. */
import type { RawBuilder } from 'kysely'
import { linesShown, type Board, type FigureLine, type FigureName } from '#contract/figures'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { edges, stretches, type Asking, type Bounds } from './edges.ts'
import { bestOrigin, boundsOf, linesOf, mostConsulted, type When } from './line-queries.ts'

export type Tables = TenantTables<
  | 'practice'
  | 'profiles'
  | 'preferences'
  | 'patients'
  | 'origins'
  | 'acts'
  | 'appointments'
  | 'extraFees'
  | 'feeNotes'
  | 'feeNoteLines'
  | 'payments'
  | 'paymentAllocations'
  | 'dues'
>

/** What of the board is asked for: what the asking member may see. */
export type Sections = { agenda: boolean; patients: boolean; people: boolean; money: boolean }

type Asked = Asking & { memberId: string; namesPatients: boolean; sections: Sections }

export type BoardRow = Omit<Board, 'asOf' | 'mayChooseScope' | 'scope' | 'arrangement'> & {
  several: boolean
  isOwn: boolean
  arrangement: unknown
}

export async function boardRow(db: Tables, { sections, ...asked }: Asked): Promise<BoardRow> {
  const { rows } = await boardQuestion({ sections, ...asked }).execute(db)
  const [row] = rows
  if (!row) throw new Error('a practice without its one row')
  return row.board
}

/** The whole statement, for whoever measures it. */
export function boardQuestion({ sections, namesPatients, memberId, ...asking }: Asked) {
  const part = (wanted: boolean, section: RawBuilder<unknown>) => (wanted ? section : sql`null::json`)
  return sql<{ board: BoardRow }>`
    with e as materialized (${edges(asking)})
    select json_build_object(
      'timeZone', e.zone, 'nowLocal', ${local(sql`e.now`)}, 'today', e.today, 'several', e.several, 'isOwn', e.only is not null,
      'arrangement', (select value from preferences where key = 'dashboard' and member_id = ${memberId}),
      'agenda', ${part(sections.agenda, agenda(namesPatients))},
      'patients', ${part(sections.patients, patients)},
      'people', ${part(sections.people, people(namesPatients))},
      'money', ${part(sections.money, money)}) as board
    from e`
}

const counted = (name: FigureName) => sql`(select count(*) from (${linesOf(name)}) of_figure)`
const summed = (name: FigureName) => sql`(
  select json_build_object('cents', coalesce(sum(cents), 0), 'count', count(*)) from (${linesOf(name)}) of_figure)`

const stretch = ({ from, to }: Bounds) => sql`json_build_object('from', ${from}, 'to', ${to})`

/** What the figure is now and was before, counted or added up. */
function compared(name: FigureName, [now, before]: readonly [Bounds, Bounds], money = false) {
  const measure = money ? sql`coalesce(sum(cents), 0)` : sql`count(*)`
  const value = (isBefore: boolean) =>
    sql`(select ${measure} from (${linesOf(name, { before: isBefore })}) of_figure)`
  return sql`json_build_object('value', ${value(false)}, 'of', ${stretch(now)},
    'before', ${value(true)}, 'beforeOf', ${stretch(before)})`
}

const local = (instant: RawBuilder<unknown>) =>
  sql`to_char(${instant} at time zone e.zone, 'YYYY-MM-DD"T"HH24:MI')`
const patientName = (names: boolean) => (names ? sql`p.first_name || ' ' || p.last_name` : sql`null::text`)

const agenda = (names: boolean) => sql`json_build_object(
  'today', ${counted('today')},
  'next', (select coalesce(json_agg(line.shown order by line.at, line.id), '[]') from (
    select a.id, a.starts_at as at, json_build_object(
        'id', a.id, 'title', a.title, 'place', a.place, 'act', coalesce(acts.name, ''),
        'patient', case when p.id is not null then json_build_object('id', p.id, 'name', ${patientName(names)}) end,
        'startsLocal', ${local(sql`a.starts_at`)}, 'endsLocal', ${local(sql`a.ends_at`)},
        'practitioner', w.first_name || ' ' || w.last_name) as shown
      from appointments a join profiles w on w.member_id = a.practitioner_id
        left join patients p on p.id = a.patient_id left join acts on acts.id = a.act_id
      where a.status = 'planned' and a.starts_at > e.now - interval '24 hours' and a.ends_at > e.now
        and (e.only is null or a.practitioner_id = e.only)
      order by a.starts_at, a.id limit 6) line),
  'appointments', ${compared('appointments', stretches.wholeMonth)},
  'absences', (select json_build_object('count', count(*),
      'cancelled', count(*) filter (where status = 'cancelled'),
      'lateCancelled', count(*) filter (where status = 'late_cancelled'),
      'noShow', count(*) filter (where status = 'no_show'),
      'outOf', count(*) + ${counted('appointments')})
    from (${linesOf('absences')}) of_figure))`

const patients = sql`json_build_object('all', ${counted('patients')},
  'fresh', ${compared('new_patients', stretches.month)})`

const people = (names: boolean) => sql`json_build_object(
  'followed', ${counted('followed')},
  'mostConsulted', (select json_build_object('id', p.id, 'name', ${patientName(names)}, 'sessions', most.sessions)
    from (${mostConsulted}) most join patients p on p.id = most.patient_id),
  'origin', (select row_to_json(best) from (${bestOrigin}) best))`

const money = sql`json_build_object(
  'day', ${compared('collected_day', stretches.day, true)},
  'week', ${compared('collected_week', stretches.week, true)},
  'month', ${compared('collected_month', stretches.month, true)},
  'toCollect', ${summed('to_collect')},
  'forecast', ${summed('forecast')},
  'months', (select json_agg(json_build_object('month', to_char(months.first, 'YYYY-MM'), 'cents', coalesce(took.cents, 0))
      order by months.first)
    from generate_series(date_trunc('month', e.today::timestamp) - interval '11 months',
        date_trunc('month', e.today::timestamp), interval '1 month') as months(first)
      left join (select date_trunc('month', a.received_on::timestamp) as first, sum(a.cents) as cents from payments a
        where a.received_on >= (date_trunc('month', e.today::timestamp) - interval '11 months')::date
          and a.received_on <= e.today and (e.only is null or a.practitioner_id = e.only) group by 1) took
        on took.first = months.first))`

export type LinesRow = {
  isOwn: boolean
  stretch: { from: string; to: string } | null
  about: string | null
  /** Of all of them, and what they come to. */
  count: number
  cents: number
  rows: FigureLine[]
}

export async function figureLines(
  db: Tables,
  name: FigureName,
  when: When,
  { namesPatients, ...asking }: Asking & { namesPatients: boolean },
): Promise<LinesRow> {
  const bounds = boundsOf(name, when)
  const about =
    name === 'origin'
      ? sql`(select name from (${bestOrigin}) best)`
      : name === 'most_consulted'
        ? sql`(select ${patientName(namesPatients)} from (${mostConsulted}) most join patients p on p.id = most.patient_id)`
        : sql`null::text`
  const { rows } = await sql<{ found: LinesRow }>`
    with e as materialized (${edges(asking)}), f as materialized (${linesOf(name, when)})
    select json_build_object('isOwn', e.only is not null, 'stretch', ${bounds ? stretch(bounds) : sql`null::json`},
      'about', ${about}, 'count', (select count(*) from f), 'cents', (select coalesce(sum(cents), 0) from f),
      'rows', (select coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind,
          'patient', case when p.id is not null then json_build_object('id', p.id, 'name', ${patientName(namesPatients)}) end,
          'practitioner', w.first_name || ' ' || w.last_name,
          'onLocal', case when f.kind = 'appointment' then ${local(sql`f.at`)}
            else coalesce(f.on_day, (f.at at time zone e.zone)::date)::text end,
          'label', f.label, 'status', f.status, 'method', f.method, 'cents', f.cents)
          order by f.since desc, f.id desc), '[]')
        from (select f.*, coalesce(f.at, f.on_day::timestamp at time zone e.zone) as since from f
          order by since desc, f.id desc limit ${linesShown}) f join profiles w on w.member_id = f.practitioner_id
          left join patients p on p.id = f.patient_id)) as found
    from e`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a practice without its one row')
  return row.found
}

export async function keepArrangement(db: Tables, memberId: string, value: object | null): Promise<void> {
  if (value === null)
    await db
      .deleteFrom('preferences')
      .where('memberId', '=', memberId)
      .where('key', '=', 'dashboard')
      .execute()
  else
    await db
      .insertInto('preferences')
      .values({ memberId, key: 'dashboard', value: JSON.stringify(value) })
      .onConflict((conflict) =>
        conflict.columns(['memberId', 'key']).doUpdateSet({ value: JSON.stringify(value) }),
      )
      .execute()
}
