import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import { writeOutcomes, type StepOutcome } from './fleet-queries.ts'

export const fleetNews = { topic: 'tenants', needs: 'tenants.read' } as const

const everyMs = 400

/**
 * Outcomes of a migration's steps, written and told together: each by itself would cost as much as the change it is
 * about. What a dying process did not write yet is found in the databases themselves.
 */
export function openBook(db: CentralDb, migrationId: string) {
  let noted: StepOutcome[] = []
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  function write() {
    timer = undefined
    const outcomes = noted
    noted = []
    if (outcomes.length === 0) return
    writing = writing.then(() =>
      db.transaction().execute(async (transaction: CentralDb) => {
        await writeOutcomes(transaction, migrationId, outcomes)
        await tell(transaction, fleetNews)
      }),
    )
    // Whoever closes the book learns of it.
    writing.catch(() => {})
  }

  return {
    note(outcome: StepOutcome) {
      noted.push(outcome)
      timer ??= setTimeout(write, everyMs)
    },
    /** @throws what kept it from being written */
    close(): Promise<void> {
      clearTimeout(timer)
      write()
      return writing
    },
  }
}
