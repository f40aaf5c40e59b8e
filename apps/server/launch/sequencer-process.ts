/** The audit log's sequencer below the launcher: started again whenever it ends, and the server does not wait for it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { refusalCode } from '#sequencer/audit'
import type { Config } from '#platform/server/config.ts'
import { startChild, type Child } from './child.ts'

export type SequencerProcess = {
  stop(): Promise<void>
  kill(): void
}

const firstWaitMs = 500
const longestWaitMs = 60_000

/** @param url of mgp_sequencer, which the server never learns */
export function keepSequencer(
  config: Config,
  url: string,
  say: (sentence: string) => void,
): SequencerProcess {
  const leaving = new AbortController()
  let child: Child | undefined

  const kept = (async () => {
    for (let wait = firstWaitMs; !leaving.signal.aborted; wait = Math.min(wait * 2, longestWaitMs)) {
      const started = performance.now()
      child = startSequencer(config, url)
      const { how, code } = await child.ended
      if (leaving.signal.aborted) return
      if (performance.now() - started > longestWaitMs) wait = firstWaitMs
      // Said each time: nothing of what happens now is signed, and it does not mend itself.
      if (code === refusalCode) wait = longestWaitMs
      say(`${how}\nThe audit log is not numbered meanwhile. Again in ${wait / 1000} s.`)
      await sleep(wait, undefined, { signal: leaving.signal }).catch(() => {})
    }
  })()

  return {
    async stop() {
      leaving.abort()
      await child?.stop()
      await kept
    },
    kill() {
      leaving.abort()
      child?.kill()
    },
  }
}

function startSequencer(config: Config, url: string): Child {
  return startChild(config, {
    entry: 'sequencer.ts',
    name: 'sequencer',
    knows: ['APP_ENV', 'LOG_LEVEL', 'AUDIT_SIGNING_KEY_FILE'],
    told: { SEQUENCER_DATABASE_URL: url, BACKOFFICE_URL: config.backofficeUrl },
  })
}
