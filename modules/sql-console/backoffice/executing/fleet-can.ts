import type { FleetPractice, SqlFleet } from '#contract/sql-console'

type Who = { id: string; may: (permission: string) => boolean }
type One = Pick<SqlFleet, 'by' | 'mode' | 'state' | 'execution'> & Partial<Pick<SqlFleet, 'executing'>>

const isOwn = ({ by }: Pick<One, 'by'>, { id }: Who) => by.id === id
const isIn = ({ execution }: Pick<One, 'execution'>, ...states: SqlFleet['execution'][]) =>
  states.includes(execution)

/** By hand, by whoever could have said no: who wrote it does not overrule them. */
const isStoppedByOther = ({ by, executing }: One) =>
  executing?.stop?.why === 'by_hand' && executing.stop.by?.id !== by.id

/** What may be done about the execution of what was simulated in many practices: what may not be done is not shown. */
export const fleetCan = {
  /** Once for each simulation; for how long is the receipt's to say. */
  ask: (one: One, who: Who) =>
    one.mode === 'simulate' &&
    one.state === 'done' &&
    one.execution === null &&
    isOwn(one, who) &&
    who.may('sql.execute'),
  /** The second of two people: never whoever sent it. */
  approve: (one: One, who: Who) => isIn(one, 'asked') && !isOwn(one, who) && who.may('sql.approve'),
  refuse: (one: One, who: Who) =>
    isIn(one, 'asked', 'approved') && !isOwn(one, who) && who.may('sql.approve'),
  withdraw: (one: One, who: Who) =>
    isIn(one, 'asked', 'approved') && isOwn(one, who) && who.may('sql.execute'),
  begin: (one: One, who: Who) => isIn(one, 'approved') && isOwn(one, who) && who.may('sql.execute'),
  /** Whoever could have said no may still say so. */
  stop: (one: One, who: Who) => isIn(one, 'running', 'paused') && (isOwn(one, who) || who.may('sql.approve')),
  /** For as long as what was approved is. */
  resume: (one: One, who: Who) =>
    isIn(one, 'paused', 'stopped') &&
    (isStoppedByOther(one)
      ? !isOwn(one, who) && who.may('sql.approve')
      : isOwn(one, who) && who.may('sql.execute')),
  /** What was given up, refused or came to a halt is simulated anew, and asked for anew. */
  sendAgain: (one: One, who: Who) =>
    isIn(one, 'refused', 'withdrawn', 'lapsed', 'stopped') && isOwn(one, who),
}

/** Where nothing would be done, or could not be: it is left out, whatever else. */
export const isOutOfReach = ({ outcome, effects }: Pick<FleetPractice, 'outcome' | 'effects'>) =>
  outcome !== 'done' || Object.keys(effects).length === 0

/** Not like most: left out unless somebody wants otherwise. */
export const standsOut = (one: Pick<FleetPractice, 'outcome' | 'effects' | 'differs'>) =>
  isOutOfReach(one) || one.differs.length > 0
