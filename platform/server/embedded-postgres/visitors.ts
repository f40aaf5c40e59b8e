/** Who uses the embedded database: the last one out turns off the light. */
import fs from 'node:fs'
import path from 'node:path'
import { identify, isRunning, readHolder } from '../process-lock.ts'

export function enter(dataDir: string): void {
  fs.mkdirSync(folder(dataDir), { recursive: true })
  fs.writeFileSync(ticket(dataDir), JSON.stringify(identify(process.pid)))
}

/** Whether nobody else is left. A visitor that was killed does not count. */
export function leave(dataDir: string): boolean {
  fs.rmSync(ticket(dataDir), { force: true })
  return fs.readdirSync(folder(dataDir)).every((name) => {
    const file = path.join(folder(dataDir), name)
    const visitor = readHolder(file)
    if (visitor && isRunning(visitor)) return false
    fs.rmSync(file, { force: true })
    return true
  })
}

function folder(dataDir: string): string {
  return path.join(dataDir, 'postgres.visitors')
}

function ticket(dataDir: string): string {
  return path.join(folder(dataDir), String(process.pid))
}
