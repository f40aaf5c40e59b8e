/** A disk that is really full: a small file system of its own, which the sequencer's process alone sees. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { freshLog, type FreshLog } from '../../../../tests/harness/fresh-log.ts'
import { startSequencer } from '../../../../tests/harness/sequencer.ts'
import { expectWholeLog } from '../../../../tests/harness/whole-log.ts'
import { readCheckpoint } from '../tree/checkpoints.ts'

const inNamespace = ['unshare', '--user', '--map-root-user', '--mount']

/** Not everywhere: it takes Linux, and user namespaces that are not switched off. */
const canMount =
  process.platform === 'linux' &&
  spawnSync(inNamespace[0]!, [...inNamespace.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

async function untilSigned(log: FreshLog, size: number): Promise<void> {
  for (;;) {
    const { rowCount } = await log.tamper('SELECT FROM audit_checkpoints WHERE size = $1', [size])
    if (rowCount) return
    await sleep(20)
  }
}

test.runIf(canMount)(
  'on a full disk nothing is signed over missing tiles; nothing is lost, and it goes on once there is room',
  async () => {
    const log = await freshLog(300)
    const folder = path.join(log.dataDir, 'audit-log')
    fs.mkdirSync(folder)
    const mounting = ['sh', '-c', `mount -t tmpfs -o size=4m tmpfs '${folder}' && exec "$0" "$@"`]
    const sequencer = startSequencer(log, {}, [...inNamespace, ...mounting])
    let said = ''
    sequencer.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const ended = once(sequencer, 'close')
    onTestFinished(async () => {
      sequencer.kill('SIGKILL')
      await ended
    })
    await untilSigned(log, 300)

    // As the process sees it.
    const seen = { ...log, dataDir: `/proc/${sequencer.pid}/root${log.dataDir}` }
    const filler = path.join(seen.dataDir, 'audit-log/filler')
    const { bavail, blocks, bsize } = fs.statfsSync(path.dirname(filler))
    expect(blocks * bsize, 'the small disk').toBe(4 * 1024 * 1024)
    fs.writeFileSync(filler, Buffer.alloc(bavail * bsize - 64 * 1024))
    await log.write(2_000)
    while ((said.match(/ENOSPC/g) ?? []).length < 3) await sleep(20)

    expect((await log.tamper('SELECT max(size)::int AS size FROM audit_checkpoints')).rows).toEqual([
      { size: 300 },
    ])
    const shown = fs.readFileSync(path.join(seen.dataDir, 'audit-log/checkpoint'), 'utf8')
    expect(readCheckpoint(shown).size).toBe(300)
    expect(sequencer.exitCode).toBeNull()

    await log.write(50)
    fs.rmSync(filler)
    await untilSigned(log, 2_350)
    while (
      readCheckpoint(fs.readFileSync(path.join(seen.dataDir, 'audit-log/checkpoint'), 'utf8')).size < 2_350
    )
      await sleep(20)
    expect(await expectWholeLog(seen)).toBe(2_350)
  },
)
