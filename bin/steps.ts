/** Commands run one beside the other or one after the other, with what they said. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')

export type Step = { name: string; command: string[] }
export type Outcome = Step & { code: number; output: string; seconds: number }

/** Runs quietly and keeps the output. The programs of node_modules/.bin are on the PATH: bootstrap saw to it. */
export async function runQuietly(step: Step): Promise<Outcome> {
  const began = performance.now()
  const [file = '', ...args] = step.command
  const env = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }
  const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.on('error', (error) => (output += error.message))
  const [code] = await once(child, 'close')
  return { ...step, code: code ?? 1, output, seconds: (performance.now() - began) / 1000 }
}

/** Runs in the open, as if typed; whoever wants it to end wants all of it to end. @returns the exit code */
export async function runLoudly(command: string[], env: Record<string, string> = {}): Promise<number> {
  const [file = '', ...args] = command
  const child = spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
  let ended: number | undefined
  // The terminal's Ctrl+C reaches the child too: it cleans up, we wait for it.
  const wait = () => (ended = 130)
  process.on('SIGINT', wait)
  const end = () => {
    ended = 143
    child.kill('SIGTERM')
  }
  process.on('SIGTERM', end)
  const [code] = await once(child, 'close')
  process.off('SIGINT', wait).off('SIGTERM', end)
  if (ended !== undefined) process.exit(ended)
  return code ?? 1
}
