/** From a simulation in many practices to its execution: asked, approved by somebody else, in waves, stopped and gone on with. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { SqlFleetLine } from './fleet.ts'
import {
  approverGone,
  noReceipt,
  notExecutedHere,
  notYourOwnSql,
  receiptOld,
  receiptOther,
  spreadsValues,
  tooManyToKeep,
} from './requests.ts'

/** It is not in the state this is done in; `details.state` is that of its execution (null: nobody asked), `lapsed`, or `unknown`. */
export const fleetExecutionNotNow = refusal('sql_fleet_execution_not_now')
/**
 * One of the practices that are not left out stands out: `details.tenants` are those (a hundred at most), each with `why`: `not_done`,
 * `unchanged` (it would change nothing there), `differs`; `details.count` is of all.
 */
export const fleetStandsOut = refusal('sql_fleet_stands_out')

/** Somebody else stopped it by hand: they go on with it, or another who approves; never who wrote it, alone. */
export const fleetStoppedByOther = refusal('sql_fleet_stopped_by_other', 403)

const staff = { realm: 'staff', about: 'sql_fleet', touches: ['sql'] } as const
const one = z.object({ id: Id })
const practices = z.array(Id).max(5_000)

export const askSqlFleetExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/request',
  may: 'sql.execute',
  records: 'sql_fleet_execution.asked',
  stepUp: true,
  status: 201,
  summary: 'Asks that what was simulated in many practices be executed in them; somebody else has to approve',
  input: {
    params: one,
    body: z.object({
      reason: line(500).min(10),
      ticket: line(60).default(''),
      /** What differs, was not reached or would change nothing is executed nowhere: it is named here. */
      leaveOut: practices.default([]),
      /** The practice that comes first, alone; none: the first of those that are not left out. */
      canary: Id.nullable().default(null),
      /** From wave to wave by itself; else each is begun by hand. It stops all the same at the first that drifts. */
      automatic: z.boolean().default(false),
    }),
  },
  output: SqlFleetLine,
  refusals: [
    noReceipt,
    receiptOld,
    fleetExecutionNotNow,
    fleetStandsOut,
    tooManyToKeep,
    notExecutedHere,
    spreadsValues,
  ],
})

export const approveSqlFleetExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/approval',
  may: 'sql.approve',
  records: 'sql_fleet_execution.approved',
  stepUp: true,
  summary: 'Agrees, as the second person, having seen what it would do in every practice',
  input: {
    params: one,
    body: z.object({ remark: text(500).default(''), receipt: z.string().max(100) }),
  },
  output: SqlFleetLine,
  refusals: [fleetExecutionNotNow, notYourOwnSql, receiptOther],
})

export const refuseSqlFleetExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/refusal',
  may: 'sql.approve',
  records: 'sql_fleet_execution.refused',
  stepUp: false,
  summary: 'Says no, and why',
  input: { params: one, body: z.object({ remark: text(500).default('') }) },
  output: SqlFleetLine,
  refusals: [fleetExecutionNotNow, notYourOwnSql],
})

export const withdrawSqlFleetExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/withdrawal',
  may: 'sql.execute',
  records: 'sql_fleet_execution.given_up',
  stepUp: false,
  summary: 'Takes back what one asked for and has not begun',
  input: { params: one },
  output: SqlFleetLine,
  refusals: [fleetExecutionNotNow],
})

export const executeSqlFleet = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/execution',
  may: 'sql.execute',
  records: 'sql_fleet_execution.started',
  stepUp: true,
  status: 202,
  summary:
    'Begins what was approved: in one practice first, then in waves; in each it is simulated anew, and done where it would do the same',
  input: { params: one },
  output: SqlFleetLine,
  refusals: [fleetExecutionNotNow, approverGone],
})

/** One's own, and for whoever approves all of them. */
export const stopSqlFleetExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/stop',
  may: 'sql.read',
  records: 'sql_fleet_execution.halted',
  stepUp: false,
  summary: 'Stops it: when this has answered nothing more is committed in any practice',
  input: { params: one },
  output: SqlFleetLine,
  refusals: [fleetExecutionNotNow],
})

/** By who wrote it and may execute; where somebody else stopped it by hand, by them or another who approves. */
export const resumeSqlFleetExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/continuation',
  may: 'sql.read',
  records: 'sql_fleet_execution.resumed',
  stepUp: true,
  status: 202,
  summary:
    'Begins the next wave, or goes on after a stop: those left out are never executed, the others that failed or drifted are tried again',
  input: { params: one, body: z.object({ leaveOut: practices.default([]) }) },
  output: SqlFleetLine,
  refusals: [fleetExecutionNotNow, fleetStoppedByOther, approverGone, noReceipt],
})
