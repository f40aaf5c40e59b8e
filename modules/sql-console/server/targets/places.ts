/** Runs take turns: so many at once, each with the few connections it needs, and who waits too long is told to come again. */
import { Platform } from '#platform/server/errors.ts'

export type Places = {
  /**
   * @returns what gives it back; more than once changes nothing
   * @throws {Platform} unavailable
   */
  take(): Promise<() => void>
}

const patienceMs = 5_000

export function placesFor(most: number): Places {
  const waiting: (() => void)[] = []
  let taken = 0

  function giveBack(): void {
    const next = waiting.shift()
    if (next) next()
    else taken--
  }
  const once = () => {
    let isBack = false
    return () => {
      if (!isBack) giveBack()
      isBack = true
    }
  }

  return {
    async take() {
      if (taken < most) {
        taken++
        return once()
      }
      await new Promise<void>((resolve, reject) => {
        const mine = () => {
          clearTimeout(late)
          resolve()
        }
        const late = setTimeout(() => {
          waiting.splice(waiting.indexOf(mine), 1)
          reject(new Platform('unavailable'))
        }, patienceMs)
        waiting.push(mine)
      })
      return once()
    },
  }
}
