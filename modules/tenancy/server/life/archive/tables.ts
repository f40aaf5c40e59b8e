import type pg from 'pg'
import type { AppliedMigration, SequenceState } from './manifest.ts'

/** A practice's own table: what stands in it is the practice's, unlike what migrations, extensions and the console keep for themselves. */
export type Table = {
  name: string
  /** Those a value can be given to, in their order. */
  columns: readonly string[]
  /** SQL after ORDER BY, with which the same rows always come in the same order, on whatever machine. */
  order: string
}

/**
 * Settings under which equal rows are written as equal bytes, whoever connects and wherever, and under which a long
 * copy is not cut short.
 */
const settings = `
  set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex';
  set extra_float_digits = 1; set lc_monetary = 'C'; set xmloption = 'content'; set client_encoding = 'UTF8';
  set search_path = public, pg_temp; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
  set lock_timeout = '30s'`

export async function prepare(client: pg.ClientBase): Promise<void> {
  await client.query(settings)
}

export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select tables.relname as name,
      array(
        select attname::text from pg_attribute
        where attrelid = tables.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
      coalesce(
        (select string_agg(format('%I', attname) || case when attcollation = 0 then '' else ' collate "C"' end, ', ' order by place)
         from pg_index, unnest(indkey::int[]) with ordinality as keys (attnum, place) join pg_attribute using (attnum)
         where indrelid = tables.oid and indisprimary and attrelid = tables.oid),
        format('%I::text collate "C"', tables.relname)) as order
    from pg_class as tables
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname not in ('schema_migrations', 'console_pill')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = tables.oid and deptype = 'e')
    order by relname collate "C"`)
  return rows
}

export async function migrationsOf(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'select version, name, checksum from public.schema_migrations order by version',
  )
  return rows
}

export async function sequencesOf(client: pg.ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<SequenceState>(`
    select sequencename::text as name, last_value::text as last from pg_sequences
    where schemaname = 'public' order by sequencename collate "C"`)
  return rows
}

export async function setSequences(
  client: pg.ClientBase,
  sequences: readonly SequenceState[],
): Promise<void> {
  for (const { name, last } of sequences)
    if (last !== null)
      await client.query(`select setval(format('public.%I', $1::text)::regclass, $2::bigint)`, [name, last])
}

/** References whose other end is missing: rows that came by COPY were not asked. @returns the constraints that do not hold */
export async function brokenReferences(client: pg.ClientBase): Promise<string[]> {
  const { rows: references } = await client.query<{ name: string; question: string }>(`
    select conname::text as name, format('select from %s as child where %s and not exists (select from %s as parent where %s) limit 1',
      conrelid::regclass,
      (select string_agg(format('child.%I is not null', attname), ' and ') from unnest(conkey) as keys (number)
       join pg_attribute on attrelid = conrelid and attnum = number),
      confrelid::regclass,
      (select string_agg(format('parent.%I = child.%I', theirs.attname, ours.attname), ' and ')
       from unnest(conkey, confkey) as keys (ours, theirs)
       join pg_attribute as ours on ours.attrelid = conrelid and ours.attnum = keys.ours
       join pg_attribute as theirs on theirs.attrelid = confrelid and theirs.attnum = keys.theirs)) as question
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0 order by conname`)
  const broken: string[] = []
  for (const { name, question } of references)
    if (((await client.query(question)).rowCount ?? 0) > 0) broken.push(name)
  return broken
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
