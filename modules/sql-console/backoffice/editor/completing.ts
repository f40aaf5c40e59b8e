/** What the editor proposes: tables, columns and functions as they are in the target, at this moment. */
import {
  completeFromList,
  ifNotIn,
  type CompletionContext,
  type CompletionSource,
} from '@codemirror/autocomplete'
import {
  keywordCompletionSource,
  PostgreSQL,
  schemaCompletionSource,
  type SQLNamespace,
} from '@codemirror/lang-sql'
import { syntaxTree } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import type { SqlTable } from '#contract/sql-console'

export type Known = { tables: readonly SqlTable[]; functions: readonly string[] }

/** What each thing that is proposed is. */
export type KindWords = Record<SqlTable['kind'] | 'function', string>
const inEnglish: KindWords = { table: 'table', view: 'view', function: 'function' }

/** Within a text or a comment nobody means a table. */
const elsewhere = ['String', 'LineComment', 'BlockComment']

export function language(known: Known | undefined, words: KindWords = inEnglish): Extension {
  const keywords = keywordCompletionSource(PostgreSQL, true)
  const sources = known
    ? [
        noTables(keywords),
        tablesOf(known, words),
        noTables(functionsOf(known, words)),
        noTables(columnsInReach(known)),
      ]
    : [keywords]
  return [
    PostgreSQL.language,
    sources.map((source) => PostgreSQL.language.data.of({ autocomplete: ifNotIn(elsewhere, source) })),
  ]
}

/** Behind these a table is named, if not what makes one. */
const namesTable =
  /(?<!\b(?:distinct|do|for)\s)\b(?:from|join|into|update|table|truncate|only|references)\s+[\w$.]*$/i

const wantsTable: (context: CompletionContext) => boolean = ({ state, pos }) =>
  namesTable.test(state.sliceDoc(Math.max(0, pos - 200), pos))

/** Where a table is named nothing else may stand. */
const noTables =
  (source: CompletionSource): CompletionSource =>
  (context) =>
    wantsTable(context) ? null : source(context)

const tablesOf = (known: Known, words: KindWords) =>
  schemaCompletionSource({ dialect: PostgreSQL, schema: namespaceOf(known, words) })

function namespaceOf({ tables }: Known, words: KindWords): SQLNamespace {
  return Object.fromEntries(
    tables.map(({ name, kind, rows, columns }) => [
      name,
      {
        self: {
          label: name,
          type: kind === 'view' ? 'interface' : 'class',
          detail: rows === null ? words[kind] : `${words[kind]} ~ ${Math.round(rows)}`,
        },
        children: columns.map((column, place) => asCompletion(column, place)),
      },
    ]),
  )
}

/** In the order of the table. */
const asCompletion = ({ name, type, references }: SqlTable['columns'][number], place: number) => ({
  label: name,
  type: 'property',
  detail: references ? `${type} · ${references}` : type,
  boost: Math.max(-50, 49 - place),
})

function functionsOf({ functions }: Known, words: KindWords): CompletionSource {
  const source = completeFromList(
    functions.map((name) => ({
      label: name,
      type: 'function',
      detail: words.function,
      apply: `${name}(`,
      boost: -1,
    })),
  )
  return (context) => (isBehindDot(context.state.sliceDoc(0, context.pos)) ? null : source(context))
}

/** Columns without their table's name before them: those of the tables the statement names. */
function columnsInReach(known: Known): CompletionSource {
  return (context) => {
    const word = context.matchBefore(/[\w$]+/)
    if (!word && !context.explicit) return null
    const before = context.state.sliceDoc(0, word?.from ?? context.pos)
    if (isBehindDot(before)) return null
    const statement = syntaxTree(context.state).resolveInner(context.pos, -1)
    let around = statement
    while (around.parent && around.name !== 'Statement') around = around.parent
    const columns = columnsOfNamed(known, context.state.sliceDoc(around.from, around.to))
    return columns.length === 0
      ? null
      : { from: word?.from ?? context.pos, options: columns, validFor: /^[\w$]*$/ }
  }
}

const isBehindDot = (before: string) => /\.\s*[\w$]*$/.test(before)

/** @returns of the tables that a statement names, each column once */
export function columnsOfNamed({ tables }: Known, statement: string) {
  const named = new Set(statement.toLowerCase().match(/[a-z_][\w$]*/g))
  const seen = new Set<string>()
  return tables
    .filter(({ name }) => named.has(name))
    .flatMap(({ columns }) => columns)
    .filter(({ name }) => !seen.has(name) && seen.add(name))
    .map((column, place) => asCompletion(column, place))
}
