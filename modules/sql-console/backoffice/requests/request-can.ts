import type { SqlRequest, SqlRun } from '#contract/sql-console'

type Who = { id: string; may: (permission: string) => boolean }
type One = Pick<SqlRequest, 'state' | 'by' | 'undoUntil'>

const isOwn = ({ by }: Pick<One, 'by'>, { id }: Who) => by.id === id

/** What may be done about one: what may not be done is not shown. */
export const requestCan = {
  /** The second of two people: never whoever wrote it. */
  decide: (one: One, who: Who) => one.state === 'waiting' && !isOwn(one, who) && who.may('sql.approve'),
  withdraw: (one: One, who: Who) =>
    (one.state === 'waiting' || one.state === 'approved') && isOwn(one, who) && who.may('sql.execute'),
  /** By whoever asked: the second person agrees, and does no more. */
  execute: (one: One, who: Who) => one.state === 'approved' && isOwn(one, who) && who.may('sql.execute'),
  /** For how long is the server's to say: its clock counts. */
  undo: (one: One, who: Who) => one.state === 'executed' && one.undoUntil !== null && who.may('sql.simulate'),
}

/** A simulation of one's own that an execution may go by, while it is young: of the effects that were approved, and not used. */
export function mayGoBy(
  { by, receipt }: Pick<SqlRun, 'by' | 'receipt'>,
  { id }: Who,
  approved: string,
): boolean {
  return by.id === id && receipt !== null && !receipt.used && receipt.digest === approved
}
