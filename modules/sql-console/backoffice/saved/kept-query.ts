/** A tab and the query it was opened from, or was saved as. */
import type { SqlQuery, SqlQueryLine, SqlQueryParameter, TargetId } from '#contract/sql-console'
import type { SqlTab } from '../editor/kept-tabs.ts'

/** What is in it is not what was saved: neither by its owner, nor as a copy. */
export const isUnsaved = ({ text, saved }: Pick<SqlTab, 'text' | 'saved'>): boolean =>
  saved ? text !== saved.text : text.trim() !== ''

/** As many as the text asks for; those that were described before stay so. */
export const definitionsFor = (count: number, known: readonly SqlQueryParameter[]): SqlQueryParameter[] =>
  Array.from({ length: count }, (_, index) => known[index] ?? { name: '', type: 'text', initial: '' })

/** A practice's query says not which: one stays in the practice one is in, if one is in any. */
export const targetFor = (query: Pick<SqlQueryLine, 'target'>, now: TargetId): TargetId =>
  query.target === 'central' ? 'central' : now

export const isFor = (query: Pick<SqlQueryLine, 'target'>, target: TargetId): boolean =>
  (query.target === 'central') === (target === 'central')

/** What others did to it that changes nothing of the text one has before one's eyes: names, who sees it. */
export const isSameText = (one: SqlQuery, other: SqlQuery): boolean => one.text === other.text
