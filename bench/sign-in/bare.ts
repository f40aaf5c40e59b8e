// The most sign-ins a machine could do: argon2id verifications and nothing else, so many at once, in a process of their own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { verify } from '@node-rs/argon2'

export type BareOrder = { passwordHash: string; password: string; atOnce: number; seconds: number }

/** @returns verifications a second */
export async function bareVerifications(order: BareOrder): Promise<number> {
  const child = fork(import.meta.filename)
  child.send(order)
  const [[perSecond]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [
    [number],
    unknown,
  ]
  return perSecond
}

if (process.argv[1] === import.meta.filename)
  process.once('message', async ({ passwordHash, password, atOnce, seconds }: BareOrder) => {
    const until = performance.now() + seconds * 1_000
    let verified = 0
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (performance.now() < until) if (await verify(passwordHash, password)) verified++
      }),
    )
    process.send?.(verified / seconds, () => process.exit())
  })
