import { CompletionContext, type Completion, type CompletionResult } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { language, type Known } from './completing.ts'

const column = (name: string, more = {}) => ({
  name,
  type: 'text',
  nullable: true,
  isKey: false,
  references: null,
  class: null,
  ...more,
})
const known: Known = {
  functions: ['lower'],
  tables: [
    {
      name: 'clients',
      kind: 'table',
      rows: 12,
      columns: [column('id', { isKey: true }), column('last_name')],
    },
    {
      name: 'invoices',
      kind: 'table',
      rows: null,
      columns: [column('id'), column('client_id', { references: 'clients.id' })],
    },
  ],
}

/** What is proposed where `|` stands. */
const proposed = async (text: string) => (await optionsAt(text)).map(({ label }) => label)

async function optionsAt(text: string): Promise<readonly Completion[]> {
  const at = text.indexOf('|')
  const state = EditorState.create({ doc: text.replace('|', ''), extensions: [language(known)] })
  const context = new CompletionContext(state, at, true)
  const sources = state.languageDataAt<(context: CompletionContext) => CompletionResult | null>(
    'autocomplete',
    at,
  )
  const found = await Promise.all(sources.map((source) => source(context)))
  return found.flatMap((result) => result?.options ?? [])
}

test('tables stand beside keywords and functions', async () => {
  expect(await proposed('select * from clients where |')).toEqual(
    expect.arrayContaining(['clients', 'invoices', 'WHERE', 'lower']),
  )
})

test('where a table is named stands nothing else', async () => {
  for (const text of [
    'select * from |',
    'select last_name from clients join cl|',
    'insert into |',
    'UPDATE in|',
  ])
    expect((await proposed(text)).toSorted(), text).toEqual(['clients', 'invoices'])
  for (const text of ['select * from clients where l|', 'select 1 from clients where 1 is distinct from l|'])
    expect(await proposed(text), text).toContain('last_name')
})

test('behind an alias stand the columns of its table alone', async () => {
  expect((await proposed('select i.| from invoices i')).toSorted()).toEqual(['client_id', 'id'])
})

test('columns stand in the order of their table, and what it is beside each name', async () => {
  const columns = await optionsAt('select c.| from clients c')
  const inOrder = columns.toSorted((a, b) => (b.boost ?? 0) - (a.boost ?? 0))
  expect(inOrder.map(({ label }) => label)).toEqual(['id', 'last_name'])
  expect((await optionsAt('select * from |')).map(({ detail }) => detail)).toEqual(['table ~ 12', 'table'])
})

test('columns of the tables that the statement names stand there without their table', async () => {
  const found = await proposed('select | from invoices')
  expect(found).toContain('client_id')
  expect(found).not.toContain('last_name')
  expect(await proposed('select last_name from clients; select | from invoices')).not.toContain('last_name')
})

test('nothing is proposed within a text or a comment', async () => {
  expect(await proposed("select 'cli|'")).toEqual([])
  expect(await proposed('-- cli|')).toEqual([])
})
