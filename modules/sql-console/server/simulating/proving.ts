/** What became of the transaction, asked of somebody else: never said where nobody answered. */
import type pg from 'pg'
import type { Bounds } from './bounds.ts'
import { answered, opened, type Line } from './lines.ts'
import type { Simulation } from './simulation.ts'
import { endBackend } from './watching.ts'

/** So long a backend may take to be gone, once it was told. */
const longest = 5_000
const pause = 20
const patience = 1_000

/** Rolled back, closed, and then asked for. @param beside asked as long as it answers; then somebody new is */
export async function undone(
  open: () => Promise<pg.Client>,
  lines: { inside: Line; beside: Line },
  began: { xid: string; pid: number },
  { answer }: Bounds,
): Promise<Simulation['proof']> {
  const { inside } = lines
  if (!inside.ending())
    await answered(inside, answer, inside.client.query('ROLLBACK')).catch(() => inside.cut('connection'))
  // Nobody waits for its goodbye: what became of the transaction is known before.
  void inside.close()
  const { status } = await proven(open, lines, began)
  return { xid: began.xid, status, unchanged: status === 'aborted' }
}

/** Asked until it is over, or nobody answers: then it is `unknown`. */
export async function proven(
  open: () => Promise<pg.Client>,
  { inside, beside }: { inside: Line; beside: Line },
  began: { xid: string; pid: number },
): Promise<{ status: string }> {
  const { xid } = began
  const until = performance.now() + longest
  let line = beside
  let status = 'unknown'
  let asked = 0
  try {
    while (performance.now() < until) {
      try {
        if (line.ending()) {
          if (line !== beside) await line.close()
          line = await opened(open, patience)
        }
        // One that was cut notices it by itself; one that computes, later.
        if (inside.ending() && asked++ % 10 === 0)
          await answered(line, patience, endBackend(line.client, began)).catch(() => {})
        const { rows } = await answered(
          line,
          patience,
          line.client.query<{ status: string | null }>('SELECT pg_xact_status($1::xid8) AS status', [xid]),
        )
        status = rows[0]?.status ?? 'unknown'
        if (status !== 'in progress') break
      } catch {
        status = 'unknown'
        if (!line.ending()) line.cut('connection')
      }
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  } finally {
    if (line !== beside) await line.close()
  }
  return { status }
}
