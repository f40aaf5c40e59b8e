// The reference invoice as a sealed Factur-X, each time under another number, and the same invoice by pdfkit (as PDF/A-3b with
// its XML) and by react-pdf (pages alone). Each in a process of its own; a second is one of processor time, so neighbours and
// cores count for nothing.
import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { selfMade } from '../modules/billing/server/pdf/self-made.ts'
import { ciiOf } from '../modules/billing/server/xml/cii.ts'
import { contentWith } from '../tests/harness/invoice-content.ts'
import type { Told } from './invoice-pdf/task.ts'
import type { Result } from './run.ts'

export const about = 'sealed Factur-X a second on one core, memory over 2,000; pdfkit and react-pdf beside'

const limits = { perSecond: 25, megabytes: 150 }
const documents = 2_000
const others = 300

export async function run(): Promise<Result> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mgp-invoice-pdf-'))
  try {
    const task = path.join(folder, 'task.json')
    await writeFile(task, JSON.stringify(await taskOf()))
    const ours = await measured('typst', task, documents)
    const pdfkit = await measured('pdfkit', task, others)
    const react = await measured('react-pdf', task, others)
    const growth = ours.megabytesAtEnd - ours.megabytesEarly
    return {
      bench: 'invoice-pdf',
      metrics: [
        {
          name: 'sealed_factur_x_per_second',
          value: rounded(ours.perSecond),
          target: `>= ${limits.perSecond}`,
          meets: ours.perSecond >= limits.perSecond,
        },
        {
          name: 'most_megabytes',
          value: rounded(ours.mostMegabytes),
          target: `<= ${limits.megabytes} MB over ${documents}`,
          meets: ours.mostMegabytes <= limits.megabytes,
        },
        {
          name: 'megabytes_grown_from_200_to_2000',
          value: rounded(growth),
          target: '<= 15 MB',
          meets: growth <= 15,
        },
        {
          name: 'times_pdfkit',
          value: rounded(ours.perSecond / pdfkit.perSecond),
          target: 'shown',
          meets: true,
        },
        {
          name: 'times_react_pdf',
          value: rounded(ours.perSecond / react.perSecond),
          target: 'shown',
          meets: true,
        },
      ],
      ours: rounded(ours.perSecond),
      reference: rounded(pdfkit.perSecond),
      unit: 'PDF/s on one core',
      runs: documents,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function taskOf() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const content = contentWith()
  return {
    content,
    xml: ciiOf(content),
    certificate: (await selfMade(privateKey, publicKey)).toString('base64'),
    key: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  }
}

async function measured(who: string, task: string, count: number): Promise<Told> {
  const file = path.join(import.meta.dirname, 'invoice-pdf', `${who}.ts`)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    // As little room as the thread has that makes them in the server.
    ['--max-semi-space-size=1', '--max-old-space-size=64', file, task, String(count)],
    { maxBuffer: 1024 * 1024 },
  )
  const told = JSON.parse(stdout) as Told // printed by task.ts alone
  console.log(
    `${who.padEnd(10)} ${told.perSecond.toFixed(1)}/s, ${told.bytes} bytes each, ` +
      `${told.megabytesEarly.toFixed(0)} MB after ${Math.min(200, count)}, ${told.megabytesAtEnd.toFixed(0)} MB after ${count}, ` +
      `${told.mostMegabytes.toFixed(0)} MB at most`,
  )
  return told
}

const rounded = (value: number) => Math.round(value * 10) / 10
