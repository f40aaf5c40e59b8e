/** A disk that is really full: a small file system of its own, which the sequencer's process alone sees. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { freshLog } from '../../../../tests/harness/fresh-log.ts'
import { startSequencer } from '../../../../tests/harness/sequencer.ts'
import { expectSignedIsPublished, expectWholeLog } from '../../../../tests/harness/whole-log.ts'
import { readCheckpoint } from '../tree/checkpoints.ts'

const inNamespace = ['unshare', '--user', '--map-root-user', '--mount']

/** Not everywhere: it takes Linux, and user namespaces that are not switched off. */
const canMount =
  process.platform === 'linux' &&
  spawnSync(inNamespace[0]!, [...inNamespace.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

/** How large a tree the file shows. */
function shownSize(folder: string): number {
  const file = path.join(folder, 'checkpoint')
  return fs.existsSync(file) ? readCheckpoint(fs.readFileSync(file, 'utf8')).size : -1
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
    // The disk as the process sees it.
    const seen = { ...log, dataDir: `/proc/${sequencer.pid}/root${log.dataDir}` }
    const disk = path.join(seen.dataDir, 'audit-log')
    while (shownSize(disk) < 300) await sleep(20)
    const { blocks, bsize } = fs.statfsSync(disk)
    expect(blocks * bsize, 'the small disk').toBe(4 * 1024 * 1024)

    const filler = path.join(disk, 'filler')
    fs.writeFileSync(filler, Buffer.alloc(fs.statfsSync(disk).bavail * bsize - 64 * 1024))
    await log.write(2_000)
    while ((said.match(/ENOSPC/g) ?? []).length < 3) await sleep(20)
    expect(shownSize(disk)).toBe(300)
    await expectSignedIsPublished(seen)
    const { rows } = await log.tamper('SELECT max(size)::int AS signed FROM audit_checkpoints')
    expect(rows).toEqual([{ signed: 300 }])
    expect(sequencer.exitCode).toBeNull()

    await log.write(50)
    fs.rmSync(filler)
    while (shownSize(disk) < 2_350) await sleep(20)
    expect(await expectWholeLog(seen)).toBe(2_350)
  },
)
